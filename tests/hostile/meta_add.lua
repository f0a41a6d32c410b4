-- A metamethod that loops: __add, caught.
-- expect: limit
-- says: instructions
local m = { __add = function() while true do end end }
local t, u = setmetatable({}, m), setmetatable({}, m)
pcall(function() return t + 1 end)
return d.x

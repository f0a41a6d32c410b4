-- A metamethod that loops: __index, caught.
-- expect: limit
-- says: instructions
local m = { __index = function() while true do end end }
local t, u = setmetatable({}, m), setmetatable({}, m)
pcall(function() return t.x end)
return d.x

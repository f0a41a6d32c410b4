-- A metamethod that loops: __unm, caught.
-- expect: limit
-- says: instructions
local m = { __unm = function() while true do end end }
local t, u = setmetatable({}, m), setmetatable({}, m)
pcall(function() return -t end)
return d.x

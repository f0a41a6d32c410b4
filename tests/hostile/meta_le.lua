-- A metamethod that loops: __le, caught.
-- expect: limit
-- says: instructions
local m = { __le = function() while true do end end }
local t, u = setmetatable({}, m), setmetatable({}, m)
pcall(function() return t <= u end)
return d.x

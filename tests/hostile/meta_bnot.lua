-- A metamethod that loops: __bnot, caught.
-- expect: limit
-- says: instructions
local m = { __bnot = function() while true do end end }
local t, u = setmetatable({}, m), setmetatable({}, m)
pcall(function() return ~t end)
return d.x

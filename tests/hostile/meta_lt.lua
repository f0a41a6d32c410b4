-- A metamethod that loops: __lt, caught.
-- expect: limit
-- says: instructions
local m = { __lt = function() while true do end end }
local t, u = setmetatable({}, m), setmetatable({}, m)
pcall(function() return t < u end)
return d.x

-- A metamethod that loops: __call, caught.
-- expect: limit
-- says: instructions
local m = { __call = function() while true do end end }
local t, u = setmetatable({}, m), setmetatable({}, m)
pcall(function() return t(u) end)
return d.x

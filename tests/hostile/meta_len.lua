-- A metamethod that loops: __len, caught.
-- expect: limit
-- says: instructions
local m = { __len = function() while true do end end }
local t, u = setmetatable({}, m), setmetatable({}, m)
pcall(function() return #t end)
return d.x

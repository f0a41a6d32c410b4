-- A metamethod that loops: __idiv, caught.
-- expect: limit
-- says: instructions
local m = { __idiv = function() while true do end end }
local t, u = setmetatable({}, m), setmetatable({}, m)
pcall(function() return 1 // t end)
return d.x

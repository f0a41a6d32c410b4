-- A tower of metatables of metatables.
-- expect: fine
local t = {}
for i = 1, 1000 do t = setmetatable({}, setmetatable({ __index = t }, { __index = t })) end
assert(not pcall(function() return t.x.y end))
return d.x

-- A __pairs of its own.
-- expect: fine
local t = setmetatable({ 1 }, { __pairs = function() error("ran") end })
for k, v in pairs(t) do assert(v == 1) end
return d.x

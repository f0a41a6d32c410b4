-- Tables that look things up in each other.
-- expect: input
-- says: loop
local a, b = {}, {}
setmetatable(a, { __index = b })
setmetatable(b, { __index = a })
return a.x

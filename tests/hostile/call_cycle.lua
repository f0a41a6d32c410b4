-- A table that is called through itself.
-- expect: input
-- says: '__call' must be a function
local a = {}
setmetatable(a, { __call = a })
return a()

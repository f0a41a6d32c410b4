-- A table whose name in messages is a text of a million letters.
-- expect: input
-- says: it takes columns and numbers
local t = setmetatable({}, { __name = ("n"):rep(60000) })
return d.x + t

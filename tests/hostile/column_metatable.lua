-- The metatable of columns.
-- expect: input
-- says: nil value
getmetatable(d.x).__index = nil

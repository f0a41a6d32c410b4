-- Another metatable for the table of columns.
-- expect: input
-- says: read-only
setmetatable(d, {})

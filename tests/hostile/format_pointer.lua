-- The address of a table.
-- expect: input
-- says: '%p' is not available
return string.format("%p", d)

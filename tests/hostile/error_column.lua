-- An error that is a column.
-- expect: input
-- says: column
error(d.x)

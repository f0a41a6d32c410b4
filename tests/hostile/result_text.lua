-- A text in place of a column.
-- expect: input
-- says: must return a column
return "all is well"

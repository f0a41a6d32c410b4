-- A method called on what is no column.
-- expect: input
-- says: column
return d.x.gt({}, 1)

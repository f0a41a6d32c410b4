-- Writing into the data.
-- expect: input
-- says: cannot be changed
d.x[1] = 666
return d.x

-- Writing into the cells of a unit.
-- expect: input
-- says: cannot be changed
-- runs: unit
d.x = 666
return d.x

-- A text in place of a number, for one unit.
-- expect: input
-- says: must return a number
-- runs: unit
return d.x > 20 and "much" or d.x

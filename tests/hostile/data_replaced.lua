-- Putting another column in the place of one.
-- expect: input
-- says: cannot be changed
d.x = d.y

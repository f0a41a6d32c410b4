-- Putting another column in the place of one, past the metatable.
-- expect: input
-- says: read-only
rawset(d, "x", d.y)

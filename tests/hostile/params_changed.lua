-- Changing a parameter for the calls to come.
-- expect: input
-- says: read-only
p.level = 666

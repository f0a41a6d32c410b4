-- Writing into the data past the metatable.
-- expect: input
-- says: table expected
rawset(d.x, 1, 666)

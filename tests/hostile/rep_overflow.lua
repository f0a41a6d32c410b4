-- Lengths whose product overflows.
-- expect: input
-- says: too long
return ("xx"):rep(math.maxinteger, "yyy")

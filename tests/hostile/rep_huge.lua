-- A text repeated 2^32 times.
-- expect: input
-- says: too long
return ("x"):rep(1 << 32)

-- An error of 60,000 bytes.
-- expect: input
-- says: xxxx
error(("x"):rep(60000))

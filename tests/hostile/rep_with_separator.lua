-- A text repeated with a long separator.
-- expect: input
-- says: too long
return ("x"):rep(60000, ("y"):rep(60000))

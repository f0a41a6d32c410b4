-- A replacement longer than what it replaces, for every character.
-- expect: input
-- says: too long
return (("x"):rep(60000)):gsub("x", ("y"):rep(60000))

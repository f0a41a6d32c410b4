-- A pattern that takes longer than the world will last.
-- expect: limit
-- says: instructions
return (("a"):rep(40)):find(("a*"):rep(7) .. "b")

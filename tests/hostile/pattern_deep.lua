-- A pattern that recurses once per item.
-- expect: input
-- says: pattern too complex
return (("a"):rep(1000)):find(("a?"):rep(1000))

-- Chains of shortest matches.
-- expect: limit
-- says: instructions
return (("a"):rep(5000)):match((".-"):rep(10) .. "b")

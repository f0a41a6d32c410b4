-- Back references over long captures.
-- expect: limit
-- says: instructions
return (("a"):rep(20000)):find("(a*)(a*)%1%2b")

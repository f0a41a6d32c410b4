-- A pattern that explodes inside gsub.
-- expect: limit
-- says: instructions
return (("a"):rep(60)):gsub(("a-"):rep(8) .. "b", "")

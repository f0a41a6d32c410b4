-- Positions at the ends of what integers can say.
-- expect: fine
local lo, hi = math.mininteger, math.maxinteger
assert(("abc"):sub(lo, hi) == "abc")
assert(("abc"):sub(hi, lo) == "")
assert(("abc"):find("b", lo) == 2)
assert(("abc"):find("b", hi) == nil)
assert(("abc"):byte(hi) == nil)
assert(("abc"):match("()", lo) == 1)
assert(select("#", ("abc"):byte(lo, hi)) == 3)
return d.x

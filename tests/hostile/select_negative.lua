-- select with numbers outside.
-- expect: fine
assert(not pcall(select, 0))
assert(not pcall(select, math.mininteger, 1))
assert(select("#", select(math.maxinteger, 1)) == 0)
return d.x

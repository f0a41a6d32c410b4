-- The one integer whose quotient by -1 does not exist: a processor traps on it.
-- expect: fine
local least, one = math.mininteger, -1
assert(least // one == least and least % one == 0 and -least == least)
assert(not pcall(function() return least // (one + 1) end))
assert(not pcall(function() return least % (one + 1) end))
return d.x

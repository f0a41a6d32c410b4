-- Arithmetic at the ends of what numbers can say.
-- expect: fine
local lo, hi = math.mininteger, math.maxinteger
assert(lo // -1 == lo and lo % -1 == 0 and math.fmod(lo, -1) == 0)
assert(math.abs(lo) == lo and -lo == lo and hi + 1 == lo)
assert(1 << 64 == 0 and 1 << -64 == 0 and 1 >> lo == 0 and 1 << hi == 0)
assert(not pcall(function() return 1 // 0 end))
assert(not pcall(function() return 1 % 0 end))
assert(not pcall(math.fmod, 1, 0))
assert(math.tointeger(2 ^ 63) == nil)
assert(not pcall(function() return 2 ^ 63 | 0 end))
math.round(1.5, hi) math.round(1.5, lo) math.round(1e308, -400)
return d.x

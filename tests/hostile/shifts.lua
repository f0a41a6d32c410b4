-- Shifts by more than there are bits.
-- expect: fine
assert(1 << 64 == 0 and 1 << math.maxinteger == 0 and 1 >> math.mininteger == 0)
assert(not pcall(function() return 1.5 | 1 end))
assert(not pcall(function() return d.x << 1 end))
return d.x

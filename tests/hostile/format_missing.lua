-- The sign of a NaN tells the kind of processor.
-- expect: fine
local none = 0 / 0
assert(tostring(none) == tostring(-none))
assert(string.format("%f", none) == string.format("%f", -none), string.format("%f", none))
assert(string.format("%g", none) == string.format("%g", -none))
assert(string.format("%a", none) == string.format("%a", -none))
return d.x

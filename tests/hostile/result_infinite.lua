-- A column with infinities.
-- expect: fine
local y = d.x / 0
assert(y:count() == 0)
assert((d.x:exp():exp():exp() * 1e308):count() < 100)
return d.x

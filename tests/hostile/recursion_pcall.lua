-- A tower of pcall.
-- expect: input
-- says: stack overflow
local function f(n) local ok, e = pcall(f, n + 1) error(e, 0) end
f(1)

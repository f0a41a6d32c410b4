-- Recursion without end.
-- expect: limit
-- says: limit of memory
local function f() return 1 + f() end
return f()

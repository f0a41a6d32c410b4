-- Tail calls, which need no stack, for ever.
-- expect: limit
-- says: instructions
local function f() return f() end
return f()

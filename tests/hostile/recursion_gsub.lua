-- Recursion through the callbacks of gsub.
-- expect: input
-- says: overflow
local function f() return (("a"):gsub("a", f)) end
return f()

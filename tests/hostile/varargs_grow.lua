-- A list of arguments that grows with every call.
-- expect: limit
-- says: stopped
local function f(...) return f(1, ...) end
return f()

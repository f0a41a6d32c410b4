-- The table of globals as a parameter.
-- expect: input
-- says: '_ENV' is not available
local function f(_ENV) return x end
return f(d)

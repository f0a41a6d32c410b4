-- A chain of and, which the compiler walks anew for each.
-- expect: input
-- says: and
local x = 1
local y = x --[[repeat 150000 and x]]
return d.x

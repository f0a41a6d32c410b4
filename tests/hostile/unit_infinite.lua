-- Infinities and missing numbers for single units.
-- expect: fine
-- runs: unit
local x = d.x
if x ~= x then error("missing") end
return x

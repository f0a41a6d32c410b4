-- The cells of a unit through pairs.
-- expect: fine
-- runs: unit
local x = d.x
local _, cells = pairs(d)
assert(rawequal(cells, d))
for k, v in pairs(d) do assert(k == "x" and v == x) end
return x

-- A value function of as many points as a list holds, for every unit, without end.
-- expect: limit
-- says: 2200000 instructions
local at, values = {}, {}
for i = 1, 4096 do at[i] = i values[i] = i end
while true do local a = mera.piecewise(d.x, at, values) end

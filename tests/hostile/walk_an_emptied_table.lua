-- Walking a table that was large once.
-- expect: limit
-- says: instructions
local t = {}
for i = 1, 100000 do t[i] = i end
for i = 1, 100000 do t[i] = nil end
while true do for k in pairs(t) do end end

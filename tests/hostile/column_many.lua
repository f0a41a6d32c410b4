-- Columns until memory ends.
-- expect: limit
-- says: limit of memory
local t = {}
for i = 1, 1e9 do t[i] = d.x + i end

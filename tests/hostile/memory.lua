-- Memory until there is none.
-- expect: limit
-- says: limit of memory
local t = {}
for i = 1, 1e9 do t[i] = { i, i } end

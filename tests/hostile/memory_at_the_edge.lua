-- Living at the edge of the limit, with a full collection at every step.
-- expect: limit
-- says: stopped
local t = {}
for i = 1, 200000 do t[i] = {} end
while true do local x = { 1, 2, 3, 4, 5, 6, 7, 8 } end

-- Sorting by a comparison that empties and grows the list.
-- expect: input
-- says: nil
local t = {}
for i = 1, 1000 do t[i] = -i end
table.sort(t, function(a, b) for i = 1, 50 do t[#t] = nil end t[#t + 1] = {} return a < b end)

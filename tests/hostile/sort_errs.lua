-- Sorting by a comparison that fails at the 500th call.
-- expect: input
-- says: boom
local t, n = {}, 0
for i = 1, 1000 do t[i] = -i end
table.sort(t, function(a, b) n = n + 1 if n == 500 then error("boom") end return a < b end)

-- Sorting by a comparison that says yes to everything.
-- expect: fine
local t = {}
for i = 1, 1000 do t[i] = i end
table.sort(t, function() return true end)
assert(#t == 1000)
return d.x

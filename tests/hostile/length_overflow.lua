-- A list whose length is the largest integer.
-- expect: limit
-- says: instructions
local t = {}
local at = 1
t[1] = 1
while at > 0 do t[at] = 1 at = at * 2 end
t[math.maxinteger] = 1
pcall(table.insert, t, 1)
pcall(table.insert, t, 1, 1)
pcall(table.remove, t, 1)
assert(#d.x == 100)
return d.x

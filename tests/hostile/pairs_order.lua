-- The order of keys, which must not depend on a seed.
-- expect: fine
local t, seen = {}, {}
for i = 1, 50 do t["k" .. (i * 7 % 50 + 100)] = i end
for k in pairs(t) do seen[#seen + 1] = k end
for i = 2, #seen do assert(seen[i - 1] < seen[i]) end
return d.x

-- More columns across than there may be.
-- expect: input
-- says: more than
local t = {}
for i = 1, 200 do t[i] = d.x end
return mera.sum(table.unpack(t))

-- Every unit at one place, where a tree of places has no ends.
-- expect: fine
local z = d.x * 0
for _ = 1, 30 do
  local a = mera.nearest_other(z, z)
  a = mera.within(z, z, 1e9, d.x)
  a = mera.nearest_value(z, z, d.x:gt(1e300), d.x)
end
return d.x

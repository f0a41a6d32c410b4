-- Distances over and over: they are charged by the pairs looked at.
-- expect: limit
-- says: 2200000 instructions
while true do
  local a = mera.within(d.x / 1e3, d.y / 1e3, 20000, d.x)
end

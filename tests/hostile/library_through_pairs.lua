-- The table behind a read-only one, from the second result of pairs.
-- expect: fine
for _, t in ipairs { math, string, table, mera, p, d } do
  local _, real = pairs(t)
  assert(real == nil or rawequal(real, t))
end
local _, real = pairs(math)
pcall(function() real.abs = function() return 666 end end)
assert(math.abs(-1) == 1)
return d.x

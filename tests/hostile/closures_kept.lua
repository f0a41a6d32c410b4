-- Closures over closures, each keeping the one before: a chain that a collector must walk.
-- expect: limit
-- says: limit of memory, 16.0 MiB
local f = function() return 1 end
while true do
  local g = f
  f = function() return g end
end

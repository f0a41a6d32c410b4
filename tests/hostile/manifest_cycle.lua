-- A manifest that contains itself.
-- expect: input
-- says: too deep
-- runs: file
local m = { id = "hostile", version = "6.6.6", api = 1 }
m.params = m
m.indicators = m
return mera.plugin(m)

-- A manifest of 10,000 tables inside each other.
-- expect: input
-- says: too deep
-- runs: file
local t = {}
for i = 1, 10000 do t = { x = t } end
return mera.plugin { id = "hostile", version = "6.6.6", api = 1, indicators = { i = t } }

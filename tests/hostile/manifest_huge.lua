-- A manifest of 100,000 indicators.
-- expect: input
-- says: too large
-- runs: file
local t = {}
for i = 1, 40000 do t["i" .. i] = {} end
return mera.plugin { id = "hostile", version = "6.6.6", api = 1, indicators = t }

-- A manifest of a million indicators.
-- expect: limit
-- says: stopped
-- runs: file
local t = {}
for i = 1, 1000000 do t["i" .. i] = {} end
return mera.plugin { id = "hostile", version = "6.6.6", api = 1, indicators = t }

-- As many indicators as a manifest may have.
-- expect: input
-- says: lacks
-- runs: file
local t = {}
for i = 1, 9000 do t["i" .. i] = {} end
return mera.plugin { id = "hostile", version = "6.6.6", api = 1, indicators = t }

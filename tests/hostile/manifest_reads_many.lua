-- An indicator that reads 19,000 columns.
-- expect: limit
-- says: text of more than
-- runs: file
local t = {}
for i = 1, 9000 do t[i] = "c" .. i end
return mera.plugin { id = "hostile", version = "6.6.6", api = 1,
 indicators = { i = { unit = "1", reads = t, compute = function(d) return d.z end } } }

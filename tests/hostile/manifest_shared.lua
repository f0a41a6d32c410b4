-- A small manifest that is large when written out.
-- expect: input
-- says: too
-- runs: file
local t = { 1, 2, 3, 4, 5, 6, 7, 8, 9 }
for i = 1, 6 do t = { t, t, t, t, t, t, t, t, t } end
return mera.plugin { id = "hostile", version = "6.6.6", api = 1, regions = t, indicators = { i = { unit = '1', reads = { 'x' }, compute = function(d) return d.x end } } }

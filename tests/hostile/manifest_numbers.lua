-- Numbers that are none.
-- expect: input
-- says: api
-- runs: file
return mera.plugin { id = "hostile", version = "9999.9999.9999", api = 0 / 0, indicators = { i = { unit = '1', reads = { 'x' }, compute = function(d) return d.x end } } }

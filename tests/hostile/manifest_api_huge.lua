-- An api beyond every number.
-- expect: input
-- says: api
-- runs: file
return mera.plugin { id = "hostile", version = "1.0.0", api = 1 / 0, indicators = { i = { unit = '1', reads = { 'x' }, compute = function(d) return d.x end } } }

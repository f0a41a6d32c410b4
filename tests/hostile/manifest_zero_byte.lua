-- A zero byte in a name.
-- expect: input
-- says: zero byte
-- runs: file
return mera.plugin { id = "hostile\0x", version = "6.6.6", api = 1,
indicators = { i = { unit = '1', reads = { 'x' }, compute = function(d) return d.x end } } }

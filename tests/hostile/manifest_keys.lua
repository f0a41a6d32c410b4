-- Keys that are no names.
-- expect: input
-- says: named and numbered
-- runs: file
return mera.plugin { id = "hostile", version = "6.6.6", api = 1, [1] = 2, [1.5] = 3, [true] = 4, [math.huge] = 5,
indicators = { i = { unit = '1', reads = { 'x' }, compute = function(d) return d.x end } } }

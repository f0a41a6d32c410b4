-- A range of missing numbers.
-- expect: input
-- says: two numbers
-- runs: file
return mera.plugin { id = "hostile", version = "6.6.6", api = 1,
 indicators = { i = { unit = "1", range = { 0 / 0, 0 / 0 }, reads = { "x" }, compute = function(d) return d.x end } } }

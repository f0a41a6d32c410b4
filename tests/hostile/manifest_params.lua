-- Parameters with limits that contradict each other.
-- expect: input
-- says: plugin
-- runs: file
return mera.plugin { id = "hostile", version = "6.6.6", api = 1,
 params = { a = { type = "number", min = 5, max = 1, default = 3, help = "x" }, b = { type = "integer", default = 0 / 0, help = "x" } },
indicators = { i = { unit = '1', reads = { 'x' }, compute = function(d) return d.x end } } }

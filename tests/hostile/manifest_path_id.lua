-- A name that is a path.
-- expect: input
-- says: 'id' is
-- runs: file
return mera.plugin { id = "../../etc/passwd", version = "6.6.6", api = 1,
indicators = { i = { unit = '1', reads = { 'x' }, compute = function(d) return d.x end } } }

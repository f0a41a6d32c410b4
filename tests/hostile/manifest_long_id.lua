-- A name of 60,000 letters.
-- expect: input
-- says: 'id' is
-- runs: file
return mera.plugin { id = ("a"):rep(60000), version = "6.6.6", api = 1,
indicators = { i = { unit = '1', reads = { 'x' }, compute = function(d) return d.x end } } }

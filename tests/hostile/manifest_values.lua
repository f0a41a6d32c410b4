-- Values of every kind in the place of texts.
-- expect: input
-- says: must be
-- runs: file
return mera.plugin { id = function() end, version = 0 / 0, api = {}, title = true, regions = "x", params = 1, indicators = { i = { unit = '1', reads = { 'x' }, compute = function(d) return d.x end } } }

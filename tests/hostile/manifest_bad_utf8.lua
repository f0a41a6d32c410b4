-- Texts that are no UTF-8.
-- expect: input
-- says: UTF-8
-- runs: file
return mera.plugin { id = "hostile", version = "6.6.6", api = 1, title = "\255\254",
indicators = { i = { unit = '1', reads = { 'x' }, compute = function(d) return d.x end } } }

-- Escape codes in the texts of a manifest.
-- expect: input
-- says: is not a key
-- runs: file
return mera.plugin { id = "hostile", version = "6.6.6", api = 1, ["\27[31mred\n\7"] = 1,
indicators = { i = { unit = '1', reads = { 'x' }, compute = function(d) return d.x end } } }

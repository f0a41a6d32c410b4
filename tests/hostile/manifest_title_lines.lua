-- A title with lines of its own: a row that looks like another plugin's in a list.
-- expect: input
-- says: line break (U+000A)
-- runs: file
return mera.plugin { id = "hostile", version = "6.6.6", api = 1, title = "x\nclimate  1.0.0  ok",
indicators = { i = { unit = '1', reads = { 'x' }, compute = function(d) return d.x end } } }

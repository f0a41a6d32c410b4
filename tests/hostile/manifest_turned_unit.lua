-- A unit that turns the direction of writing in every table that shows it.
-- expect: input
-- says: control character (U+202E)
-- runs: file
return mera.plugin { id = "hostile", version = "6.6.6", api = 1,
indicators = { i = { unit = "\u{202E}%", reads = { 'x' }, compute = function(d) return d.x end } } }

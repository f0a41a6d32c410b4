-- Escape codes deep in a manifest: in the help of a parameter.
-- expect: input
-- says: control character (U+001B)
-- runs: file
return mera.plugin { id = "hostile", version = "6.6.6", api = 1,
params = { p = { type = "number", default = 1, help = "two lines\nare fine, \27[2J is not" } },
indicators = { i = { unit = "1", reads = { 'x' }, compute = function(d) return d.x end } } }

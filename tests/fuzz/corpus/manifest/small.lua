local m = require and 1
return mera.plugin { id = "t", version = "1.2.0", api = 1, title = { ru = "Т", en = "T" },
  params = { a = { type = "number", default = 2, min = 0, max = 9, unit = "m", help = "x" },
             b = { type = "choice", choices = { "u", "v" }, default = "u", help = "x" } },
  indicators = { i = { unit = "1", range = { 0, 5 }, reads = { "x", "y" }, monotone = { x = "up" },
    compute = function(d, p) return (d.x + d.y * p.a):clip(0, 5) end },
    j = { unit = "1", reads = { "x" }, compute_unit = function(u) return u.x end } },
  normalisers = { n = { summary = "s", fitted = { "m" }, fit = function(x) return { m = x:mean() } end,
    apply = function(x, p, f) return x - f.m end } },
  aggregators = { g = { summary = "s", aggregate = function(c, p) return c.columns[1] end } },
  weighers = { w = { summary = "s", weigh = function(c, p) return { 1, 2 } end } },
  checks = { k = { summary = "s", reads = { "x" }, check = function(d) return {} end } } }

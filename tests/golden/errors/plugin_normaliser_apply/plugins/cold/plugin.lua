return mera.plugin {
  id = "cold", version = "1.2.0", api = 1,
  title = { en = "Cold" },
  licence = "CC0-1.0", source = "a test",
  normalisers = {
    scale = {
      summary = "broken on purpose",
      fitted = { "middle" },
      fit = function(x, p)
        return { middle = x:mean() }
      end,
      apply = function(x, p, f)
        return (x - f.middel) / 2
      end,
    },
  },
}

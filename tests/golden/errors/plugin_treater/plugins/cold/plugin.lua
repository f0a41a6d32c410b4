return mera.plugin {
  id = "cold", version = "1.2.0", api = 1,
  title = { en = "Cold" },
  licence = "CC0-1.0", source = "a test",
  treaters = {
    shift = {
      summary = "broken on purpose",
      apply = function(x, p) return x:fill(0) end,
    },
  },
}

return mera.plugin {
  id = "cold", version = "1.2.0", api = 1,
  title = { en = "Cold" },
  licence = "CC0-1.0", source = "a test",
  weighers = {
    weights = {
      summary = "broken on purpose",
      weigh = function(c, p)
        return { 1 }
      end,
    },
  },
}

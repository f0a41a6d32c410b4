return mera.plugin {
  id = "cold", version = "1.2.0", api = 1,
  title = { en = "Cold" },
  licence = "CC0-1.0", source = "a test",
  aggregators = {
    sum = {
      summary = "broken on purpose",
      aggregate = function(c, p)
        return c.columns[1]:fill(0) + c.columns[2]:fill(0)
      end,
    },
  },
}

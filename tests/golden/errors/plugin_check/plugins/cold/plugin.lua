return mera.plugin {
  id = "cold", version = "1.2.0", api = 1,
  title = { en = "Cold" },
  licence = "CC0-1.0", source = "a test",
  checks = {
    look = {
      summary = "broken on purpose",
      reads = { "hdd" },
      check = function(d, p)
        return { { text = "poor", where = d.income:lt(30000) } }
      end,
    },
  },
}

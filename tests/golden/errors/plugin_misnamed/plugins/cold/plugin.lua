return mera.plugin {
  id = "climate", version = "1.2.0", api = 1,
  title = { en = "Cold" },
  licence = "CC0-1.0", source = "a test",
  indicators = {
    load = {
      title = { en = "Cold load" }, unit = "degree-days/person", direction = "lower",
      reads = { "hdd", "population" },
      compute = function(d, p) return d.hdd / d.population end,
    },
  },
}

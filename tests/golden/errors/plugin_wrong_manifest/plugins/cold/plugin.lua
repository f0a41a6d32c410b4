return mera.plugin {
  id = "Cold Load", version = "one", api = 7,
  titel = { en = "Cold" },
  indicators = {
    load = { unit = "degree-days", direction = "down", reads = { "hdd" },
      compute = function(d, p) return d.hdd end },
  },
}

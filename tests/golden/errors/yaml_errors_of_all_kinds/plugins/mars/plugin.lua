return mera.plugin {
  id = "mars", version = "1.0.0", api = 1, licence = "CC0-1.0", source = "a test",
  title = { en = "Weather of Mars" },
  indicators = {
    storms = { title = { en = "Storms" }, unit = "days", direction = "lower", reads = { "dust" },
      compute = function(d) return d.dust end },
    calm = { title = { en = "Calm days" }, unit = "days", direction = "higher", reads = { "dust" },
      compute = function(d) return 365 - d.dust end },
  },
}

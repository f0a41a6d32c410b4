local function inner(x)
  return x.nothing + 1
end

local function outer(x)
  local y = inner(x)
  return y
end

return mera.plugin {
  id = "cold", version = "1.2.0", api = 1,
  title = { en = "Cold" },
  licence = "CC0-1.0", source = "a test",
  imputers = {
    fill = {
      summary = "broken on purpose",
      apply = function(x, p) local y = outer(x) return y end,
    },
  },
}

local limits = require("limits")

local function air(values, t)
  local input = {}
  for _, pollutant in ipairs(limits) do
    input[pollutant.column] = { values[pollutant.column] or t.missing }
  end
  return input
end

return {
  ["means at their limits count one each"] = function(t)
    t.near(t.run("iza", air({ dust = 0.15, so2 = 0.05, no2 = 0.04 }, t)), { 3 })
  end,
  ["only the five largest count"] = function(t)
    t.near(t.run("iza", air({ dust = 0.15, so2 = 0.05, no2 = 0.04, co = 3, fluoride = 0.005,
      formaldehyde = 0.01, benzopyrene = 1 }, t)), { 5 })
  end,
  ["hazard raises the power"] = function(t)
    -- 4^1.5 = 8, 2^1.3 = 2.46229, 2^0.85 = 1.80250
    t.near(t.run("iza", air({ benzopyrene = 4, fluoride = 0.01, co = 6 }, t)),
      { 8 + 2 ^ 1.3 + 2 ^ 0.85 })
  end,
  ["two pollutants are too few"] = function(t)
    t.equal(t.run("iza", air({ dust = 0.15, so2 = 0.05 }, t)), { t.missing })
    t.near(t.run("iza", air({ dust = 0.15, so2 = 0.05 }, t), { least = 2 }), { 2 })
  end,
}

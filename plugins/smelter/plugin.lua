-- SPDX-License-Identifier: Apache-2.0
--
-- The air of smelter towns: the index of air pollution, ИЗА, as the Russian weather service computes
-- it. Each pollutant's yearly mean is divided by its permissible daily mean and raised to a power by
-- its class of hazard; the five largest are added.

local limits = require("limits")

local function five_largest(parts)
  local sum = nil
  for _ = 1, math.min(5, #parts) do
    table.sort(parts)
    local largest = table.remove(parts)
    sum = (sum or 0) + largest
  end
  return sum
end

local function iza(u, p)
  local parts = {}
  for _, pollutant in ipairs(limits) do
    local mean = u[pollutant.column]
    if mean ~= nil then
      parts[#parts + 1] = math.max(mean, 0) / pollutant.limit
      parts[#parts] = parts[#parts] ^ pollutant.power
    end
  end
  if #parts < p.least then
    return nil
  end
  return five_largest(parts)
end

local function columns()
  local names = {}
  for i, pollutant in ipairs(limits) do
    names[i] = pollutant.column
  end
  return names
end

return mera.plugin {
  id = "smelter",
  version = "1.0.0",
  api = 1,
  title = { ru = "Воздух городов с металлургией", en = "Air of smelter towns" },
  summary = "Index of air pollution from yearly means of up to seven pollutants.",
  licence = "Apache-2.0",
  source = "RD 52.04.186-89, Guide to the control of air pollution, 9.6; limits: limits.lua",
  params = {
    least = { type = "integer", default = 3, min = 1, max = 7, help = "pollutants that must be measured" },
  },
  indicators = {
    iza = {
      title = { ru = "Индекс загрязнения атмосферы", en = "Index of air pollution" },
      formula = "sum of the five largest (mean / limit)^power",
      conventions = "pollutants that are not measured are left out; powers 1.5, 1.3, 1, 0.85 for classes 1 to 4",
      unit = "index", direction = "lower", range = { 0, 500 },
      reads = columns(),
      optional = columns(),
      monotone = { so2 = "up", dust = "up", benzopyrene = "up" },
      compute_unit = iza,
    },
  },
}

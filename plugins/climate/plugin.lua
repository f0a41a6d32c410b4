-- SPDX-License-Identifier: Apache-2.0
--
-- The climate load of northern towns: what cold, wind and darkness take from a household and a
-- working day before anybody has done anything wrong. All indicators are directed `lower`.

-- Degree-days of heating per year and resident of the heated floor area: how much heat a person's
-- home asks for, in thousand m2-degree-days.
local function heating_load(d)
  return d.heating_degree_days * d.heated_area / d.population / 1000
end

-- Days below the limit, and what wind adds to them: a frost day with wind counts for more, as
-- outdoor work stops at a higher temperature when it blows.
local function frost_load(d, p)
  local wind = (d.wind_speed - p.calm):clip(0)
  return mera.min(d.frost_days * (1 + p.wind_weight * wind), 365)
end

-- The share of the year that the heating season takes, from its days; unit by unit, because the
-- rule has a case: towns with permafrost heat foundations and pipes for longer.
local function season_share(u, p)
  if u.heating_days == nil then
    return nil
  end
  local days = u.heating_days
  if u.permafrost_share ~= nil and u.permafrost_share >= p.permafrost_from then
    days = days + p.permafrost_days
  end
  return math.min(days, 365) / 365 * 100
end

return mera.plugin {
  id = "climate",
  version = "1.0.0",
  api = 1,
  title = { ru = "Климатическая нагрузка северных городов", en = "Climate load of northern towns" },
  summary = "Heat, frost and length of the heating season for towns of the North.",
  licence = "Apache-2.0",
  source = "definitions of the mera project; quantities as in SP 131.13330 (building climatology)",
  params = {
    calm = {
      type = "number", default = 2, min = 0, max = 20, unit = "m/s",
      help = "mean wind of winter that adds nothing to frost",
    },
    wind_weight = {
      type = "number", default = 0.1, min = 0, max = 1, unit = "per m/s",
      help = "how much a frost day weighs more for each metre per second above calm",
    },
    permafrost_from = {
      type = "number", default = 50, min = 0, max = 100, unit = "%",
      help = "share of built land on permafrost from which the season is lengthened",
    },
    permafrost_days = {
      type = "integer", default = 20, min = 0, max = 120,
      help = "days that permafrost adds to the heating season",
    },
  },
  indicators = {
    heating_load = {
      title = { ru = "Потребность в тепле на жителя", en = "Heat need per resident" },
      summary = "Heating degree-days times heated floor area per resident.",
      formula = "heating_degree_days * heated_area / population / 1000",
      unit = "thousand m2-degree-days/person",
      direction = "lower",
      range = { 0, 1000 },
      reads = { "heating_degree_days", "heated_area", "population" },
      monotone = { heating_degree_days = "up", heated_area = "up", population = "down" },
      compute = heating_load,
    },
    frost_load = {
      title = { ru = "Морозные дни с поправкой на ветер", en = "Frost days corrected for wind" },
      summary = "Days of frost per year, weighted by the wind of winter.",
      formula = "min(365, frost_days * (1 + wind_weight * max(0, wind_speed - calm)))",
      unit = "days",
      direction = "lower",
      range = { 0, 365 },
      actionable = false,
      reads = { "frost_days", "wind_speed" },
      monotone = { frost_days = "up", wind_speed = "up" },
      compute = frost_load,
    },
    season_share = {
      title = { ru = "Доля года с отоплением", en = "Share of the year with heating" },
      summary = "Length of the heating season, longer on permafrost, as a share of the year.",
      formula = "100 * min(365, heating_days + permafrost_days if permafrost) / 365",
      unit = "%",
      direction = "lower",
      range = { 0, 100 },
      actionable = false,
      reads = { "heating_days", "permafrost_share" },
      optional = { "permafrost_share" }, -- unknown counts as none
      monotone = { heating_days = "up", permafrost_share = "up" },
      compute_unit = season_share,
    },
  },
}

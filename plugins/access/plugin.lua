-- SPDX-License-Identifier: Apache-2.0
--
-- What can be reached on foot, from the coordinates of blocks of a town: minutes to the nearest block
-- that has a service, and how many people live within a walk. Ways are longer than straight lines;
-- `detour` says by how much.

local function minutes(p, km)
  return km * p.detour / p.speed * 60
end

local function minutes_to_clinic(d, p)
  return minutes(p, mera.nearest(d.lat, d.lon, d.clinics))
end

local function minutes_to_stop(d, p)
  return minutes(p, mera.nearest(d.lat, d.lon, d.stops))
end

local function school_places_near(d, p)
  local km = p.walk * p.speed / 60 / p.detour
  local places = mera.within(d.lat, d.lon, km, d.school_places)
  local children = mera.within(d.lat, d.lon, km, d.children)
  return (100 * places / children):clip(0, 200)
end

local function misplaced(d)
  return {
    { text = "a block lies more than 30 km from every other one; are latitude and longitude right?",
      where = mera.nearest_other(d.lat, d.lon):gt(30) },
  }
end

local walking = {
  unit = "minutes", direction = "lower", range = { 0, 600 },
}

return mera.plugin {
  id = "access",
  version = "1.0.0",
  api = 1,
  title = { ru = "Пешая доступность", en = "Walking access" },
  summary = "Minutes on foot to the nearest service; places at schools within a walk.",
  licence = "Apache-2.0",
  source = "definitions of the mera project; great-circle distances",
  params = {
    speed = { type = "number", default = 4.8, min = 0.5, max = 10, unit = "km/h", help = "of walking" },
    detour = { type = "number", default = 1.3, min = 1, max = 5, help = "length of ways by that of straight lines" },
    walk = { type = "number", default = 15, min = 1, max = 120, unit = "minutes", help = "what counts as within a walk" },
  },
  indicators = {
    minutes_to_clinic = {
      title = { ru = "Минут пешком до поликлиники", en = "Minutes on foot to a clinic" },
      formula = "60 * detour / speed * km to the nearest block with a clinic",
      unit = walking.unit, direction = walking.direction, range = walking.range,
      reads = { "lat", "lon", "clinics" },
      optional = { "clinics" },
      compute = minutes_to_clinic,
    },
    minutes_to_stop = {
      title = { ru = "Минут пешком до остановки", en = "Minutes on foot to a stop" },
      formula = "60 * detour / speed * km to the nearest block with a stop",
      unit = walking.unit, direction = walking.direction, range = walking.range,
      reads = { "lat", "lon", "stops" },
      optional = { "stops" },
      compute = minutes_to_stop,
    },
    school_places_near = {
      title = { ru = "Мест в школах рядом на 100 детей", en = "School places near, for 100 children" },
      formula = "100 * places within a walk / children within a walk, at most 200",
      unit = "1/100", direction = "higher", range = { 0, 200 },
      reads = { "lat", "lon", "school_places", "children" },
      optional = { "school_places", "children" },
      compute = school_places_near,
    },
  },
  checks = {
    places = {
      summary = "Blocks lie near each other, as those of one town do.",
      reads = { "lat", "lon" },
      check = misplaced,
    },
  },
}

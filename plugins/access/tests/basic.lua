-- A degree of latitude is 6371.0088 km * pi / 180 = 111.195 km, so 0.01 degrees are 1.11195 km: on
-- foot 1.11195 * 1.3 / 4.8 * 60 = 18.0692 minutes.
return {
  ["a block with a clinic is at the clinic"] = function(t)
    local y = t.run("minutes_to_clinic", { lat = { 60, 60.01 }, lon = { 30, 30 }, clinics = { 1, 0 } })
    t.near(y, { 0, 18.06919 }, 1e-4)
  end,
  ["slower walkers take longer"] = function(t)
    local blocks = { lat = { 60, 60.01 }, lon = { 30, 30 }, stops = { 2, t.missing } }
    t.near(t.run("minutes_to_stop", blocks, { speed = 2.4 })[2], 2 * 18.06919, 1e-3)
  end,
  ["school places are those of all blocks within a walk"] = function(t)
    -- 15 minutes are 0.923 km: the first two blocks see each other, the third is alone
    local y = t.run("school_places_near", { lat = { 60, 60.005, 60.1 }, lon = { 30, 30, 30 },
      school_places = { 300, 0, 0 }, children = { 200, 200, 100 } })
    t.near(y, { 75, 75, 0 })
  end,
  ["exchanged coordinates are found"] = function(t)
    local found = t.run("places", { lat = { 60, 60.01, 30 }, lon = { 30, 30.01, 60 } })
    t.equal(found[1].units, "unit 3")
    t.fails(function()
      t.run("minutes_to_stop", { lat = { 123 }, lon = { 56 }, stops = { 1 } })
    end, "is no place")
  end,
}

return {
  ["heat is degree-days by area for each resident"] = function(t)
    t.near(t.run("heating_load", { heating_degree_days = { 6000 }, heated_area = { 500000 },
      population = { 20000 } }), { 150 })
  end,
  ["wind above calm adds to frost, a year is the most"] = function(t)
    t.near(t.run("frost_load", { frost_days = { 200, 300 }, wind_speed = { 4, 12 } }), { 240, 365 })
    t.near(t.run("frost_load", { frost_days = { 200 }, wind_speed = { 1 } }), { 200 })
  end,
  ["permafrost lengthens the season"] = function(t)
    t.near(t.run("season_share", { heating_days = { 245, 245, 245 }, permafrost_share = { 60, 40, t.missing } }),
      { 265 / 3.65, 245 / 3.65, 245 / 3.65 })
  end,
}

return {
  ["half of the jobs are the plant's"] = function(t)
    t.equal(t.run("dependence", { main_jobs = { 500, 0 }, jobs = { 1000, 400 } }), { 50, 0 })
  end,
  ["residents who work elsewhere bring that pay home"] = function(t)
    -- 800 of 1,000 jobs are held by residents at 50; 200 work elsewhere at 100: (40,000 + 20,000) / 1,000
    t.near(t.run("resident_pay", { pay = { 50 }, jobs = { 1000 }, commuters_in = { 200 },
      commuters_out = { 200 }, pay_elsewhere = { 100 } }), { 60 })
  end,
  ["unknown pay elsewhere is taken as at home"] = function(t)
    t.near(t.run("resident_pay", { pay = { 50 }, jobs = { 1000 }, commuters_in = { 200 },
      commuters_out = { 200 }, pay_elsewhere = { t.missing } }), { 50 })
  end,
  ["without commuting it is the pay of the place"] = function(t)
    t.near(t.run("resident_pay", { pay = { 71 }, jobs = { 10 }, commuters_in = { 0 },
      commuters_out = { 0 }, pay_elsewhere = { 100 } }), { 71 })
  end,
  ["the check names towns with more commuters than jobs"] = function(t)
    local found = t.run("commuting", { main_jobs = { 1, 1 }, jobs = { 10, 10 }, commuters_in = { 5, 11 } })
    t.equal(#found, 1)
    t.equal(found[1].level, "error")
    t.equal(found[1].units, "unit 2")
  end,
}

return {
  ["equal children bear no penalty"] = function(t)
    t.near(t.run("mpi", { { 100, 80 }, { 100, 80 } }), { 100, 80 })
  end,
  ["the penalty is the squared deviation by the mean"] = function(t)
    -- 90 and 110: mean 100, S = 10, 100 - 100 / 100
    t.near(t.run("mpi", { { 90 }, { 110 } }), { 99 })
    t.near(t.run("mpi", { { 90 }, { 110 } }, { penalty = "upward" }), { 101 })
  end,
  ["weights count"] = function(t)
    -- 90 * 3/4 + 110 / 4 = 95; S^2 = (25 * 3 + 225) / 4 = 75
    t.near(t.run("mpi", { { 90 }, { 110 } }, nil, { weights = { 3, 1 } }), { 95 - 75 / 95 })
  end,
  ["a missing child is left out"] = function(t)
    t.near(t.run("mpi", { { 90 }, { t.missing } }), { 90 })
    t.equal(t.run("mpi", { { t.missing }, { t.missing } }), { t.missing })
  end,
  ["means of 0 are refused"] = function(t)
    t.fails(function() t.run("mpi", { { -1 }, { 1 } }) end, "0 or below")
  end,
}

return {
  ["the highest scores 100, the lowest 1/n on the bent scale"] = function(t)
    local y = t.run("rank", { 1, 2, 3, 4 })
    t.near(y[4], 100)
    -- R = 1/4: -23 ln(1 - (1 - exp(-100/23)) / 4)
    t.near(y[1], -23 * math.log(1 - (1 - math.exp(-100 / 23)) / 4))
  end,
  ["missing values have no place"] = function(t)
    t.equal(t.run("rank", { 1, t.missing, 2 })[2], t.missing)
  end,
}

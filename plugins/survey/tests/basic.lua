-- The error by hand: n = 400, y = 0.3, z = 1.96: centre (0.3 + 0.004802) / 1.009604 = 0.3019025,
-- error sqrt(0.3019025 * 0.6980975 / 403.8416) = 0.0228447.
local asked = { weight_yes = { 120 }, weight_all = { 400 }, weight_squares = { 400 }, answers = { 400 } }

return {
  ["a share of equal weights is plain counting"] = function(t)
    t.equal(t.run("share", asked), { 30 })
    t.equal(t.run("effective_answers", asked), { 400 })
    t.near(t.run("standard_error", asked), { 2.28447 }, 1e-5)
  end,
  ["uneven weights are worth fewer answers"] = function(t)
    -- weights 1, 1, 2: (4)^2 / 6
    t.near(t.run("effective_answers", { weight_all = { 4 }, weight_squares = { 6 } }), { 16 / 6 })
  end,
  ["few answers make no share"] = function(t)
    local few = { weight_yes = { 10 }, weight_all = { 29 }, weight_squares = { 29 }, answers = { 29 } }
    t.equal(t.run("share", few), { t.missing })
    t.equal(t.run("standard_error", few), { t.missing })
    t.near(t.run("share", few, { least = 29 }), { 1000 / 29 })
  end,
  ["nobody is sure of 0 of 40"] = function(t)
    local none = { weight_yes = { 0 }, weight_all = { 40 }, weight_squares = { 40 }, answers = { 40 } }
    t.ok(t.run("standard_error", none)[1] > 1)
  end,
  ["the check counts what is wrong"] = function(t)
    local found = t.run("answers", { weight_yes = { 50, 5 }, weight_all = { 40, 40 },
      weight_squares = { 40, 200 }, answers = { 40, 20 } })
    t.equal(#found, 3)
    t.equal(found[3].level, "error")
  end,
}

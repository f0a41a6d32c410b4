-- The error by hand: n = 400, y = 0.3, z = 1.96: centre (0.3 + 0.004802) / 1.009604 = 0.3019025,
-- error sqrt(0.3019025 * 0.6980975 / 403.8416) = 0.0228447.
local asked = { answer = { 30 }, answer_n = { 400 }, answer_se = { 2.2 }, answer_neff = { 400 } }

return {
  ["a share is passed on"] = function(t)
    t.equal(t.run("share", asked), { 30 })
    t.equal(t.run("effective_answers", { answer_neff = { 16 / 6 } }), { 16 / 6 })
  end,
  ["the error is the larger of two"] = function(t)
    t.near(t.run("standard_error", asked), { 2.28447 }, 1e-5)
    asked.answer_se = { 3.5 } -- clusters that think alike
    t.equal(t.run("standard_error", asked), { 3.5 })
    asked.answer_se = { 2.2 }
  end,
  ["few answers make no share"] = function(t)
    local few = { answer = { 34 }, answer_n = { 29 }, answer_se = { 8 }, answer_neff = { 29 } }
    t.equal(t.run("share", few), { t.missing })
    t.equal(t.run("standard_error", few), { t.missing })
    t.equal(t.run("share", few, { least = 29 }), { 34 })
  end,
  ["nobody is sure of 0 of 40"] = function(t)
    local none = { answer = { 0 }, answer_n = { 40 }, answer_se = { 0 }, answer_neff = { 40 } }
    t.ok(t.run("standard_error", none)[1] > 1)
  end,
  ["the check counts what is wrong"] = function(t)
    local found = t.run("answers", { answer_n = { 50, 20 }, answer_neff = { 20, 18 } })
    t.equal(#found, 2)
  end,
}

-- SPDX-License-Identifier: Apache-2.0
--
-- Answers to a yes-or-no question, summed over the people asked in each town: the share of «yes» with
-- each answer's weight, how many answers that is worth, and its standard error. A share from too few
-- answers is missing, not a number.

local function effective(d)
  return d.weight_all * d.weight_all / d.weight_squares -- Kish: (sum w)^2 / sum w^2
end

local function share(d, p)
  local percent = 100 * d.weight_yes / d.weight_all
  return mera.where(d.answers:ge(p.least), percent, nil)
end

-- Wilson's p instead of the plain one: from 0 or 100 % of few answers nobody is sure.
local function standard_error(d, p)
  local n = effective(d)
  local y = d.weight_yes / d.weight_all
  local z2 = p.z * p.z
  local centre = (y + z2 / (2 * n)) / (1 + z2 / n)
  local error = 100 * (centre * (1 - centre) / (n + z2)):sqrt()
  return mera.where(d.answers:ge(p.least), error, nil)
end

local function few_answers(d, p)
  return {
    { text = "fewer answers than the least that makes a share", where = d.answers:lt(p.least) },
    { text = "weights are so uneven that less than half of the answers count",
      where = effective(d):lt(0.5 * d.answers) },
    { text = "more yes than answers", level = "error", where = d.weight_yes:gt(d.weight_all) },
  }
end

return mera.plugin {
  id = "survey",
  version = "1.0.0",
  api = 1,
  title = { ru = "Ответы на вопрос опроса", en = "Answers to a survey question" },
  summary = "Weighted share of yes, effective number of answers, standard error.",
  licence = "Apache-2.0",
  source = "Kish, Survey Sampling (1965), 11.7; Agresti, Coull, American Statistician 52 (1998) 119",
  params = {
    least = { type = "integer", default = 30, min = 1, max = 100000, help = "answers that a share needs" },
    z = { type = "number", default = 1.96, min = 0, max = 10, help = "of the interval whose centre is used for the error" },
  },
  indicators = {
    share = {
      title = { ru = "Доля ответивших «да»", en = "Share of yes" },
      formula = "100 * weight_yes / weight_all where answers >= least",
      unit = "%", direction = "higher", range = { 0, 100 },
      reads = { "weight_yes", "weight_all", "answers" },
      monotone = { weight_yes = "up" },
      compute = share,
    },
    effective_answers = {
      title = { ru = "Действующее число ответов", en = "Effective number of answers" },
      formula = "weight_all^2 / weight_squares",
      unit = "answers", direction = "higher", range = { 0, 1000000 },
      reads = { "weight_all", "weight_squares" },
      compute = effective,
    },
    standard_error = {
      title = { ru = "Стандартная ошибка доли", en = "Standard error of the share" },
      formula = "100 * sqrt(c (1 - c) / (n + z^2)), c = (y + z^2 / 2n) / (1 + z^2 / n), n effective",
      unit = "percentage points", direction = "lower", range = { 0, 50 },
      reads = { "weight_yes", "weight_all", "weight_squares", "answers" },
      compute = standard_error,
    },
  },
  checks = {
    answers = {
      summary = "Enough answers, weights that are not too uneven, no more yes than answers.",
      reads = { "weight_yes", "weight_all", "weight_squares", "answers" },
      check = few_answers,
    },
  },
}

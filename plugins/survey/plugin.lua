-- SPDX-License-Identifier: Apache-2.0
--
-- Answers to a question of a survey, summed by the engine (layout: survey): the share, what it is worth,
-- and an error that does not believe in certainty. A share from too few answers is missing, not a number.

local function share(d, p)
  return mera.where(d.answer_n:ge(p.least), d.answer, nil)
end

local function effective_answers(d)
  return d.answer_neff
end

-- Of the sample, or of Wilson's centre if that is more: from 0 or 100 % of few answers nobody is sure.
local function standard_error(d, p)
  local n = d.answer_neff
  local y = d.answer / 100
  local z2 = p.z * p.z
  local centre = (y + z2 / (2 * n)) / (1 + z2 / n)
  local careful = 100 * (centre * (1 - centre) / (n + z2)):sqrt()
  local error = mera.where(careful:gt(d.answer_se), careful, d.answer_se)
  return mera.where(d.answer_n:ge(p.least), error, nil)
end

local function few_answers(d, p)
  return {
    { text = "fewer answers than the least that makes a share", where = d.answer_n:lt(p.least) },
    { text = "weights or clusters are so uneven that less than half of the answers count",
      where = d.answer_neff:lt(0.5 * d.answer_n) },
  }
end

return mera.plugin {
  id = "survey",
  version = "2.0.0",
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
      formula = "answer where answer_n >= least",
      unit = "%", direction = "higher", range = { 0, 100 },
      reads = { "answer", "answer_n" },
      monotone = { answer = "up" },
      compute = share,
    },
    effective_answers = {
      title = { ru = "Действующее число ответов", en = "Effective number of answers" },
      formula = "answer_neff = answer_n / answer_deff",
      unit = "answers", direction = "higher", range = { 0, 1000000 },
      reads = { "answer_neff" },
      compute = effective_answers,
    },
    standard_error = {
      title = { ru = "Стандартная ошибка доли", en = "Standard error of the share" },
      formula = "the larger of answer_se and 100 * sqrt(c (1 - c) / (n + z^2)), c = (y + z^2 / 2n) / (1 + z^2 / n), n effective",
      unit = "percentage points", direction = "lower", range = { 0, 100 },
      reads = { "answer", "answer_n", "answer_se", "answer_neff" },
      compute = standard_error,
    },
  },
  checks = {
    answers = {
      summary = "Enough answers, weights and clusters that are not too uneven.",
      reads = { "answer_n", "answer_neff" },
      check = few_answers,
    },
  },
}

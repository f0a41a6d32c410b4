-- SPDX-License-Identifier: Apache-2.0
--
-- The exponential transformation of ranks, as in the English and Welsh indices of multiple
-- deprivation: scores from 0 to 100 in which the last tenth of the ranks gets half of the range,
-- so that a poor place in one domain is not made up for by good places in others.

local function fit(x)
  if x:count() == 0 then
    error("no value is present in the reference set, so there are no ranks")
  end
  return x:sorted()
end

local function apply(x, p, sample)
  local n = sample:count()
  local place = x:rank_among(sample, p.ties)        -- 1 = the highest
  local share = (n + 1 - place) / n                 -- R: 1 for the highest, 1/n for the lowest
  local bend = 1 - math.exp(-100 / p.scale)
  return (1 - share * bend):log() * -p.scale
end

return mera.plugin {
  id = "exponential",
  version = "1.0.0",
  api = 1,
  title = { en = "Exponential transformation of ranks", ru = "Показательное преобразование мест" },
  summary = "Scores from 0 to 100 that stretch the highest ranks apart.",
  licence = "Apache-2.0",
  source = "McLennan et al., English Indices of Deprivation 2019: Technical Report, section 3.6; "
    .. "Welsh Government, WIMD 2019 Technical Report",
  normalisers = {
    rank = {
      title = { en = "Exponential rank", ru = "Показательное место" },
      summary = "Exponential transformation of the rank within the reference set.",
      formula = "y = -s ln(1 - R (1 - exp(-100/s))), R = (N + 1 - rank)/N",
      conventions = "rank 1 is the highest directed value; N counts the values present in the "
        .. "reference set; equal values share a rank by 'ties'",
      params = {
        scale = {
          type = "number", default = 23, min = 1, max = 1000,
          help = "s: the smaller, the further the highest ranks are stretched apart",
        },
        ties = {
          type = "choice", choices = { "min", "max", "mean" }, default = "min",
          help = "the rank of equal values: the best, the worst or the mean of their places",
        },
      },
      fit = fit,
      apply = apply,
    },
  },
}

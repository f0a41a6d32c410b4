-- SPDX-License-Identifier: Apache-2.0
--
-- The Mazziotta-Pareto index, written in Lua: the mean less a penalty for children out of balance.
-- It equals aggregate.mpi of the engine; it ships as the pattern of an aggregator in a plugin.

local function mpi(c, p)
  local mean = mera.weighted_mean(c.columns, c.weights)
  local spread = mera.weighted_sd(c.columns, c.weights)
  if mean:lowest() ~= nil and mean:lowest() <= 0 then
    error("a mean is 0 or below, so its penalty means nothing: normalise to points about 100")
  end
  local penalty = spread * spread / mean
  if p.penalty == "upward" then
    return mean + penalty
  end
  return mean - penalty
end

return mera.plugin {
  id = "penalty",
  version = "1.0.0",
  api = 1,
  title = { ru = "Среднее со штрафом за неравномерность", en = "Mean with a penalty for imbalance" },
  licence = "Apache-2.0",
  source = "Mazziotta, Pareto, Rivista Italiana di Economia Demografia e Statistica 67 (2013)",
  aggregators = {
    mpi = {
      summary = "Mean less the squared deviation of the children by the mean.",
      formula = "M - S^2 / M",
      conventions = "deviation of a population; a missing child is left out and weights rescaled",
      params = {
        penalty = { type = "choice", choices = { "downward", "upward" }, default = "downward",
          help = "downward where more is better, upward where less is" },
      },
      aggregate = mpi,
    },
  },
}

-- SPDX-License-Identifier: Apache-2.0
--
-- Operations that the engine has built in, written again as a plugin would: the two must agree
-- (test_twins.c).

local function bounds(x)
  return { low = x:lowest(), high = x:highest() }
end

local function minmax(x, p, f)
  return (x - f.low) / (f.high - f.low) * (p.top - p.bottom) + p.bottom
end

local function moments(x)
  return { mean = x:mean(), sd = x:sd() }
end

local function zscore(x, p, f)
  return (x - f.mean) / f.sd * p.sd + p.mean
end

local function sample(x)
  return x:sorted()
end

-- Place 1 is the highest: turned round, a place less one is how many are smaller. A value above the
-- whole reference set is no higher than its best.
local function percentile(x, _, values)
  return (((-x):rank_among(-values, "min") - 1) / (values:count() - 1)):min(1)
end

return mera.plugin {
  id = "twins",
  version = "1.0.0",
  api = 1,
  summary = "Built-in normalisers once more.",
  normalisers = {
    minmax = {
      summary = "Twin of normalise.minmax.",
      params = {
        bottom = { type = "number", default = 0 },
        top = { type = "number", default = 100 },
      },
      fitted = { "low", "high" },
      fit = bounds,
      apply = minmax,
    },
    zscore = {
      summary = "Twin of normalise.zscore.",
      params = {
        mean = { type = "number", default = 0 },
        sd = { type = "number", default = 1 },
      },
      fitted = { "mean", "sd" },
      fit = moments,
      apply = zscore,
    },
    percentile_rank = {
      summary = "Twin of normalise.percentile_rank.",
      fit = sample,
      apply = percentile,
    },
  },
}

-- SPDX-License-Identifier: Apache-2.0
--
-- A town that lives by one plant: how much of its work hangs on it, and what its residents really
-- earn. Pay is published by place of work: it counts those who come in from elsewhere and leaves out
-- those who travel to work in another town.

local function dependence(d)
  return (100 * d.main_jobs / d.jobs):clip(0, 100)
end

-- Jobs held by residents stay, pay of residents who work elsewhere comes in at the pay of that place.
local function resident_pay(d)
  local here = d.jobs - d.commuters_in
  return (d.pay * here + d.pay_elsewhere:fill(d.pay) * d.commuters_out) / (here + d.commuters_out)
end

local function more_commuters_than_jobs(d)
  return {
    { text = "more people come in to work than there are jobs", level = "error",
      where = d.commuters_in:gt(d.jobs) },
    { text = "the main employer has more jobs than the town", where = d.main_jobs:gt(d.jobs) },
  }
end

return mera.plugin {
  id = "employer",
  version = "1.0.0",
  api = 1,
  title = { ru = "Зависимость от одного работодателя", en = "Dependence on one employer" },
  summary = "Share of jobs at the main employer; pay of residents corrected for commuting.",
  licence = "Apache-2.0",
  source = "definitions of the mera project",
  indicators = {
    dependence = {
      title = { ru = "Доля главного работодателя", en = "Share of the main employer" },
      summary = "Jobs at the largest employer as a share of all jobs in the town.",
      formula = "100 * main_jobs / jobs",
      unit = "%", direction = "lower", range = { 0, 100 },
      reads = { "main_jobs", "jobs" },
      monotone = { main_jobs = "up", jobs = "down" },
      compute = dependence,
    },
    resident_pay = {
      title = { ru = "Зарплата жителей с поправкой на поездки", en = "Pay of residents, corrected for commuting" },
      summary = "Mean pay of those who live in the town, wherever they work.",
      formula = "(pay * (jobs - commuters_in) + pay_elsewhere * commuters_out) / (jobs - commuters_in + commuters_out)",
      unit = "roubles/month", direction = "higher", range = { 0, 10000000 },
      reads = { "pay", "jobs", "commuters_in", "commuters_out", "pay_elsewhere" },
      optional = { "pay_elsewhere" }, -- unknown: as at home
      compute = resident_pay,
    },
  },
  checks = {
    commuting = {
      summary = "Commuters and the main employer fit the number of jobs.",
      reads = { "main_jobs", "jobs", "commuters_in" },
      check = more_commuters_than_jobs,
    },
  },
}

-- SPDX-License-Identifier: Apache-2.0
--
-- Permissible daily means, mg/m3 (benzo(a)pyrene: ng/m3), and the power of each class of hazard.
-- Limits: the hygienic norms GN 2.1.6.3492-17, in force up to 2021. README.md says which numbers were
-- compared with a source and which were not: the powers, and the daily mean of hydrogen fluoride.
local power = { 1.5, 1.3, 1.0, 0.85 }

return {
  { column = "dust", limit = 0.15, power = power[3] },
  { column = "so2", limit = 0.05, power = power[3] },
  { column = "no2", limit = 0.04, power = power[3] },
  { column = "co", limit = 3, power = power[4] },
  { column = "fluoride", limit = 0.005, power = power[2] },
  { column = "formaldehyde", limit = 0.01, power = power[2] },
  { column = "benzopyrene", limit = 1, power = power[1] },
}

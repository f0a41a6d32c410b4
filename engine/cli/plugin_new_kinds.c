/* SPDX-License-Identifier: Apache-2.0 */
/** @file What `mera plugin new --kind` writes of each kind of plugin but an indicator: script,
 * tests, use. */
#include "cli/new_files.h"

#include <stddef.h>

/* ---- imputer -------------------------------------------------------------------------------- */

static const char imputer_script[] =
    "-- SPDX-License-Identifier: Apache-2.0\n"
    "-- x is a column with gaps, a value for each town.\n"
    "\n"
    "return mera.plugin {\n"
    "  id = \"{id}\",\n"
    "  version = \"0.1.0\",\n"
    "  api = 1,\n"
    "  title = { en = \"My imputers\", ru = \"Мои восполнения\" },\n"
    "  licence = \"Apache-2.0\",\n"
    "  source = \"where the definitions come from\",\n"
    "  imputers = {\n"
    "    middle = {\n"
    "      summary = \"gaps become the median of what is there\",\n"
    "      apply = function(x)\n"
    "        return mera.fill(x, x:median())\n"
    "      end,\n"
    "    },\n"
    "  },\n"
    "}\n";

static const char imputer_tests[] =
    "-- Each function is a test. Lists stand for columns, t.missing for a missing cell.\n"
    "return {\n"
    "  [\"a gap becomes the median\"] = function(t)\n"
    "    t.near(t.run(\"middle\", { 1, t.missing, 5, 3 }), { 1, 3, 5, 3 })\n"
    "  end,\n"
    "  [\"what is there stays\"] = function(t)\n"
    "    t.equal(t.run(\"middle\", { 1, 2 }), { 1, 2 })\n"
    "  end,\n"
    "}\n";

static const char imputer_use[] = "plugins: [{id}]\n"
                                  "steps:\n"
                                  "  impute: {op: {id}.middle}\n";

/* ---- treater -------------------------------------------------------------------------------- */

static const char treater_script[] =
    "-- SPDX-License-Identifier: Apache-2.0\n"
    "-- x is a column, a value for each town; p are the parameters.\n"
    "\n"
    "return mera.plugin {\n"
    "  id = \"{id}\",\n"
    "  version = \"0.1.0\",\n"
    "  api = 1,\n"
    "  title = { en = \"My treaters\", ru = \"Мои сглаживания\" },\n"
    "  licence = \"Apache-2.0\",\n"
    "  source = \"where the definitions come from\",\n"
    "  treaters = {\n"
    "    ceiling = {\n"
    "      summary = \"values above a quantile are pulled down to it\",\n"
    "      params = {\n"
    "        share = { type = \"number\", default = 0.95, min = 0.5, max = 1, help = \"of the "
    "quantile\" },\n"
    "      },\n"
    "      apply = function(x, p)\n"
    "        return x:clip(nil, x:quantile(p.share))\n"
    "      end,\n"
    "    },\n"
    "  },\n"
    "}\n";

static const char treater_tests[] =
    "-- Each function is a test. Lists stand for columns, t.missing for a missing cell.\n"
    "return {\n"
    "  [\"what is above the quantile is pulled down\"] = function(t)\n"
    "    t.near(t.run(\"ceiling\", { 0, 1, 2, 100 }, { share = 0.5 }), { 0, 1, 1.5, 1.5 })\n"
    "  end,\n"
    "  [\"a gap stays\"] = function(t)\n"
    "    t.equal(t.run(\"ceiling\", { 1, t.missing }, { share = 1 }), { 1, t.missing })\n"
    "  end,\n"
    "}\n";

static const char treater_use[] = "plugins: [{id}]\n"
                                  "steps:\n"
                                  "  treat: {op: {id}.ceiling, share: 0.9}\n";

/* ---- normaliser ----------------------------------------------------------------------------- */

static const char normaliser_script[] =
    "-- SPDX-License-Identifier: Apache-2.0\n"
    "-- fit finds the scale, apply lays values on it: a frozen scale is applied to other data.\n"
    "\n"
    "return mera.plugin {\n"
    "  id = \"{id}\",\n"
    "  version = \"0.1.0\",\n"
    "  api = 1,\n"
    "  title = { en = \"My normalisers\", ru = \"Мои нормировки\" },\n"
    "  licence = \"Apache-2.0\",\n"
    "  source = \"where the definitions come from\",\n"
    "  normalisers = {\n"
    "    span = {\n"
    "      summary = \"0 at the lowest, 100 at the highest value\",\n"
    "      fitted = { \"lowest\", \"highest\" },\n"
    "      fit = function(x)\n"
    "        return { lowest = x:lowest(), highest = x:highest() }\n"
    "      end,\n"
    "      apply = function(x, p, f)\n"
    "        return (x - f.lowest) / (f.highest - f.lowest) * 100\n"
    "      end,\n"
    "    },\n"
    "  },\n"
    "}\n";

static const char normaliser_tests[] =
    "-- Each function is a test. Lists stand for columns, t.missing for a missing cell.\n"
    "return {\n"
    "  [\"the ends are 0 and 100\"] = function(t)\n"
    "    t.near(t.run(\"span\", { 2, 3, 6 }), { 0, 25, 100 })\n"
    "  end,\n"
    "  [\"a gap stays\"] = function(t)\n"
    "    t.equal(t.run(\"span\", { 1, t.missing, 2 }), { 0, t.missing, 100 })\n"
    "  end,\n"
    "}\n";

static const char normaliser_use[] = "plugins: [{id}]\n"
                                     "steps:\n"
                                     "  normalise: {op: {id}.span}\n";

/* ---- weigher -------------------------------------------------------------------------------- */

static const char weigher_script[] =
    "-- SPDX-License-Identifier: Apache-2.0\n"
    "-- c.columns are the indicators of a node, c.names their names; a weight for each is the "
    "answer.\n"
    "\n"
    "return mera.plugin {\n"
    "  id = \"{id}\",\n"
    "  version = \"0.1.0\",\n"
    "  api = 1,\n"
    "  title = { en = \"My weighers\", ru = \"Мои веса\" },\n"
    "  licence = \"Apache-2.0\",\n"
    "  source = \"where the definitions come from\",\n"
    "  weighers = {\n"
    "    spread = {\n"
    "      summary = \"an indicator weighs as much as its values differ\",\n"
    "      weigh = function(c)\n"
    "        local weights = {}\n"
    "        for i, x in ipairs(c.columns) do\n"
    "          weights[i] = x:sd(\"population\")\n"
    "        end\n"
    "        return weights\n"
    "      end,\n"
    "    },\n"
    "  },\n"
    "}\n";

static const char weigher_tests[] =
    "-- Each function is a test. Lists stand for columns, t.missing for a missing cell.\n"
    "return {\n"
    "  [\"what differs twice as much weighs twice as much\"] = function(t)\n"
    "    local w = t.run(\"spread\", { { 1, 3 }, { 10, 14 } })\n"
    "    t.near(w[2] / w[1], 2)\n"
    "  end,\n"
    "}\n";

static const char weigher_use[] = "plugins: [{id}]\n"
                                  "framework:\n"
                                  "  id: index\n"
                                  "  weights: {op: {id}.spread}\n";

/* ---- aggregator ----------------------------------------------------------------------------- */

static const char aggregator_script[] =
    "-- SPDX-License-Identifier: Apache-2.0\n"
    "-- c.columns are the children of a node, c.weights their weights; a missing child is left "
    "out.\n"
    "\n"
    "return mera.plugin {\n"
    "  id = \"{id}\",\n"
    "  version = \"0.1.0\",\n"
    "  api = 1,\n"
    "  title = { en = \"My aggregators\", ru = \"Мои свёртки\" },\n"
    "  licence = \"Apache-2.0\",\n"
    "  source = \"where the definitions come from\",\n"
    "  aggregators = {\n"
    "    cautious = {\n"
    "      summary = \"the mean, less a part of how much the children differ\",\n"
    "      params = {\n"
    "        part = { type = \"number\", default = 0.5, min = 0, max = 1, help = \"of the "
    "deviation that is taken off\" },\n"
    "      },\n"
    "      aggregate = function(c, p)\n"
    "        return mera.weighted_mean(c.columns, c.weights) - p.part * "
    "mera.weighted_sd(c.columns, c.weights)\n"
    "      end,\n"
    "    },\n"
    "  },\n"
    "}\n";

static const char aggregator_tests[] =
    "-- Each function is a test. Lists stand for columns, t.missing for a missing cell.\n"
    "return {\n"
    "  [\"equal children lose nothing\"] = function(t)\n"
    "    t.near(t.run(\"cautious\", { { 80 }, { 80 } }), { 80 })\n"
    "  end,\n"
    "  [\"the deviation is taken off\"] = function(t)\n"
    "    -- mean 100, deviation 10\n"
    "    t.near(t.run(\"cautious\", { { 90 }, { 110 } }), { 95 })\n"
    "  end,\n"
    "  [\"a missing child is left out\"] = function(t)\n"
    "    t.near(t.run(\"cautious\", { { 90 }, { t.missing } }), { 90 })\n"
    "  end,\n"
    "}\n";

static const char aggregator_use[] = "plugins: [{id}]\n"
                                     "steps:\n"
                                     "  aggregate: {op: {id}.cautious, part: 0.25}\n";

/* ---- check ---------------------------------------------------------------------------------- */

static const char check_script[] =
    "-- SPDX-License-Identifier: Apache-2.0\n"
    "-- d.doctors is a column as it was read; what is found is told, nothing is changed.\n"
    "\n"
    "return mera.plugin {\n"
    "  id = \"{id}\",\n"
    "  version = \"0.1.0\",\n"
    "  api = 1,\n"
    "  title = { en = \"My checks\", ru = \"Мои проверки\" },\n"
    "  licence = \"Apache-2.0\",\n"
    "  source = \"where the definitions come from\",\n"
    "  checks = {\n"
    "    nobody = {\n"
    "      summary = \"towns without a single doctor\",\n"
    "      reads = { \"doctors\" },\n"
    "      check = function(d)\n"
    "        return { { text = \"there is no doctor at all\", level = \"warning\", where = "
    "d.doctors:eq(0) } }\n"
    "      end,\n"
    "    },\n"
    "  },\n"
    "}\n";

static const char check_tests[] =
    "-- Each function is a test. Lists stand for columns, t.missing for a missing cell.\n"
    "return {\n"
    "  [\"a town without doctors is told\"] = function(t)\n"
    "    local found = t.run(\"nobody\", { doctors = { 3, 0 } })\n"
    "    t.equal(#found, 1)\n"
    "  end,\n"
    "}\n";

static const char check_use[] = "plugins: [{id}]\n"
                                "checks: [{id}.nobody]\n";

const cli_plugin_kind *cli_plugin_kinds(void)
{
    static const cli_plugin_kind kinds[] = {
        {"imputer", imputer_script, imputer_tests, imputer_use},
        {"treater", treater_script, treater_tests, treater_use},
        {"normaliser", normaliser_script, normaliser_tests, normaliser_use},
        {"weigher", weigher_script, weigher_tests, weigher_use},
        {"aggregator", aggregator_script, aggregator_tests, aggregator_use},
        {"check", check_script, check_tests, check_use},
        {NULL, NULL, NULL, NULL},
    };
    return kinds;
}

/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The files that `mera plugin new` writes: one indicator with everything an indicator may say of
 * itself, its tests, and made-up numbers that say they are made up.
 */
#include "cli/new_files.h"

#include <stddef.h>

static const char plugin_script[] =
    "-- SPDX-License-Identifier: Apache-2.0\n"
    "-- Columns are computed whole: d.doctors / d.population is a column, a value for each town.\n"
    "\n"
    "local function doctors_rate(d, p)\n"
    "  return d.doctors / d.population * p.per\n"
    "end\n"
    "\n"
    "return mera.plugin {\n"
    "  id = \"{id}\",\n"
    "  version = \"0.1.0\",\n"
    "  api = 1,\n"
    "  title = { en = \"My indicators\", ru = \"Мои показатели\" },\n"
    "  licence = \"Apache-2.0\",\n"
    "  source = \"where the definitions come from\",\n"
    "  params = {\n"
    "    per = { type = \"number\", default = 10000, min = 1, max = 1000000, help = \"so many "
    "residents\" },\n"
    "  },\n"
    "  indicators = {\n"
    "    doctors_rate = {\n"
    "      title = { en = \"Doctors for 10,000 residents\", ru = \"Врачей на 10 000 жителей\" },\n"
    "      unit = \"1/10000\",\n"
    "      direction = \"higher\",\n"
    "      range = { 0, 1000 },\n"
    "      -- actionable = false, -- for what nobody can change, as climate: no priority then\n"
    "      reads = { \"doctors\", \"population\" }, -- only these can be seen\n"
    "      monotone = { doctors = \"up\" },       -- a claim that `mera plugin test` tries\n"
    "      compute = doctors_rate,\n"
    "    },\n"
    "  },\n"
    "}\n";

static const char plugin_tests[] =
    "-- Each function is a test. Lists stand for columns, t.missing for a missing cell.\n"
    "return {\n"
    "  [\"a rate is doctors by residents\"] = function(t)\n"
    "    local y = t.run(\"doctors_rate\", { doctors = { 20, 5 }, population = { 10000, 20000 } "
    "})\n"
    "    t.near(y, { 20, 2.5 })\n"
    "  end,\n"
    "\n"
    "  [\"a missing number of doctors stays missing\"] = function(t)\n"
    "    local y = t.run(\"doctors_rate\", { doctors = { t.missing }, population = { 10000 } })\n"
    "    t.equal(y, { t.missing })\n"
    "  end,\n"
    "\n"
    "  [\"the parameter has limits\"] = function(t)\n"
    "    t.fails(function()\n"
    "      t.run(\"doctors_rate\", { doctors = { 1 }, population = { 1 } }, { per = 0 })\n"
    "    end, \"per\")\n"
    "  end,\n"
    "}\n";

static const char plugin_use[] = "plugins: [{id}]\n"
                                 "indicators:\n"
                                 "  doctors: {from: {id}.doctors_rate}\n";

static const char plugin_fixture[] = "code,name,doctors,population\n"
                                     "01,Generated town Alder,52,18400\n"
                                     "02,Generated town Birch,61,22900\n"
                                     "03,Generated town Cedar,214,61200\n"
                                     "04,Generated town Dogwood,,74800\n"
                                     "05,Generated town Elm,33,15100\n"
                                     "06,Generated town Fir,301,88300\n";

static const char plugin_readme[] =
    "# {id}\n"
    "\n"
    "Made by `mera plugin new`. The towns in `tests/fixture.csv` are **generated**.\n"
    "\n"
    "    mera plugin check {id}     without data: manifest, parameters, unknown names\n"
    "    mera plugin test {id}      tests/*.lua, then the automatic tests; --watch repeats\n"
    "    mera plugin bench {id}     what each item costs  \n"
    "    mera plugin doc {id}       the reference page\n"
    "    mera plugin repl {id}      expressions over tests/fixture.csv\n"
    "\n"
    "In a methodology, with this folder beside it in `plugins/`:\n"
    "\n"
    "```yaml\n"
    "{use}"
    "```\n"
    "\n"
    "`mera plugin stubs -o .luals/mera.lua` renews what an editor completes from.\n";

static const char plugin_luarc[] = "{\n"
                                   "  \"runtime.version\": \"Lua 5.4\",\n"
                                   "  \"workspace.library\": [\".luals\"],\n"
                                   "  \"diagnostics.globals\": [\"mera\"]\n"
                                   "}\n";

const cli_plugin_kind *cli_plugin_indicator(void)
{
    static const cli_plugin_kind indicator = {"indicator", plugin_script, plugin_tests, plugin_use};
    return &indicator;
}

const cli_new_file *cli_plugin_new_files(void)
{
    static const cli_new_file files[] = {
        {"tests/fixture.csv", plugin_fixture},
        {"README.md", plugin_readme},
        {".luarc.json", plugin_luarc},
        {NULL, NULL},
    };
    return files;
}

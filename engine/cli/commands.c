/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The tables: options, and commands with the options each takes. A new command is a row here and
 * a file of its own.
 */
#include "cli/cli.h"
#include "cli/commands_options.h"

static const cli_command commands[] = {
    {"score", "METHODOLOGY", 1, 1, "scores, places and coverage of every node and unit",
     "METHODOLOGY is a file or its folder. The CSV has the columns "
     "unit,name,period,node,score,rank,coverage and then more; numbers read back as the same "
     "doubles; missing is empty. Where the methodology has the key `uncertainty`, places are shown "
     "with an interval and a band, 14 (11–19): 'mera help robustness' says how they come about. "
     "The workbook (xlsx) makes its "
     "numbers again by formulas: docs/workbook.md.",
     "mera score methodologies/world-quality-of-life\n"
     "mera score methodologies/company-towns --set framework.health.weight=4 --format csv -o "
     "t.csv\n"
     "mera score methodologies/company-towns -o towns.xlsx\n"
     "mera score methodologies/company-towns --no-bands",
     formats_all, score_options, cli_score, CLI_GROUP_SCORES},
    {"resolve", "METHODOLOGY", 1, 1,
     "the effective methodology, each leaf with where it comes from", NULL,
     "mera resolve methodologies/company-towns --variant equal", NULL, check_options, cli_resolve,
     CLI_GROUP_METHODOLOGY},
    {"explain", "METHODOLOGY", 1, 1, "why a number is what it is, down to raw cells", NULL,
     "mera explain methodologies/world-quality-of-life --unit Norway\n"
     "mera explain methodologies/world-quality-of-life --unit Finland --overtake\n"
     "mera explain methodologies/company-towns --weight health",
     formats_text, explain_options, cli_explain, CLI_GROUP_SCORES},
    {"compare", "METHODOLOGY [OTHER…]", 1, 16, "variants side by side: who moved, and why",
     "Without OTHER and --variant, the methodology is compared with itself after the changes of "
     "--set, or, without --set, with all its variants. With OTHER or --variant, the changes of "
     "--set are made on every side. A move is against the first side.\n"
     "A value of --set may be a range, FROM..TO:STEP, or choices between bars, A|B: then all "
     "combinations are tried, and the first side is the methodology with the other changes. So "
     "does --grid with the key `grid:`. docs/compare.md says more.\n"
     "Of two sides, and with --why or --unit of more, it is said which change moved whom: parts of "
     "a move, which add up to it. CSV then has a row a unit, side and change. With --unit it "
     "stands "
     "beside the units that the key `similar` of the first side makes comparable with it.",
     "mera compare methodologies/company-towns --variant equal\n"
     "mera compare methodologies/company-towns --set framework.health.weight=30\n"
     "mera compare methodologies/company-towns --set framework.health.weight=30 --set "
     "framework.aggregate.op=arithmetic --top 5\n"
     "mera compare methodologies/company-towns --set framework.health.weight=0..30:5\n"
     "mera compare methodologies/company-towns --set 'framework.aggregate.op=arithmetic|geometric' "
     "--set framework.safety.weight=5..15:5",
     formats_all, compare_options, cli_compare, CLI_GROUP_SCORES},
    {"change", "METHODOLOGY", 1, 1, "why a score changed between two periods or two editions",
     "The change is split into the unit's own values, survey answers, imputed data, indicators "
     "added or lost, peers and bounds, weights and method; the parts add up. Without --unit all "
     "units are told in short, the largest changes first. Without --from and --to the last two "
     "periods are taken. With --before the edition before is another methodology, or the same one "
     "with --before-data. docs/change.md says more.",
     "mera change docs/examples/two-years\n"
     "mera change docs/examples/two-years --from 2022 --to 2023 --unit Alder\n"
     "mera change methodologies/company-towns-plants --before methodologies/company-towns",
     formats_all, change_options, cli_change, CLI_GROUP_SCORES},
    {"importance", "METHODOLOGY", 1, 1, "how much each part of a node really counts",
     "Without --node every node is shown with its children, and with --indicators the whole index "
     "with all indicators. The period is the latest one with scores, or that of --period.",
     "mera importance methodologies/company-towns\n"
     "mera importance methodologies/company-towns --node health --format csv\n"
     "mera importance methodologies/world-quality-of-life --indicators",
     formats_all, importance_options, cli_importance, CLI_GROUP_SURE},
    {"robustness", "METHODOLOGY", 1, 1, "how sure places are when weights are a matter of choice",
     "Weights are drawn many times as the key `uncertainty` says, within a quarter of the given "
     "ones without it. A place is shown with the interval that holds 90 % of draws; units whose "
     "order is not sure share a band. Then what holds for certain: how far each weight may go, and "
     "the least sure neighbours. The period is the latest one with scores, or that of --period.",
     "mera robustness methodologies/world-quality-of-life\n"
     "mera robustness methodologies/company-towns --top 20 --format csv\n"
     "mera robustness methodologies/company-towns --node health --set uncertainty.weights.r=0.5",
     formats_all, robustness_options, cli_robustness, CLI_GROUP_SURE},
    {"sensitivity", "METHODOLOGY", 1, 1, "which open choice moves the places, and how much",
     "Weights and the `factors:` of `uncertainty:` are varied together in a Sobol' design, and the "
     "variance of the mean shift of places is shared out among them: what each does by itself, "
     "and with others. Runs go on until the intervals are narrow. Then for each unit: how far its "
     "place moves, and by what most. "
     "With --leave-out the question is another: each indicator, direction (at every level) or unit "
     "is left out in turn, all is scored anew, and what moves is told. It needs no `uncertainty:`. "
     "docs/robustness.md says more.",
     "mera sensitivity methodologies/town-blocks\n"
     "mera sensitivity methodologies/town-blocks --by-step --format csv\n"
     "mera sensitivity methodologies/company-towns --leave-out directions\n"
     "mera sensitivity methodologies/world-quality-of-life --unit Germany --runs 5000 --set "
     "'uncertainty.factors={scale: {set: steps.normalise.range, choices: [[0, 100], [20, 100]]}, "
     "inclusion: {drop: one}}'",
     formats_all, sensitivity_options, cli_sensitivity, CLI_GROUP_SURE},
    {"certify", "METHODOLOGY", 1, 1, "what holds for every weighting allowed, without drawing",
     "The best and worst place that weights allowed by the key `uncertainty` can give each unit, "
     "whether it can be first, how sure its order to the next one is, how many units it is ahead "
     "of or behind whatever the weights; then how far each weight may go before two units change "
     "places. With --unit one unit alone, with the weights that bring it there, and a longer "
     "search. docs/robustness.md says more.",
     "mera certify methodologies/company-towns --node health\n"
     "mera certify methodologies/company-towns --unit Старологовск",
     formats_all, certify_options, cli_certify, CLI_GROUP_SURE},
    {"priorities", "METHODOLOGY", 1, 1, "what to do first in a unit, or in several, and how sure",
     "Each indicator is lifted, alone, from its value to one that similar units have reached, and "
     "everything is scored anew with that value in the data. Similar units are those of the key "
     "`similar`. With --node, only what is below it, in the order of what that node gains. "
     "Sure: the share of draws in which it is among the first by what it brings; weights are "
     "drawn, "
     "and methods too where the key `uncertainty` names factors. "
     "docs/priorities.md says more.",
     "mera priorities methodologies/company-towns --unit 00010001\n"
     "mera priorities methodologies/company-towns --unit 00010001 --node health --reach 100\n"
     "mera priorities methodologies/company-towns --unit 00010001 --goal health=45\n"
     "mera priorities methodologies/company-towns --unit 00010001 --aim lit_streets=95\n"
     "mera priorities methodologies/company-towns --unit 00010001 --costs docs/examples/costs.csv "
     "--budget 100\n"
     "mera priorities methodologies/company-towns --perimeter docs/examples/perimeter.yaml\n"
     "mera priorities methodologies/company-towns --perimeter docs/examples/perimeter.yaml --goal "
     "health=64 --each\n"
     "mera priorities methodologies/company-towns --units 'company=Компания О' "
     "--costs docs/examples/costs.csv --budget 300\n"
     "mera priorities methodologies/world-quality-of-life --unit Norway --format json",
     formats_all, priorities_options, cli_priorities, CLI_GROUP_DECISIONS},
    {"similar", "METHODOLOGY", 1, 1, "which units are compared with one, and clusters of units",
     "With --unit, the units that the key `similar` makes comparable with it, with their distance, "
     "the columns in which they are near, score and place. Without, the clusters of `similar: "
     "{clusters: …}`: their sizes and means; CSV and JSON have the cluster of each unit in each "
     "period. "
     "docs/similar.md says more.",
     "mera similar methodologies/company-towns --unit 00010001\n"
     "mera similar methodologies/company-towns "
     "--set 'similar={near: {population: {log: true}, heating_degree_days: {}}, clusters: {}}'",
     formats_all, similar_options, cli_similar, CLI_GROUP_DECISIONS},
    {"profile", "METHODOLOGY", 1, 1, "one territory on a page",
     "Its place and how sure it is (with the key `uncertainty`), directions against similar units "
     "and all, strengths and weaknesses, the change since the period before, what to do first, "
     "how good its data are, and where they come from. docs/profile.md says more.",
     "mera profile methodologies/company-towns --unit 00010001\n"
     "mera profile methodologies/world-quality-of-life --unit Norway --lang ru\n"
     "mera profile methodologies/world-quality-of-life --unit Norway --format json",
     formats_page, profile_options, cli_profile, CLI_GROUP_DECISIONS},
    {"freeze", "METHODOLOGY", 1, 1, "the fitted numbers of this edition, for the next one",
     "Bounds, means, limits of outliers, imputed means, weights from data: a CSV that --frozen, "
     "the key `frozen: FILE` and `reference: {frozen: FILE}` take. Scored with it, the same data "
     "give the same bytes, and other data are measured on the same scale. What learns from the "
     "data and keeps no numbers is warned of.",
     "mera freeze methodologies/world-quality-of-life -o bounds.csv\n"
     "mera score methodologies/world-quality-of-life --frozen bounds.csv",
     NULL, check_options, cli_freeze, CLI_GROUP_METHODOLOGY},
    {"verify", "RESULT", 1, 1, "a recorded result, made again and compared",
     "RESULT is the JSON of 'mera score'. Its methodology, variant, changes and data are taken "
     "from its record, their paths as seen from here, and --data in place of the recorded files. "
     "Told are inputs whose hash is another one, and the first cells that differ. The exit status "
     "is 1 when the results are not the same.",
     "mera verify docs/examples/two-years/result.json", NULL, verify_options, cli_verify,
     CLI_GROUP_RECORD},
    {"audit", "METHODOLOGY", 1, 1, "the statistical audit, in the order of JRC audits",
     "Findings are numbers beyond the limits of `audit:` in the methodology, or their defaults. "
     "The "
     "exit status is 1 when one has the level `fail`, which none has unless the methodology says "
     "so. CSV holds the findings, JSON everything.",
     "mera audit methodologies/company-towns\n"
     "mera audit methodologies/company-towns --set audit.kmo.level=warning\n"
     "mera audit methodologies/world-quality-of-life --format json -o audit.json",
     formats_all, check_options, cli_audit, CLI_GROUP_SURE},
    {"ops", "[NAME]", 0, 1, "the operations, with parameters, conventions and sources", NULL,
     "mera ops\nmera ops normalise.minmax", formats_ops, ops_options, cli_ops,
     CLI_GROUP_METHODOLOGY},
    {"schema", "", 0, 0, "the JSON Schema of a methodology, for completion in an editor", NULL,
     "mera schema -o methodology.schema.json", NULL, no_options, cli_schema, CLI_GROUP_METHODOLOGY},
    {"data describe", "FILE…", 1, 64, "what is in a data file, and what is odd in it",
     "FILE is a data file, or a methodology: then its files are looked at as its 'data:' says.",
     "mera data describe methodologies/world-quality-of-life/data/*.csv\n"
     "mera data describe methodologies/company-towns",
     formats_all, data_options, cli_data_describe, CLI_GROUP_DATA},
    {"data match", "METHODOLOGY", 1, 1, "which units the data mean by name, for approval",
     "Rows of data with the key `match` name units of the list in `units:`. What is not exactly as "
     "in the list is written to the file of approvals (`approved`, matches.csv by default): the "
     "unit proposed, and why it is not exact. It counts once somebody says yes there. Decisions "
     "made are kept. docs/matching.md says more.",
     "mera data match docs/examples/matching\n"
     "cp -rL docs/examples/matching mine && mera data match mine --approve yo,kind",
     formats_text, match_options, cli_data_match, CLI_GROUP_DATA},
    {"new", "NAME", 1, 1, "a methodology project that scores at once", NULL,
     "mera new my-index && mera score my-index", NULL, no_options, cli_new, CLI_GROUP_FIRST},
    {"plugin new", "NAME", 1, 1, "a plugin whose tests pass at once",
     "NAME is the folder to make, and its last part the plugin's id: a-z, 0-9 and _.",
     "mera plugin new arctic", NULL, plugin_new_options, cli_plugin_new, CLI_GROUP_PLUGINS},
    {"plugin check", "PLUGIN", 1, 1, "a plugin without data: manifest, parameters, unknown names",
     PLUGIN_OPERAND, "mera plugin check climate", NULL, plugin_options, cli_plugin_check,
     CLI_GROUP_PLUGINS},
    {"plugin test", "PLUGIN", 1, 1, "the author's tests, then the automatic ones",
     PLUGIN_OPERAND
     " The author's tests are tests/*.lua; the automatic ones run over "
     "tests/fixture.csv, or made-up numbers: the same result twice and for units in another order, "
     "missing stays missing, no NaN or infinity, the declared range, monotone where claimed, every "
     "declared column looked at.",
     "mera plugin test climate", formats_text, plugin_test_options, cli_plugin_test,
     CLI_GROUP_PLUGINS},
    {"plugin bench", "PLUGIN", 1, 1, "time, instructions and memory of each item", PLUGIN_OPERAND,
     "mera plugin bench climate --units 1000", formats_text, plugin_bench_options, cli_plugin_bench,
     CLI_GROUP_PLUGINS},
    {"plugin doc", "[PLUGIN]", 0, 1, "the reference page of a plugin, or of all functions",
     PLUGIN_OPERAND " Without one: every function of plugins and formulas.",
     "mera plugin doc climate\nmera plugin doc -o lua.md", NULL, plugin_options, cli_plugin_doc,
     CLI_GROUP_PLUGINS},
    {"plugin stubs", "", 0, 0, "types of the functions for an editor (LuaLS)", NULL,
     "mera plugin stubs -o mera.lua", NULL, no_options, cli_plugin_stubs, CLI_GROUP_PLUGINS},
    {"plugin repl", "[PLUGIN]", 0, 1, "expressions over a file's columns, a line each",
     "The data are those of --data, else the plugin's tests/fixture.csv. A line is an expression "
     "as "
     "in a formula; the indicators of the plugin are columns too. `help`, `help NAME`, `columns`, "
     "`quit`.",
     "mera plugin repl --data methodologies/company-towns/data/generated_towns_2024.csv", NULL,
     plugin_repl_options, cli_plugin_repl, CLI_GROUP_PLUGINS},
    {"plugin admit", "OVERLAY", 1, 1, "may an overlay's indicators stand beside its core",
     "Coverage, redundancy with the core, discrimination, unit and direction of each new "
     "indicator, "
     "and how far places move among the units that have the data. Exit status 1 when one is "
     "refused.",
     "mera plugin admit methodologies/company-towns-plants", formats_text, check_options,
     cli_plugin_admit, CLI_GROUP_PLUGINS},
    {"plugin list", "", 0, 0, "the plugins there are, their state, and why one is not to be had",
     "Looked for in this order: ./plugins (and `plugins` beside a methodology), --plugins, "
     "MERA_PLUGINS, mera/plugins of the user's data folder, those that ship.",
     "mera plugin list", formats_all, plugin_options, cli_plugin_list, CLI_GROUP_PLUGINS},
    {"import coinr", "", 0, 0, "COINr's iData and iMeta as a methodology project",
     "-o names the folder to make, coinr-import without it. It scores to COINr's numbers: min-max "
     "on "
     "0 to 100 over all units and weighted arithmetic means. Goalposts, targets and other "
     "parameters "
     "of iMeta become variants, as sets of weights do.",
     "mera import coinr --idata docs/examples/coinr/iData.csv --imeta "
     "docs/examples/coinr/iMeta.csv "
     "-o my-index\nmera score my-index",
     NULL, import_options, cli_import_coinr, CLI_GROUP_FIRST},
    {"runs list", "METHODOLOGY", 1, 1, "every run of a methodology that was recorded",
     "Runs of 'mera score', 'mera compare' (each side), 'mera robustness' and 'mera sensitivity' "
     "are recorded in .mera/runs.sqlite beside the methodology, with their settings, hashes and "
     "places. --no-record, MERA_RECORD=none and the key `record: none` keep a run out of it; "
     "docs/runs.md says more.",
     "mera runs list methodologies/company-towns", formats_all, runs_options, cli_runs_list,
     CLI_GROUP_RECORD},
    {"runs show", "METHODOLOGY RUN", 2, 2, "one recorded run: settings, hashes, places", NULL,
     "mera runs show methodologies/company-towns 1", formats_all, runs_options, cli_runs_show,
     CLI_GROUP_RECORD},
    {"runs diff", "METHODOLOGY RUN RUN", 3, 3, "what differs between two recorded runs", NULL,
     "mera runs diff methodologies/company-towns 1 2", formats_all, runs_options, cli_runs_diff,
     CLI_GROUP_RECORD},
    {"runs curve", "METHODOLOGY", 1, 1,
     "one unit's places over every variant that was tried: the specification curve",
     "Each result counts once, those of other data than the last run's are left out. The settings "
     "are those that differ from the file.",
     "mera runs curve methodologies/company-towns --unit Новоозеринск", formats_all, curve_options,
     cli_runs_curve, CLI_GROUP_RECORD},
    {"register", "METHODOLOGY", 1, 1, "fixes a methodology before its data come",
     "Writes registration.yaml beside the methodology: the date, hashes of the methodology, its "
     "plugins and the data files that are there already, and the effective methodology. Results of "
     "'mera score' then say whether it has changed since.",
     "mera register methodologies/company-towns", NULL, register_options, cli_register,
     CLI_GROUP_RECORD},
    {"check", "METHODOLOGY", 1, 1, "every error and warning at once, without scoring", NULL,
     "mera check methodologies/company-towns", NULL, check_options, cli_check, CLI_GROUP_FIRST},
    {"help", "[COMMAND]", 0, 2, "what a command does, with an example", NULL, "mera help score",
     NULL, no_options, cli_help, CLI_GROUP_FIRST},
    {.name = NULL},
};

const cli_command *cli_commands(void)
{
    return commands;
}

const cli_option *const *cli_common_options(void)
{
    return common_options;
}

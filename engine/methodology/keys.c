/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The tables of keys. A new key is one line here; what it means is said by the binder.
 */
#include "mera/admission.h"
#include "methodology/keys_make.h"

#include <string.h>

#include "base/text.h"

static const char *const keys_source_kinds[] = {"statistics", "open_data", "authority_request",
                                                "survey",     "model",     NULL};
static const char *const keys_better[] = {"higher", "lower", NULL};
static const char *const keys_fallback[] = {"all", "error", NULL};
static const char *const keys_modes[] = {"half_up", "half_even", "none", NULL};
static const char *const keys_rules[] = {"renormalise", "propagate", "zero", "value", "skip", NULL};
static const char *const keys_scales[] = {"points", "shares", "grades", NULL};
static const char *const keys_ties[] = {"min", "max", "mean", "dense", "first", NULL};
static const char *const keys_pass_up[] = {"score", "aggregate", NULL};
static const char *const keys_on_error[] = {"stop", "drop", NULL};

static const mera_key keys_title[] = {
    {KEY("ru", TEXT, "in Russian")},
    {KEY("en", TEXT, "in English")},
    KEY_END,
};
LEVEL(title, "a title");

static const mera_key keys_limits[] = {
    {KEY("instructions", WHOLE, "instructions of one call; 100,000,000 by default"), .min = 1000,
     .max = 1e12},
    {KEY("memory", WHOLE, "MiB that the plugin may hold; 256 by default"), .min = 1, .max = 65536},
    {KEY("seconds", WHOLE, "of processor time of one call; 60 by default"), .min = 1, .max = 3600},
    KEY_END,
};
LEVEL_WHOLE(limits, "limits of a plugin");

static const mera_key keys_plugin[] = {
    {KEY("use", TEXT, "name of the plugin"), .required = true},
    {KEY("version", TEXT, "versions that will do, \">=1.2 <2\"")},
    {KEY("with", ANY, "parameters of the plugin")},
    {KEY("on_error", CHOICE, "stop the run (the default), or drop what the plugin could not make"),
     .choices = keys_on_error},
    {KEY("limits", MAP, "what its calls may use"), .level = &mera_level_limits},
    KEY_END,
};
LEVEL_WHOLE(plugin, "a plugin");

static const mera_key keys_direction[] = {
    {KEY("target", TARGET, "the best value, or the best range [from, to]"), .required = true},
    KEY_END,
};
LEVEL_WHOLE(direction, "a direction");

static const mera_key keys_round[] = {
    {KEY("digits", WHOLE, "decimals"), .required = true, .min = -15, .max = 15},
    {KEY("mode", CHOICE, "what happens to a half"), .choices = keys_modes},
    KEY_END,
};
LEVEL_WHOLE(round, "a rounding");

static const mera_key keys_reference[] = {
    {KEY("by", TEXT, "a grouping: one fit a group")},
    {KEY("period", TEXT, "own (each period on itself), all, or a label")},
    {KEY("min_units", WHOLE, "fewer present values than this make a group too small"), .min = 1,
     .max = 1e9},
    {KEY("fallback", CHOICE, "what a group that is too small is fitted on"),
     .choices = keys_fallback},
    {KEY("frozen", TEXT, "file with numbers fitted for an earlier edition; 'none': fit anew")},
    KEY_END,
};
LEVEL(reference, "a reference set");

static const mera_key keys_frozen[] = {
    {KEY("frozen", TEXT, "file with the weights of an earlier edition; 'none': make them anew")},
    KEY_END,
};
LEVEL(frozen, "a reference set");

static const mera_key keys_missing[] = {
    {KEY("rule", CHOICE, "what a missing child does to its node"), .choices = keys_rules},
    {KEY("value", NUMBER, "the points a missing child counts as, with rule 'value'")},
    {KEY("min_present", NUMBER, "share of the children's weight that must be present"), .max = 1},
    KEY_END,
};
LEVEL(missing, "a rule for missing values");

static const mera_key keys_weights[] = {
    {KEY("scale", CHOICE, "what the weights are: points, shares of 1, grades 0 to 10"),
     .choices = keys_scales},
    {KEY("as_given", BOOL, "do not divide by their sum")},
    KEY_END,
};
LEVEL(weights, "'weights'");

static const mera_key keys_indicator[] = {
    {KEY("title", TITLE, "what it is called")},
    {KEY("unit", TITLE, "unit of measure")},
    {KEY("direction", CHOICE_OR_MAP, "which way is better"), .choices = keys_better,
     .level = &mera_level_direction},
    {KEY("source", CHOICE, "kind of source"), .choices = keys_source_kinds},
    {KEY("reference", TEXT, "where the numbers come from")},
    {KEY("column", TEXT, "column of the data, when it is not called as the indicator")},
    {KEY("formula", TEXT, "a Lua expression over columns and other indicators")},
    {KEY("from", USE, "an indicator of a plugin"), .step = MERA_STEP_DERIVE},
    {KEY("denominate", USE, "divide by a column"), .step = MERA_STEP_DENOMINATE},
    {KEY("goalposts", PAIR, "fixed ends of the scale, [low, high]")},
    {KEY("range", PAIR, "plausible values; others are warned of")},
    {KEY("impute", USES, "how gaps are filled"), .step = MERA_STEP_IMPUTE},
    {KEY("treat", USES, "how outliers are treated"), .step = MERA_STEP_TREAT},
    {KEY("normalise", USES, "how values become points"), .step = MERA_STEP_NORMALISE},
    {KEY("round", ROUND, "rounding of the points"), .level = &mera_level_round},
    {KEY("actionable", BOOL,
         "can anybody change it? true when not said; priorities lift no other")},
    KEY_END,
};
LEVEL(indicator, "an indicator");

static const mera_key keys_steps[] = {
    {KEY("screen", USE, "which units and indicators have enough data"), .step = MERA_STEP_SCREEN},
    {KEY("impute", USES, "how gaps are filled"), .step = MERA_STEP_IMPUTE},
    {KEY("treat", USES, "how outliers are treated"), .step = MERA_STEP_TREAT},
    {KEY("normalise", USES, "how values become points"), .step = MERA_STEP_NORMALISE},
    {KEY("weights", WEIGHTS, "what the weights of children are"), .level = &mera_level_weights,
     .step = MERA_STEP_WEIGHT},
    {KEY("aggregate", USE, "how children become their node"), .step = MERA_STEP_AGGREGATE},
    KEY_END,
};
LEVEL(steps, "'steps'");

static const mera_key keys_node[] = {
    {KEY("id", ID, "its name"), .required = true, .fixed = true},
    {KEY("title", TITLE, "what it is called")},
    {KEY("description", TITLE, "what it means")},
    {KEY("weight", NUMBER, "its weight in the node above; 1 when not said")},
    {KEY("better", CHOICE, "which scores rank first"), .choices = keys_better},
    {KEY("weights", WEIGHTS, "what the weights of its children are"), .level = &mera_level_weights,
     .step = MERA_STEP_WEIGHT},
    {KEY("aggregate", USE, "how its children become its score"), .step = MERA_STEP_AGGREGATE},
    {KEY("formula", TEXT, "a Lua expression over its children, instead of 'aggregate'")},
    {KEY("missing", CHOICE_OR_MAP, "what a missing child does"), .choices = keys_rules,
     .level = &mera_level_missing},
    {KEY("round", ROUND, "rounding of the aggregate"), .level = &mera_level_round},
    {KEY("floor", NUMBER_OR_NONE, "children's scores below it are raised to it")},
    {KEY("then", USES, "normalisers over its own aggregate"), .step = MERA_STEP_NORMALISE},
    {KEY("pass_up", CHOICE, "what the node above gets"), .choices = keys_pass_up},
    {KEY("nodes", LIST, "the nodes below"), .level = &mera_level_node},
    {KEY("indicators", CHILDREN, "the indicators below, perhaps with weights")},
    KEY_END,
};
LEVEL(node, "a node");

static const mera_key keys_rank[] = {
    {KEY("ties", CHOICE, "the place of equals"), .choices = keys_ties},
    {KEY("within", TEXT, "a grouping: places inside its groups too")},
    KEY_END,
};
LEVEL(rank, "'rank'");

static const mera_key keys_variant[] = {
    {KEY("title", TITLE, "what it is called")},
    {KEY("set", PATHS, "what it changes: path: value")},
    {KEY("weights", WEIGHTS, "replaces the weights of every node"), .level = &mera_level_weights,
     .step = MERA_STEP_WEIGHT},
    KEY_END,
};
LEVEL(variant, "a variant");

static const mera_key keys_admission[] = {
#define KEY_ADMISSION(id, fallback, most, what) {KEY(#id, NUMBER, what), .max = (most)},
    MERA_ADMISSION_RULES(KEY_ADMISSION) KEY_END,
};
LEVEL(admission, "'admission'");

static const mera_key keys_overlay[] = {
    {KEY("core", TEXT, "the methodology that stays as it is: a file or its folder"),
     .required = true},
    {KEY("need", NUMBER, "share of the new indicators that a unit must have, 1 when not said"),
     .max = 1},
    {KEY("admission", MAP, "limits of `mera plugin admit`, where they are not as by default"),
     .level = &mera_level_admission},
    KEY_END,
};
LEVEL(overlay, "'overlay'");

static const mera_key keys_methodology[] = {
    {KEY("mera", WHOLE, "version of the format: 1"), .required = true, .fixed = true, .min = 1,
     .max = 1},
    {KEY("id", ID, "name of the methodology"), .required = true},
    {KEY("version", TEXT, "its version")},
    {KEY("title", TITLE, "what it is called")},
    {KEY("description", TITLE, "what it measures")},
    {KEY("licence", TEXT, "under which it may be used")},
    {KEY("source", TEXT, "where it was published")},
    {KEY("extends", TEXT, "the methodology this one changes: a file or its folder"), .fixed = true},
    {KEY("remove", TEXTS, "paths to take out of what it extends"), .fixed = true},
    {KEY("set", PATHS, "single changes: path: value"), .fixed = true},
    {KEY("overlay", MAP, "says that this methodology adds to a core, whose scores stand beside"),
     .level = &mera_level_overlay},
    {KEY("plugins", PLUGINS, "plugins that it needs"), .level = &mera_level_plugin},
    {KEY("units", MAP, "how the data name units"), .level = &mera_level_units},
    {KEY("period", TEXTS, "all, latest, or labels of periods")},
    {KEY("data", MAPS, "data files and how to read them"), .level = &mera_level_data},
    {KEY("indicators", NAMED, "the indicators, by name"), .level = &mera_level_indicator},
    {KEY("steps", MAP, "how indicators become scores, unless one says otherwise"),
     .level = &mera_level_steps},
    {KEY("framework", MAP, "the tree: its root node"), .required = true, .level = &mera_level_node},
    {KEY("classify", USES, "classes of nodes"), .step = MERA_STEP_CLASSIFY},
    {KEY("checks", USES, "what looks at data and scores and says what it finds"),
     .step = MERA_STEP_CHECK},
    {KEY("rank", MAP, "how places are given"), .level = &mera_level_rank},
    {KEY("variants", NAMED, "named sets of changes"), .fixed = true, .level = &mera_level_variant},
    {KEY("grid", PATHS, "what 'mera compare --grid' tries: path: range or list"), .fixed = true},
    {KEY("frozen", TEXT, "file of 'mera freeze': all that is fitted takes its numbers from there")},
    {KEY("audit", MAP, "limits of the audit, where they are not as by default"),
     .level = &mera_level_audit},
    {KEY("uncertainty", MAP, "how much of the weights is a matter of choice: bands of places"),
     .level = &mera_level_uncertainty},
    {KEY("similar", MAP, "which units are comparable with one: groups, nearest in stated columns"),
     .level = &mera_level_similar},
    {KEY("record", TEXT, "where runs are recorded: a file, or none"), .fixed = true},
    {KEY("seed", WHOLE, "of random numbers"), .max = 9007199254740992.0},
    KEY_END,
};
LEVEL(methodology, "a methodology");

/* ---- keys that uses of a step share ----------------------------------------------------- */

static const mera_key keys_use_fitted[] = {
    {KEY("reference", MAP, "what it is fitted on"), .level = &mera_level_reference},
    {KEY("by", TEXT, "a grouping: short for reference: {by: ...}")},
    {KEY("round", ROUND, "rounding of the result"), .level = &mera_level_round},
    KEY_END,
};
static const mera_key keys_use_aggregate[] = {
    {KEY("missing", CHOICE_OR_MAP, "what a missing child does"), .choices = keys_rules,
     .level = &mera_level_missing},
    {KEY("round", ROUND, "rounding of the aggregate"), .level = &mera_level_round},
    {KEY("floor", NUMBER_OR_NONE, "children's scores below it are raised to it")},
    KEY_END,
};
static const mera_key keys_use_classify[] = {
    {KEY("nodes", TEXTS, "the nodes to classify; the root when not said")},
    KEY_END,
};
static const mera_key keys_use_weight[] = {
    {KEY("reference", MAP, "where its weights come from"), .level = &mera_level_frozen},
    KEY_END,
};
static const mera_level keys_level_weight = {
    .id = "weigher", .what = "'weights'", .keys = keys_use_weight};
static const mera_level keys_level_fitted = {
    .id = "fitted", .what = "a step", .keys = keys_use_fitted};
static const mera_level keys_level_aggregate = {
    .id = "aggregate", .what = "'aggregate'", .keys = keys_use_aggregate};
static const mera_level keys_level_classify = {
    .id = "classify", .what = "'classify'", .keys = keys_use_classify};

const char *const *mera_use_common(mera_step step)
{
    static const char *const fitted[] = {"op", "reference", "by", "round", NULL};
    static const char *const aggregate[] = {"op", "missing", "round", "floor", NULL};
    static const char *const classify[] = {"op", "nodes", NULL};
    static const char *const weight[] = {"op", "reference", NULL};
    static const char *const plain[] = {"op", NULL};
    switch (step) {
    case MERA_STEP_WEIGHT:
        return weight;
    case MERA_STEP_IMPUTE:
    case MERA_STEP_TREAT:
    case MERA_STEP_NORMALISE:
        return fitted;
    case MERA_STEP_AGGREGATE:
        return aggregate;
    case MERA_STEP_CLASSIFY:
        return classify;
    default:
        return plain;
    }
}

const mera_level *mera_use_level(mera_step step)
{
    switch (step) {
    case MERA_STEP_WEIGHT:
        return &keys_level_weight;
    case MERA_STEP_IMPUTE:
    case MERA_STEP_TREAT:
    case MERA_STEP_NORMALISE:
        return &keys_level_fitted;
    case MERA_STEP_AGGREGATE:
        return &keys_level_aggregate;
    case MERA_STEP_CLASSIFY:
        return &keys_level_classify;
    default:
        return NULL;
    }
}

const mera_key *mera_level_key(const mera_level *level, const char *name)
{
    for (const mera_key *key = level->keys; key->name != NULL; key++) {
        if (strcmp(key->name, name) == 0) {
            return key;
        }
    }
    return NULL;
}

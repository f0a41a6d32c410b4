/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The keys of what is looked at beside scores: limits of the audit, uncertainty,
 * similar units.
 */
#include <stddef.h>

#include "mera/limits.h"
#include "mera/robustness.h"
#include "methodology/keys_make.h"

const char *const mera_bands_words[] = {"leader", "chain", NULL};
const char *const mera_law_words[] = {"range", "dirichlet", "simplex", "fixed", "bounds", NULL};
const char *const mera_limit_levels[] = {"note", "warning", "fail", NULL};

static const mera_key keys_limit[] = {
    {KEY("limit", NUMBER_OR_NONE, "the limit, or none: not looked at")},
    {KEY("level", CHOICE, "what a number beyond it is"), .choices = mera_limit_levels},
    KEY_END,
};
LEVEL(limit, "a limit");

static const mera_key keys_audit[] = {
#define KEY_LIMIT(id, fallback, least, most, side, lvl, section, text, from) \
    {KEY(#id, LIMIT, text), .min = (least), .max = (most), .level = &mera_level_limit},
#define KEY_WHOLE_true MERA_KEY_WHOLE
#define KEY_WHOLE_false MERA_KEY_NUMBER
#define KEY_SETTING(id, fallback, least, most, whole, text) \
    {.name = #id, .kind = KEY_WHOLE_##whole, .help = (text), .min = (least), .max = (most)},
    MERA_LIMITS(KEY_LIMIT) MERA_AUDIT_SETTINGS(KEY_SETTING) KEY_END,
};
LEVEL(audit, "'audit'");

static const mera_key keys_share[] = {
    {KEY("low", NUMBER, "least share; 0 when not said"), .max = 1},
    {KEY("high", NUMBER, "largest share; 1 when not said"), .max = 1},
    KEY_END,
};
LEVEL(share, "limits of a share");

static const mera_key keys_law[] = {
    {KEY("law", CHOICE, "how shares are drawn; range when not said"), .choices = mera_law_words},
    {KEY("r", NUMBER, "range: each weight is within this share of the given, 0.25 when not said"),
     .min = 0.001, .max = 0.999},
    {KEY("concentration", NUMBER, "dirichlet: the larger, the nearer to the given weights"),
     .min = 0.01, .max = 1e6},
    {KEY("bounds", NAMED, "bounds: least and largest shares of parts, parts of 1"),
     .level = &mera_level_share},
    {KEY("order", TEXTS, "bounds: orders of weights: a > b, a >= 2 b, a > b > c")},
    KEY_END,
};
LEVEL(law, "a law of weights");

static const mera_key keys_factor[] = {
    {KEY("set", TEXTS, "the setting that varies: a path, or several that take the same value")},
    {KEY("choices", CHOICES, "values of it, equally likely: a list, or a range 1..5:1")},
    {KEY("range", PAIR, "bounds of it: any number between them, equally likely")},
    {KEY("variants", TEXTS, "variants, equally likely; `as_written` is the methodology itself")},
    {KEY("drop", TEXT, "`one`: an indicator is left out, or none; a share: the chance of each")},
    {KEY("of", TEXTS,
         "drop, imputation: the indicators meant; all of the framework when not said")},
    {KEY("noise", TEXTS_BY_NAME, "standard errors of indicators: a column of the data or a number"),
     .max = 1},
    {KEY("imputation", NUMBER, "errors of imputed values: so many of the imputers' own errors"),
     .min = 0.01, .max = 100},
    KEY_END,
};
LEVEL(factor, "a factor of 'uncertainty'");

static const mera_key keys_uncertainty[] = {
    {KEY("draws", WHOLE, "how many weightings are tried; 10000 when not said"), .min = 100,
     .max = 1e8},
    {KEY("weights", MAP, "how far the weights of every node may differ"), .level = &mera_level_law},
    {KEY("nodes", NAMED, "nodes whose children's weights have a law of their own"),
     .level = &mera_level_law},
    {KEY("factors", NAMED, "what else is a matter of choice, drawn together with the weights"),
     .level = &mera_level_factor},
    {KEY("top", TEXTS, "chances of being among so many best are told; [3, 10] when not said"),
     .max = MERA_TOPS},
    {KEY("band", NUMBER, "share of draws that makes an order sure; 0.95 when not said"), .min = 0.5,
     .max = 0.9999},
    {KEY("bands", CHOICE, "where a band of places ends; leader when not said"),
     .choices = mera_bands_words},
    KEY_END,
};
LEVEL(uncertainty, "'uncertainty'");

static const mera_key keys_near[] = {
    {KEY("weight", NUMBER, "how much a difference in it counts; 1 when not said"), .min = 1e-6,
     .max = 1e6},
    {KEY("log", BOOL, "differences of logarithms: of what differs in times, as population does")},
    {KEY("title", TITLE, "what a column of the data is called; indicators have their titles")},
    KEY_END,
};
LEVEL(near, "a column of 'near'");

static const mera_key keys_clusters[] = {
    {KEY("k", WHOLE, "how many; chosen by the silhouette when not said"), .min = 2, .max = 1000},
    {KEY("most", WHOLE, "choose from 2 to so many; 10 when not said"), .min = 2, .max = 50},
    KEY_END,
};
LEVEL(clusters, "'clusters'");

static const mera_key keys_similar[] = {
    {KEY("by", TEXTS, "groupings that similar units share")},
    {KEY("near", NAMED, "columns or indicators in which they are near"), .level = &mera_level_near},
    {KEY("clusters", MAP, "similar units are in one cluster of the columns of 'near'"),
     .level = &mera_level_clusters},
    {KEY("k", WHOLE, "how many nearest; 20 when not said, with clusters all"), .min = 1,
     .max = 100000},
    {KEY("least", WHOLE, "groups with fewer others are not looked at; 5 when not said"), .min = 1,
     .max = 100000},
    KEY_END,
};
LEVEL(similar, "'similar'");

/* SPDX-License-Identifier: Apache-2.0 */
/** @file The keys that say how units are named and data are read. */
#include <stddef.h>

#include "methodology/keys_make.h"

static const char *const keys_layouts[] = {"wide", "long", "survey", "blocks", NULL};
static const char *const keys_encodings[] = {
    "utf-8", "utf-16", "windows-1251", "windows-1252", "cp866", "koi8-r", NULL};
static const char *const keys_delimiters[] = {",", ";", "tab", "|", NULL};
static const char *const keys_decimals[] = {".", ",", NULL};
static const char *const keys_reasons[] = {"absent", "suppressed", "not_applicable", NULL};
static const char *const keys_censored[] = {"missing", "half", "bound", NULL};
static const char *const keys_merged[] = {"first", "fill", "refuse", NULL};
static const char *const keys_separate[] = {"refuse", "separate", NULL};
static const char *const keys_duplicates[] = {"refuse", "first", "last", NULL};
static const char *const keys_bad_rows[] = {"refuse", "skip", NULL};
static const char *const keys_bad_numbers[] = {"refuse", "missing", NULL};
static const char *const keys_unmatched[] = {"add", "refuse", "skip", NULL};

/* How a table beside the data is read: a list of units, changes of codes. */
/* clang-format off */
#define KEYS_OF_TABLE                                                                              \
    {KEY("encoding", CHOICE, "of the text; looked at when not said"), .choices = keys_encodings},  \
    {KEY("delimiter", CHOICE, "between fields; looked at when not said"),                          \
     .choices = keys_delimiters},                                                                  \
    {KEY("skip_rows", WHOLE, "lines above the header"), .max = 1e6},                               \
    {KEY("sheet", TEXT, "workbooks: the sheet, by name or by number from 1")},                     \
    {KEY("range", TEXT, "workbooks: the cells, as in A5:H200")}
/* clang-format on */

static const mera_key keys_list[] = {
    {KEY("file", TEXT, "the units there are: a row a unit"), .required = true},
    {KEY("key", TEXT, "field with the code; that of the units when not said")},
    {KEY("name", TEXT, "field with the name; that of the units when not said")},
    {KEY("region", TEXTS, "field with the region, or several to be joined by a blank"), .max = 4},
    KEYS_OF_TABLE,
    KEY_END,
};
LEVEL(list, "'list'");

static const mera_key keys_codes[] = {
    {KEY("file", TEXT, "changes of codes: a row a change"), .required = true},
    {KEY("from", TEXT, "field with the code before"), .required = true},
    {KEY("to", TEXT, "field with the code after"), .required = true},
    {KEY("period", TEXT, "field with the first period of the code after")},
    {KEY("merged", CHOICE, "units that merge or split"), .choices = keys_separate},
    KEYS_OF_TABLE,
    KEY_END,
};
LEVEL(codes, "'codes'");

static const mera_key keys_match[] = {
    {KEY("key", TEXT, "field with the code of the unit")},
    {KEY("name", TEXT, "field with its name")},
    {KEY("region", TEXTS, "field with its region, or several to be joined by a blank"), .max = 4},
    {KEY("region_is", TEXT, "the region of the whole file")},
    {KEY("approved", TEXT, "file of approvals; matches.csv when not said")},
    KEY_END,
};
LEVEL(match, "'match'");

static const mera_key keys_units[] = {
    {KEY("key", TEXTS, "field or fields that identify a unit"), .required = true, .max = 4},
    {KEY("name", TEXT, "field with the unit's name")},
    {KEY("period", TEXT, "field with the period")},
    {KEY("groups", TEXTS_BY_NAME, "groupings: a name, and the field or fields that make it"),
     .max = 4},
    {KEY("exclude", TEXTS, "keys of units to leave out")},
    {KEY("list", MAP, "the units there are, for files that name units instead of their codes"),
     .level = &mera_level_list},
    {KEY("codes", MAP, "changes of codes between periods"), .level = &mera_level_codes},
    KEY_END,
};
LEVEL(units, "'units'");

static const mera_key keys_question[] = {
    {KEY("answer", TEXT, "field with the answers, when it is not called as the question")},
    {KEY("positive", TEXTS, "answers that count as yes: the value is their share in percent")},
    {KEY("negative", TEXTS, "the other answers; any other when not said")},
    {KEY("scale", PAIR, "least and largest answer; without `positive` the value is the mean")},
    KEY_END,
};
LEVEL(question, "a question of a survey");

static const mera_key keys_data[] = {
    {KEY("file", TEXT, "the file, relative to the methodology; none = those given with --data")},
    {KEY("layout", CHOICE,
         "a column an indicator, a row a value, a row a sheet of answers, or blocks of years"),
     .choices = keys_layouts},
    {KEY("key", TEXTS, "field or fields that identify a unit"), .max = 4},
    {KEY("name", TEXT, "field with the unit's name")},
    {KEY("period", TEXT, "field with the period")},
    {KEY("period_is", TEXT, "the period of the whole file")},
    {KEY("header_period", TEXT, "how fields name periods: \"{column}_{period}\"")},
    {KEY("indicator", TEXT, "long layout: field that names the column")},
    {KEY("value", TEXT, "long layout: field that holds the number")},
    {KEY("of_year", TEXTS, "blocks: parts of a year whose value is the year's, the best first"),
     .max = 100},
    {KEY("questions", NAMED, "survey: the questions, by the name of the column they become"),
     .level = &mera_level_question},
    {KEY("weight", TEXT, "survey: field with the weight of a sheet")},
    {KEY("stratum", TEXT, "survey: field with the stratum within the unit")},
    {KEY("cluster", TEXT, "survey: field with the cluster within the stratum")},
    {KEY("min_n", WHOLE, "survey: answers that a value needs"), .min = 1, .max = 1e9},
    {KEY("encoding", CHOICE, "of the text; looked at when not said"), .choices = keys_encodings},
    {KEY("delimiter", CHOICE, "between fields; looked at when not said"),
     .choices = keys_delimiters},
    {KEY("decimal", CHOICE, "decimal mark; looked at when not said"), .choices = keys_decimals},
    {KEY("skip_rows", WHOLE, "lines above the header"), .max = 1e6},
    {KEY("sheet", TEXT, "workbooks: the sheet, by name or by number from 1")},
    {KEY("range", TEXT, "workbooks: the cells, as in A5:H200, A5, A5:H or B:H")},
    {KEY("header_rows", WHOLE, "rows of the header; their names are joined by \" / \""), .min = 1,
     .max = 20},
    {KEY("table", TEXT, "databases: the table or view")},
    {KEY("query", TEXT, "databases: one SELECT")},
    {KEY("database", TEXT,
         "a PostgreSQL server instead of a file, as psql takes it: service=NAME")},
    {KEY("indicator_is", TEXT, "the one column of numbers, whose fields are named by period only")},
    {KEY("footnotes", BOOL, "take marks of footnotes off the ends of fields")},
    {KEY("where", TEXTS_BY_NAME, "rows to keep, FIELD: text or texts that it may hold"),
     .max = 1000},
    {KEY("merged", CHOICE, "workbooks: merged cells among the data"), .choices = keys_merged},
    {KEY("match", MAP, "how the rows name units of `units: list`"), .level = &mera_level_match},
    {KEY("rename", TEXTS_BY_NAME, "fields to rename, OLD: NEW"), .max = 1},
    {KEY("missing", MARKS, "marks of missing values, perhaps with what each means"),
     .choices = keys_reasons},
    {KEY("only_marks", BOOL, "the marks given replace the customary ones")},
    {KEY("zero_missing", TEXTS, "columns in which 0 means missing")},
    {KEY("censored", CHOICE, "what \"<5\" becomes"), .choices = keys_censored},
    {KEY("duplicates", CHOICE, "a unit that stands twice"), .choices = keys_duplicates},
    {KEY("bad_rows", CHOICE, "rows with too many or too few fields"), .choices = keys_bad_rows},
    {KEY("bad_numbers", CHOICE, "fields that are not numbers, answers outside the scale"),
     .choices = keys_bad_numbers},
    {KEY("unmatched", CHOICE, "units that earlier files do not know"), .choices = keys_unmatched},
    {KEY("numbers_in_text", BOOL, "take the leading number of \"14.8 thousand\"")},
    KEY_END,
};
LEVEL(data, "an entry of 'data'");

/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Writing what was read of COINr as a methodology: indicators with their directions and
 * denominators, the framework with its weights, and the rest as variants, so that nothing is lost
 * and the file scores as it stands: min-max on 0 to 100 and weighted arithmetic means, as COINr
 * does unless told.
 */
#include <math.h>

#include "base/json.h"
#include "base/number.h"
#include "cli/import_coinr.h"
#include "io/file.h"

/* A text in double quotes: what JSON writes is YAML too. */
static void write_quoted(mera_text *out, const char *text)
{
    mera_json json = {.out = out, .fresh = true};
    mera_json_text(&json, NULL, text);
}

static void write_number(mera_text *out, double x)
{
    char text[32];
    mera_number_write(x, text);
    mera_text_add(out, text);
}

static void write_pair(mera_text *out, double a, double b)
{
    mera_text_add(out, "[");
    write_number(out, a);
    mera_text_add(out, ", ");
    write_number(out, b);
    mera_text_add(out, "]");
}

/* ---- units and indicators --------------------------------------------------------------- */

static void write_head(const import_coinr *in, const char *id, mera_text *out)
{
    const import_row *root = &in->row[in->root];
    bool group = false;
    mera_text_addf(out,
                   "# From COINr's %s and %s, by 'mera import coinr'. What the file may hold:\n"
                   "# docs/methodology.md; every operation: mera ops.\n"
                   "mera: 1\nid: %s\nversion: \"1\"\ntitle: ",
                   mera_path_name(in->imeta), mera_path_name(in->idata), id);
    write_quoted(out, root->name != NULL ? root->name : root->code);
    mera_text_add(out, "\n\nunits:\n  key: uCode\n");
    mera_text_add(out, in->has_name ? "  name: uName\n" : "");
    mera_text_add(out, in->has_time ? "  period: Time\n" : "");
    for (size_t i = 0; i < in->n_rows; i++) {
        if (in->row[i].type == IMPORT_GROUP) {
            mera_text_addf(out, "%s    %s: ", group ? "" : "  groups:\n", in->row[i].id);
            write_quoted(out, in->row[i].code);
            mera_text_add(out, "\n");
            group = true;
        }
    }
    mera_text_add(out, "\n# iData as it was; a column an indicator.\ndata:\n  - {file: ");
    mera_text_add(out, in->data);
    mera_text_add(out, in->semicolons ? "}\n" : ", decimal: \".\"}\n");
}

static void write_indicator(const import_row *row, mera_text *out)
{
    mera_text_addf(out, "  %s:\n    title: ", row->id);
    write_quoted(out, row->name != NULL ? row->name : row->code);
    if (row->unit != NULL) {
        mera_text_add(out, "\n    unit: ");
        write_quoted(out, row->unit);
    }
    if (!mera_streq(row->id, row->code)) {
        mera_text_add(out, "\n    column: ");
        write_quoted(out, row->code);
    }
    mera_text_addf(out, "\n    direction: %s\n", row->direction < 0 ? "lower" : "higher");
    if (row->denominator != NULL) {
        mera_text_add(out, "    denominate: {by: ");
        write_quoted(out, row->denominator);
        mera_text_add(out, "}\n");
    }
}

/* ---- the framework ---------------------------------------------------------------------- */

static void write_indent(mera_text *out, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        mera_text_add(out, " ");
    }
}

static void write_members(const import_coinr *in, size_t node, size_t indent, mera_text *out)
{
    size_t n = 0;
    for (size_t i = 0; i < in->n_rows; i++) {
        const import_row *row = &in->row[i];
        if (row->parent_row == node && row->type == IMPORT_INDICATOR) {
            if (n++ == 0) {
                write_indent(out, indent);
                mera_text_add(out, "indicators:\n");
            }
            write_indent(out, indent + 2);
            mera_text_addf(out, "%s: ", row->id);
            write_number(out, row->weight);
            mera_text_add(out, "\n");
        }
    }
}

/* The keys of a node, each line indented; the first line when `first` is not. */
static void write_node(const import_coinr *in, size_t node, size_t indent, mera_text *out)
{
    const import_row *row = &in->row[node];
    size_t n = 0;
    mera_text_addf(out, "id: %s\n", row->id);
    write_indent(out, indent);
    mera_text_add(out, "title: ");
    write_quoted(out, row->name != NULL ? row->name : row->code);
    mera_text_add(out, "\n");
    if (node != in->root) {
        write_indent(out, indent);
        mera_text_add(out, "weight: ");
        write_number(out, row->weight);
        mera_text_add(out, "\n");
    }
    for (size_t i = 0; i < in->n_rows; i++) {
        if (in->row[i].parent_row == node && in->row[i].type == IMPORT_AGGREGATE) {
            if (n++ == 0) {
                write_indent(out, indent);
                mera_text_add(out, "nodes:\n");
            }
            write_indent(out, indent + 2);
            mera_text_add(out, "- ");
            write_node(in, i, indent + 4, out);
        }
    }
    write_members(in, node, indent, out);
}

/* ---- variants --------------------------------------------------------------------------- */

static void write_set(const import_row *row, const char *key, mera_text *out)
{
    mera_text_addf(out, "      indicators.%s.%s: ", row->id, key);
}

static void write_goalposts(const import_row *row, mera_text *out)
{
    const double scale = row->number[IMPORT_GOALPOST_SCALE];
    write_set(row, "goalposts", out);
    write_pair(out, row->number[IMPORT_GOALPOST_LOWER], row->number[IMPORT_GOALPOST_UPPER]);
    mera_text_add(out, "\n");
    write_set(row, "normalise", out);
    mera_text_add(out, "{op: goalposts, range: ");
    write_pair(out, 0, isnan(scale) ? 1 : scale);
    mera_text_addf(out, ", clamp: %s}\n", row->truncate ? "both" : "none");
}

static void write_target(const import_row *row, mera_text *out)
{
    write_set(row, "normalise", out);
    mera_text_add(out, "{op: to_target, target: ");
    write_number(out, row->number[IMPORT_TARGET]);
    mera_text_addf(out, ", clamp: %s}\n", row->cap ? "above" : "none");
}

static void write_minmax(const import_row *row, mera_text *out)
{
    write_set(row, "normalise", out);
    mera_text_add(out, "{op: minmax, range: ");
    write_pair(out, row->number[IMPORT_MINMAX_LOWER], row->number[IMPORT_MINMAX_UPPER]);
    mera_text_add(out, "}\n");
}

static void write_zscore(const import_row *row, mera_text *out)
{
    write_set(row, "normalise", out);
    mera_text_add(out, "{op: zscore, mean: ");
    write_number(out, row->number[IMPORT_ZSCORE_MEAN]);
    mera_text_add(out, ", sd: ");
    write_number(out, row->number[IMPORT_ZSCORE_SD]);
    mera_text_add(out, "}\n");
}

/* (x - lower) / (upper - lower) * factor of values turned round where lower is better. */
static void write_scaled(const import_row *row, mera_text *out)
{
    const double factor =
        isnan(row->number[IMPORT_SCALE_FACTOR]) ? 100 : row->number[IMPORT_SCALE_FACTOR];
    const double low = row->number[IMPORT_SCALED_LOWER], high = row->number[IMPORT_SCALED_UPPER];
    const double by = factor / (high - low);
    write_set(row, "normalise", out);
    mera_text_add(out, "{op: scale, factor: ");
    write_number(out, by);
    mera_text_add(out, ", offset: ");
    write_number(out, (row->direction < 0 ? high : -low) * by + 0.0);
    mera_text_add(out, "}\n");
}

/** A way of normalising whose parameters iMeta may hold, each in numbers a and b. */
static const struct {
    const char *id, *title;
    import_number a, b;
    void (*write)(const import_row *row, mera_text *out);
} write_ways[] = {
    {"goalposts", "Goalposts of iMeta (n_goalposts)", IMPORT_GOALPOST_LOWER, IMPORT_GOALPOST_UPPER,
     write_goalposts},
    {"target", "Distance to the targets of iMeta (n_dist2targ)", IMPORT_TARGET, IMPORT_TARGET,
     write_target},
    {"minmax", "Min-max onto the ranges of iMeta (n_minmax)", IMPORT_MINMAX_LOWER,
     IMPORT_MINMAX_UPPER, write_minmax},
    {"zscore", "Z-scores with the means and deviations of iMeta (n_zscore)", IMPORT_ZSCORE_MEAN,
     IMPORT_ZSCORE_SD, write_zscore},
    {"scaled", "Scaled by the bounds of iMeta (n_scaled)", IMPORT_SCALED_LOWER, IMPORT_SCALED_UPPER,
     write_scaled},
};

static bool write_has_way(const import_row *row, size_t way)
{
    return row->type == IMPORT_INDICATOR && !isnan(row->number[write_ways[way].a]) &&
           !isnan(row->number[write_ways[way].b]);
}

/* "variants:" once, then the head of one. */
static void write_variant(mera_text *out, bool *any, const char *id, const char *title)
{
    mera_text_addf(
        out, "%s  %s:\n    title: ",
        *any ? ""
             : "\n# Named sets of weights, and parameters of COINr's n_* functions from "
               "iMeta:\n# mera score FOLDER --variant NAME, mera compare FOLDER\nvariants:\n",
        id);
    write_quoted(out, title);
    mera_text_add(out, "\n    set:\n");
    *any = true;
}

static void write_way(const import_coinr *in, size_t way, bool *any, mera_text *out)
{
    bool begun = false;
    for (size_t i = 0; i < in->n_rows; i++) {
        if (write_has_way(&in->row[i], way)) {
            if (!begun) {
                write_variant(out, any, write_ways[way].id, write_ways[way].title);
            }
            begun = true;
            write_ways[way].write(&in->row[i], out);
        }
    }
}

static mera_code write_weights(const import_coinr *in, const import_weights *w, bool *any,
                               mera_text *out)
{
    const char *title = mera_arena_printf(out->arena, "Weights %s", w->name);
    MERA_TRY_PTR(title);
    write_variant(out, any, w->name, title);
    for (size_t i = 0; i < in->n_rows; i++) {
        const import_row *row = &in->row[i];
        if (isnan(w->of[i]) || i == in->root) {
            continue;
        }
        if (row->type == IMPORT_INDICATOR) {
            mera_text_addf(out, "      framework.%s.indicators.%s: ", in->row[row->parent_row].id,
                           row->id);
        } else {
            mera_text_addf(out, "      framework.%s.weight: ", row->id);
        }
        write_number(out, w->of[i]);
        mera_text_add(out, "\n");
    }
    return MERA_OK;
}

mera_code import_write(const import_coinr *in, const char *id, mera_text *out)
{
    bool any = false;
    write_head(in, id, out);
    mera_text_add(out,
                  "\n# Rows of iMeta of type Indicator; denominators are columns of the data.\n"
                  "indicators:\n");
    for (size_t i = 0; i < in->n_rows; i++) {
        if (in->row[i].type == IMPORT_INDICATOR) {
            write_indicator(&in->row[i], out);
        }
    }
    mera_text_add(out,
                  "\n# What COINr does unless told. Add `impute:`, `treat:`, `screen:` as needed:\n"
                  "#   impute: {op: group_mean, by: GROUP}\n"
                  "#   treat: chain\n"
                  "steps:\n");
    mera_text_addf(out, "  normalise: {op: minmax, range: [0, 100]%s}\n",
                   in->n_periods > 1 ? ", reference: {period: all}" : "");
    mera_text_add(out, "  aggregate: {op: arithmetic}\n\n# Aggregates by Parent; weights are "
                       "divided by their sum inside each node.\nframework:\n  ");
    write_node(in, in->root, 2, out);
    for (size_t i = 0; i < in->n_weights; i++) {
        MERA_TRY(write_weights(in, &in->weights[i], &any, out));
    }
    for (size_t way = 0; way < sizeof write_ways / sizeof *write_ways; way++) {
        write_way(in, way, &any, out);
    }
    return mera_text_string(out) == NULL ? MERA_ENOMEM : MERA_OK;
}

/* SPDX-License-Identifier: Apache-2.0 */
/** @file Several units by name: words of the command line, a CSV, a YAML (cli/perimeter.h). */
#include "cli/perimeter.h"

#include <string.h>

#include "base/math.h"
#include "base/number.h"
#include "cli/session.h"
#include "io/file.h"
#include "io/path.h"
#include "io/table.h"
#include "methodology/yaml.h"

enum { PERIMETER_MAX_BYTES = 4 << 20 };

typedef struct perimeter_read {
    cli *c;
    const mera_plan *plan;
    const mera_result *result;
    cli_perimeter *out;
} perimeter_read;

bool cli_has_perimeter(const cli *c)
{
    return c->args.among != NULL || c->args.perimeter != NULL;
}

static mera_code perimeter_kind(mera_at at)
{
    return at.file != NULL ? MERA_EINPUT : MERA_EUSAGE;
}

static mera_code perimeter_add(const perimeter_read *r, size_t unit, double weight, mera_at at)
{
    cli_perimeter *out = r->out;
    for (size_t i = 0; i < out->n; i++) {
        if (out->unit[i] == unit) {
            return mera_fail(r->c->diags, perimeter_kind(at), "duplicate", at,
                             "'%s' is in the perimeter already", r->result->data->unit_name[unit]);
        }
    }
    out->unit[out->n] = unit; /* there is room for every unit once */
    out->weight[out->n++] = weight;
    return MERA_OK;
}

static mera_code perimeter_unit(const perimeter_read *r, const char *name, double weight,
                                mera_at at)
{
    size_t unit;
    MERA_TRY(cli_find_unit_at(r->c, r->result, name, at, &unit));
    return perimeter_add(r, unit, weight, at);
}

/** A weight is a number above 0. */
static mera_code perimeter_weight(const perimeter_read *r, bool is_number, double weight,
                                  mera_at at)
{
    if (is_number && weight > 0 && !isinf(weight)) {
        return MERA_OK;
    }
    const mera_code code = mera_fail(r->c->diags, MERA_EINPUT, "bad-weight", at,
                                     "a weight in a perimeter must be a number above 0");
    mera_hint(r->c->diags, "leave a unit out that is not to count");
    return code;
}

/* ---- --units ---- */

static mera_code perimeter_no_group(const perimeter_read *r, const char *grouping,
                                    const char *label, const mera_text_list *labels)
{
    const mera_code code = mera_fail(r->c->diags, MERA_EUSAGE, "unknown-group", MERA_NOWHERE,
                                     "no unit is in the group '%s' of '%s'", label, grouping);
    const char *near = labels == NULL ? NULL : mera_nearest(label, labels->v, labels->n);
    if (labels == NULL) {
        mera_hint(r->c->diags, "'%s' is no grouping of `units: groups:` of the methodology",
                  grouping);
    } else if (near != NULL) {
        mera_hint(r->c->diags, "did you mean '%s=%s'?", grouping, near);
    }
    return code;
}

/** All units of a group in the latest period that have a score there. */
static mera_code perimeter_group(const perimeter_read *r, const char *word, const char *equals)
{
    const size_t shift = (r->result->n_periods - 1) * r->result->n_units, before = r->out->n;
    const char *grouping = mera_arena_strndup(r->c->arena, word, (size_t)(equals - word));
    mera_text_list labels;
    MERA_TRY_PTR(grouping);
    const int32_t *code = mera_plan_groups(r->plan, grouping, &labels);
    for (size_t i = 0; code != NULL && i < r->result->n_units; i++) {
        const int32_t own = code[shift + i];
        if (own >= 0 && mera_streq(labels.v[own], equals + 1) &&
            !isnan(r->result->node[0].score[shift + i])) {
            MERA_TRY(perimeter_add(r, i, 1, MERA_NOWHERE));
        }
    }
    return r->out->n > before
               ? MERA_OK
               : perimeter_no_group(r, grouping, equals + 1, code == NULL ? NULL : &labels);
}

static mera_code perimeter_words(const perimeter_read *r, const char *text)
{
    const bool one = strchr(text, ',') == NULL;
    mera_code code = MERA_OK;
    while (*text != '\0') {
        const size_t n = strcspn(text, ",");
        const mera_slice slice = mera_slice_trim((mera_slice){text, n});
        const char *word = mera_arena_strndup(r->c->arena, slice.at, slice.n);
        MERA_TRY_PTR(word);
        const char *equals = strchr(word, '=');
        const mera_code found = slice.n == 0     ? MERA_OK
                                : equals != NULL ? perimeter_group(r, word, equals)
                                                 : perimeter_unit(r, word, 1, MERA_NOWHERE);
        r->out->name = one && equals != NULL ? equals + 1 : NULL;
        code = code == MERA_OK ? found : code;
        text += n + (text[n] == ',');
    }
    return code;
}

/* ---- a CSV ---- */

/** The field with the weights: `weight`, or the only one besides `unit` and `name`. SIZE_MAX =
 * none. */
static mera_code perimeter_weight_field(io_table *t, size_t unit, size_t *out)
{
    const size_t name = io_table_field(t, "name");
    size_t n = 0;
    *out = io_table_field(t, "weight");
    if (*out != SIZE_MAX) {
        return MERA_OK;
    }
    for (size_t f = 0; f < t->n_fields; f++) {
        if (f != unit && f != name) {
            *out = n++ == 0 ? f : *out;
        }
    }
    if (n <= 1) {
        return MERA_OK;
    }
    const mera_code code =
        IO_FAIL(&t->findings, "which-weight", io_table_header_at(t, *out),
                "of %zu fields one is to be the weight, and none is called so", n);
    mera_hint(t->findings.diags, "call it `weight`, or leave the others out");
    return code;
}

static mera_code perimeter_row(const perimeter_read *r, io_table *t, size_t unit, size_t weighs)
{
    const mera_slice empty = {"", 0};
    const mera_slice name = unit < t->csv.n_fields ? mera_slice_trim(t->csv.field[unit]) : empty;
    const char *key = mera_arena_strndup(r->c->arena, name.at, name.n);
    double weight = 1;
    MERA_TRY_PTR(key);
    if (weighs != SIZE_MAX) {
        const mera_slice said =
            weighs < t->csv.n_fields ? mera_slice_trim(t->csv.field[weighs]) : empty;
        const bool read = io_table_read(t, said, &weight);
        MERA_TRY(perimeter_weight(r, read, weight, io_table_at(t, weighs)));
    }
    return perimeter_unit(r, key, weight, io_table_at(t, unit));
}

static mera_code perimeter_rows(const perimeter_read *r, io_table *t)
{
    const size_t unit = io_table_field(t, "unit");
    size_t weighs;
    bool more = true;
    mera_code code = MERA_OK;
    if (unit == SIZE_MAX) {
        return io_table_no_field(t, "unit", "a perimeter names its units there, by key or name");
    }
    MERA_TRY(perimeter_weight_field(t, unit, &weighs));
    r->out->weights = weighs == SIZE_MAX ? NULL : t->name[weighs];
    for (;;) {
        MERA_TRY(io_table_next(t, &more));
        if (!more) {
            return code;
        }
        const mera_code row = io_table_blank(t) ? MERA_OK : perimeter_row(r, t, unit, weighs);
        t->findings.n_errors += row != MERA_OK;
        code = code == MERA_OK ? row : code;
    }
}

static mera_code perimeter_csv(const perimeter_read *r, const char *path)
{
    const mera_source source = {.path = path};
    io_table table;
    MERA_TRY(io_table_open(&source, r->c->arena, r->c->diags, &table));
    const mera_code code = perimeter_rows(r, &table);
    io_table_close(&table);
    return code;
}

/* ---- a YAML ---- */

static mera_code perimeter_wrong(const perimeter_read *r, mera_at at, const char *what)
{
    const mera_code code = mera_fail(r->c->diags, MERA_EINPUT, "wrong-type", at, "%s", what);
    mera_hint(r->c->diags, "name: A company, weights: employees, units: {Unit: 1200, Other: 800}; "
                           "or units: [Unit, Other] where all count alike");
    return code;
}

static mera_code perimeter_units(const perimeter_read *r, const mera_value *units)
{
    mera_code code = MERA_OK;
    for (size_t i = 0; i < units->n; i++) {
        const bool map = units->kind == MERA_VALUE_MAP;
        const mera_value *value = map ? units->entries[i].value : units->items[i];
        double weight = 1;
        const bool read = map && value->text != NULL &&
                          mera_number_read(value->text, strlen(value->text), &weight);
        mera_code one = map ? perimeter_weight(r, read, weight, value->at)
                        : value->text == NULL
                            ? perimeter_wrong(r, value->at, "a unit is a key or a name")
                            : MERA_OK;
        if (one == MERA_OK) {
            one = perimeter_unit(r, map ? units->entries[i].key : value->text, weight,
                                 map ? units->entries[i].at : value->at);
        }
        code = code == MERA_OK ? one : code;
    }
    return code;
}

/** Anything else in the file is refused, not passed over. */
static mera_code perimeter_keys(const perimeter_read *r, const mera_value *tree)
{
    static const char *const known[] = {"name", "weights", "units"};
    mera_code code = MERA_OK;
    for (size_t i = 0; i < tree->n; i++) {
        const mera_entry *entry = &tree->entries[i];
        bool is = false;
        for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
            is = is || mera_streq(entry->key, known[k]);
        }
        if (!is) {
            code = mera_fail(r->c->diags, MERA_EINPUT, "unknown-key", entry->at,
                             "'%s' is not a key of a perimeter; there are 'name', 'weights' and "
                             "'units'",
                             entry->key);
        }
    }
    return code;
}

static mera_code perimeter_yaml(const perimeter_read *r, const char *path)
{
    const mera_value *tree, *units;
    const char *bytes;
    size_t n;
    MERA_TRY(mera_file_read(path, PERIMETER_MAX_BYTES, MERA_NOWHERE, r->c->arena, r->c->diags,
                            &bytes, &n));
    mera_diags_source(r->c->diags, path, bytes, n);
    MERA_TRY(mera_yaml_read(bytes, n, path, r->c->arena, r->c->diags, &tree));
    units = mera_value_get(tree, "units");
    if (units == NULL || (units->kind != MERA_VALUE_MAP && units->kind != MERA_VALUE_LIST)) {
        return perimeter_wrong(r, (units == NULL ? tree : units)->at,
                               "a perimeter has the key 'units': a list, or a map to weights");
    }
    const mera_value *name = mera_value_get(tree, "name"),
                     *weights = mera_value_get(tree, "weights");
    r->out->name = name == NULL ? NULL : name->text;
    r->out->weights = units->kind == MERA_VALUE_LIST             ? NULL
                      : weights == NULL || weights->text == NULL ? "weight"
                                                                 : weights->text;
    const mera_code code = perimeter_keys(r, tree), read = perimeter_units(r, units);
    return code != MERA_OK ? code : read;
}

/* ---- whatever was given ---- */

static bool perimeter_is_yaml(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot != NULL && (mera_streq(dot, ".yaml") || mera_streq(dot, ".yml"));
}

mera_code cli_read_perimeter(cli *c, const mera_plan *plan, const mera_result *result,
                             cli_perimeter *out)
{
    const perimeter_read r = {.c = c, .plan = plan, .result = result, .out = out};
    const char *path = c->args.perimeter;
    *out = (cli_perimeter){0};
    MERA_TRY_NEW(out->unit, c->arena, result->n_units);
    MERA_TRY_NEW(out->weight, c->arena, result->n_units);
    MERA_TRY(path == NULL              ? perimeter_words(&r, c->args.among)
             : perimeter_is_yaml(path) ? perimeter_yaml(&r, path)
                                       : perimeter_csv(&r, path));
    return out->n > 0 ? MERA_OK
                      : mera_fail(c->diags, path == NULL ? MERA_EUSAGE : MERA_EINPUT, "no-units",
                                  MERA_NOWHERE, "no unit is named in '%s'",
                                  path == NULL ? c->args.among : path);
}

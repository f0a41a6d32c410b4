/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The sample that an item is tried on: columns of the data by name, and made-up ones for what the
 * data lack; and what running it costs.
 */
#include <string.h>

#include "base/hash.h"
#include "base/text.h"
#include "lua/probe.h"

enum { PROBE_CHILDREN = 3 };

/* ---- the sample -------------------------------------------------------------------------- */

static const double *probe_column(const mera_sample *sample, const char *column)
{
    for (size_t c = 0; c < sample->n_columns; c++) {
        if (strcmp(sample->column[c], column) == 0) {
            return sample->value[c];
        }
    }
    return NULL;
}

static mera_labels probe_make_up_labels(mera_arena *arena, const char *name, size_t n)
{
    static const char *const levels[] = {"a", "b", "c"};
    int32_t *code = mera_arena_alloc(arena, n + 1, sizeof *code);

    for (size_t i = 0; code != NULL && i < n; i++) {
        code[i] = (int32_t)(i % 3);
    }
    return (mera_labels){name, code, levels, code == NULL ? 0 : 3};
}

static mera_code probe_labels(probe *p, const mera_sample *sample)
{
    const mera_text_list *wanted = &p->entry->item->attributes;
    mera_labels *labels;

    MERA_TRY_NEW(labels, p->arena, wanted->n);
    for (size_t a = 0; a < wanted->n; a++) {
        labels[a] = probe_make_up_labels(p->arena, wanted->v[a], p->n);
        MERA_TRY_PTR(labels[a].code);
        for (size_t c = 0; c < sample->n_labels; c++) {
            if (strcmp(sample->labels[c].name, wanted->v[a]) == 0) {
                labels[a] = sample->labels[c];
            }
        }
    }
    p->around.labels = labels;
    p->around.n_labels = wanted->n;
    return MERA_OK;
}

static const char *probe_name_of(const probe *p, const mera_manifest_item *item, size_t j)
{
    const bool children = item->step == MERA_STEP_WEIGHT || item->step == MERA_STEP_AGGREGATE;

    if (item->reads.n + item->scores.n > 0) {
        return j < item->reads.n ? item->reads.v[j] : item->scores.v[j - item->reads.n];
    }
    return children ? mera_arena_printf(p->arena, "child %zu", j + 1) : "value";
}

/* The columns of an item; *made_up when some are not in the sample. */
mera_code mera_probe_open(probe *p, const mera_sample *sample, bool *made_up)
{
    const mera_manifest_item *item = p->entry->item;
    const bool children = item->step == MERA_STEP_WEIGHT || item->step == MERA_STEP_AGGREGATE;

    p->n = sample->n;
    p->k = item->reads.n + item->scores.n > 0 ? item->reads.n + item->scores.n
           : children                         ? PROBE_CHILDREN
                                              : 1;
    p->made = item->step == MERA_STEP_WEIGHT ? p->k : item->step == MERA_STEP_CHECK ? 0 : p->n;
    MERA_TRY_NEW(p->in, p->arena, p->k);
    MERA_TRY_NEW(p->name, p->arena, p->k);
    *made_up = sample->made;
    for (size_t j = 0; j < p->k; j++) {
        p->name[j] = probe_name_of(p, item, j);
        MERA_TRY_PTR(p->name[j]);
        p->in[j] = probe_column(sample, p->name[j]);
        if (p->in[j] == NULL) {
            p->in[j] = mera_probe_make_up(p->arena, p->name[j], p->n);
            *made_up = true;
        }
        MERA_TRY_PTR(p->in[j]);
    }
    p->around =
        (mera_around){.n = p->n, .unit_key = sample->unit_key, .unit_name = sample->unit_name};
    MERA_TRY(mera_probe_open_periods(p, sample));
    return probe_labels(p, sample);
}

/* ---- costs ------------------------------------------------------------------------------- */

const char *mera_plugin_subject(const mera_plugin *plugin, size_t index, mera_arena *arena)
{
    return mera_arena_printf(arena, "%s '%s'", plugin->item[index].item->kind,
                             plugin->item[index].item->name);
}

/* Units with made-up names, when the sample has none. */
mera_code mera_probe_sample(const mera_sample *given, size_t n, mera_arena *arena, mera_sample *out)
{
    const char **key;

    if (given != NULL && given->n > 0) {
        *out = *given;
        return MERA_OK;
    }
    MERA_TRY_NEW(key, arena, n);
    for (size_t i = 0; i < n; i++) {
        key[i] = mera_arena_printf(arena, "unit %zu", i + 1);
        MERA_TRY_PTR(key[i]);
    }
    *out = (mera_sample){.n = n, .unit_key = key, .unit_name = key, .period = "2024", .made = true};
    return MERA_OK;
}

mera_code mera_plugin_measure(mera_plugin *plugin, size_t index, size_t n, mera_arena *arena,
                              mera_cost *out)
{
    mera_trials none = {.arena = arena};
    probe p = {.entry = &plugin->item[index], .arena = arena, .out = &none};
    mera_diags *diags = mera_diags_new(arena);
    const mera_plugin_stats before = mera_plugin_statistics(plugin);
    mera_sample sample;
    mera_plugin_stats after;
    void *params;
    bool made_up;

    MERA_TRY_PTR(diags);
    *out = (mera_cost){.subject = mera_plugin_subject(plugin, index, arena)};
    MERA_TRY_PTR(out->subject);
    MERA_TRY(mera_probe_sample(NULL, n, arena, &sample));
    MERA_TRY(mera_probe_open(&p, &sample, &made_up));
    MERA_TRY_NEW(p.y, arena, p.n + p.k);
    if (mera_op_bind(&p.entry->op, NULL, NULL, MERA_NOWHERE, arena, diags, &params) != MERA_OK) {
        out->failed = "it has parameters without a default";
        return MERA_OK;
    }
    p.params = params;
    (void)mera_probe_run(&p, p.in, &p.around, &out->failed, p.y);
    after = mera_plugin_statistics(plugin);
    out->seconds = after.seconds - before.seconds;
    out->instructions = after.instructions - before.instructions;
    out->peak_bytes = after.peak_bytes;
    return MERA_OK;
}

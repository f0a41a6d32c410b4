/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The record of a run. Conventions are gathered from the methodology, one line for each operation
 * with one set of parameters, however many indicators share it.
 */
#include "run/record.h"

#include "base/grow.h"
#include "base/map.h"
#include "base/math.h"
#include "base/text.h"
#include "run/words.h"

#include <string.h>

/** A convention being gathered. */
typedef struct record_line {
    mera_convention made;
    const char **subject;
    size_t n, room;
    size_t order; /**< of first use */
} record_line;

typedef struct record_walk {
    mera_arena *arena;
    mera_map *seen;
    record_line *line;
    size_t n, room;
} record_walk;

static mera_code record_add_subject(record_walk *walk, record_line *line, const char *subject)
{
    const char **grown =
        mera_grown(walk->arena, line->subject, &line->room, line->n + 1, sizeof *grown);
    MERA_TRY_PTR(grown);
    line->subject = grown;
    line->subject[line->n++] = subject;
    return MERA_OK;
}

static mera_code record_new_line(record_walk *walk, const mera_convention *made)
{
    record_line *grown =
        mera_grown(walk->arena, walk->line, &walk->room, walk->n + 1, sizeof *grown);
    MERA_TRY_PTR(grown);
    walk->line = grown;
    walk->line[walk->n] = (record_line){.made = *made, .order = walk->n};
    walk->n++;
    return MERA_OK;
}

static mera_code record_add(record_walk *walk, const mera_convention *made, const char *subject)
{
    const char *key =
        mera_arena_printf(walk->arena, "%d\n%s\n%s\n%s", (int)made->step,
                          made->op != NULL ? made->op->name : "", made->params, made->reference);
    size_t found;
    bool added;

    MERA_TRY_PTR(key);
    MERA_TRY(mera_map_put(walk->seen, key, strlen(key), walk->n, &found, &added));
    if (added) {
        MERA_TRY(record_new_line(walk, made));
        found = walk->n - 1;
    }
    return record_add_subject(walk, &walk->line[found], subject);
}

static mera_code record_use(record_walk *walk, const mera_use *use, const char *subject)
{
    mera_convention made;

    if (use->op == NULL) {
        return MERA_OK;
    }
    made = (mera_convention){.step = use->op->step,
                             .op = use->op,
                             .params = mera_run_use_words(use, walk->arena),
                             .reference = mera_run_reference_words(use, walk->arena)};
    MERA_TRY_PTR(made.params);
    MERA_TRY_PTR(made.reference);
    return record_add(walk, &made, subject);
}

static mera_code record_uses(record_walk *walk, const mera_use_list *uses, const char *subject)
{
    for (size_t i = 0; i < uses->n; i++) {
        MERA_TRY(record_use(walk, &uses->v[i], subject));
    }
    return MERA_OK;
}

static mera_code record_node(record_walk *walk, const mera_node *node)
{
    mera_convention made = {.step = MERA_STEP_AGGREGATE,
                            .op = node->aggregate.op,
                            .params = mera_run_node_words(node, walk->arena),
                            .reference = ""};

    MERA_TRY_PTR(made.params);
    MERA_TRY(record_use(walk, &node->weigh, node->id));
    MERA_TRY(record_add(walk, &made, node->id));
    return record_uses(walk, &node->then, node->id);
}

static mera_code record_conventions(record_walk *walk, const mera_methodology *m)
{
    for (size_t k = 0; k < m->n_indicators; k++) {
        const mera_indicator *ind = &m->indicator[k];

        if (ind->kind == MERA_FROM_OP) {
            MERA_TRY(record_use(walk, &ind->derive, ind->id));
        }
        MERA_TRY(record_uses(walk, &ind->denominate, ind->id));
        MERA_TRY(record_uses(walk, &ind->impute, ind->id));
        MERA_TRY(record_uses(walk, &ind->treat, ind->id));
        MERA_TRY(record_uses(walk, &ind->normalise, ind->id));
    }
    for (size_t k = 0; k < m->n_nodes; k++) {
        MERA_TRY(record_node(walk, &m->node[k]));
    }
    MERA_TRY(record_use(walk, &m->screen, m->id));
    for (size_t c = 0; c < m->n_classes; c++) {
        for (size_t i = 0; i < m->classes[c].n_nodes; i++) {
            MERA_TRY(record_use(walk, &m->classes[c].use, m->node[m->classes[c].node[i]].id));
        }
    }
    return MERA_OK;
}

/** Lines in the order of steps, then of first use. */
static mera_code record_lines(const record_walk *walk, mera_record *record)
{
    mera_convention *out;

    MERA_TRY_NEW(out, walk->arena, walk->n);
    for (int step = 0; step < MERA_N_STEPS; step++) {
        for (size_t i = 0; i < walk->n; i++) {
            const record_line *line = &walk->line[i];

            if ((int)line->made.step == step) {
                out[record->n_conventions] = line->made;
                out[record->n_conventions++].subjects = (mera_text_list){line->n, line->subject};
            }
        }
    }
    record->convention = out;
    return MERA_OK;
}

static void record_count_cells(const mera_result *result, mera_record *record)
{
    const size_t n = result->n_periods * result->n_units;

    for (size_t k = 0; k < result->methodology->n_indicators; k++) {
        const mera_indicator_result *ind = &result->indicator[k];

        for (size_t i = 0; i < n; i++) {
            record->n_imputed += (ind->state[i] & MERA_IMPUTED) != 0;
            record->n_treated += (ind->state[i] & MERA_TREATED) != 0;
            record->n_missing += isnan(ind->stage[MERA_STAGE_NORMALISED][i]) ? 1 : 0;
        }
    }
}

mera_code mera_record_of(const mera_result *result, mera_arena *arena, const mera_record **out)
{
    const mera_methodology *m = result->methodology;
    record_walk walk = {.arena = arena};
    mera_record *record;

    MERA_TRY_NEW(record, arena, 1);
    *record = (mera_record){.engine = mera_version(),
                            .methodology_path = m->path,
                            .methodology_id = m->id,
                            .methodology_version = m->version,
                            .methodology_sha256 = m->sha256,
                            .seed = m->seed,
                            .file = result->data->file,
                            .n_files = result->data->n_files,
                            .plugin = result->plugin,
                            .n_plugins = result->n_plugins};
    MERA_TRY(mera_map_new(arena, 64, &walk.seen));
    MERA_TRY(record_conventions(&walk, m));
    MERA_TRY(record_lines(&walk, record));
    record_count_cells(result, record);
    *out = record;
    return MERA_OK;
}

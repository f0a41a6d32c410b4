/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Audit 8 and 10: the index made by another method, one at a time: other weights, other
 * normalisations, other aggregations. Where a method has no answer the reason is kept.
 */
#include "analysis/audit_points.h"
#include "base/math.h"

/** What is exchanged. */
typedef struct choices_row {
    const char *id;
    bool equal;        /**< weights */
    bool renormalised; /**< points are `how` instead of the methodology's */
    audit_points how;
    const char *aggregate; /**< operation in the place of aggregators; NULL = own */
    bool root_only;        /**< of the root alone */
    bool flat;             /**< over all indicators at once, by their weights in the index */
} choices_row;

static const choices_row choices_other[] = {
    {.id = "equal_weights", .equal = true},
    {.id = "minmax", .renormalised = true, .how = AUDIT_MINMAX},
    {.id = "zscore", .renormalised = true, .how = AUDIT_ZSCORE},
    {.id = "percentile_rank", .renormalised = true, .how = AUDIT_PERCENTILE},
    {.id = "arithmetic", .aggregate = "arithmetic"},
    {.id = "geometric", .renormalised = true, .how = AUDIT_MINMAX, .aggregate = "geometric"},
};

static const choices_row choices_strict[] = {
    {.id = "harmonic", .renormalised = true, .how = AUDIT_MINMAX, .aggregate = "harmonic"},
    {.id = "weakest_direction",
     .renormalised = true,
     .how = AUDIT_MINMAX,
     .aggregate = "min",
     .root_only = true},
    {.id = "borda", .aggregate = "borda", .flat = true},
    {.id = "copeland", .aggregate = "copeland", .flat = true},
};

typedef struct choices_run {
    const audit_run *audit;
    const choices_row *row;
    size_t n;
    mera_audit_choice *choice;
} choices_run;

mera_code mera_audit_use(const audit_run *run, const char *id, mera_arena *arena, mera_diags *diags,
                         mera_use *out)
{
    void *params;
    *out = (mera_use){.op = mera_registry_find(run->registry, MERA_STEP_AGGREGATE, id),
                      .at = MERA_NOWHERE};
    if (out->op == NULL) {
        return MERA_EUSAGE;
    }
    MERA_TRY(mera_op_bind(out->op, NULL, NULL, MERA_NOWHERE, arena, diags, &params));
    out->params = params;
    return MERA_OK;
}

static mera_code choices_use(const choices_run *run, const choices_row *row, mera_arena *arena,
                             mera_diags *diags, mera_use *out)
{
    /* where a low score is the better one, the weakest part has the highest */
    const bool turned = row->root_only && run->audit->m->node[0].lower_is_better;
    return mera_audit_use(run->audit, turned ? "max" : row->aggregate, arena, diags, out);
}

/** The same weight for every part of a node, their sum as it is. */
static mera_code choices_equal(const audit_run *audit, mera_arena *arena, const double *const **out)
{
    const double **weight;
    MERA_TRY_NEW(weight, arena, audit->m->n_nodes);
    for (size_t k = 0; k < audit->m->n_nodes; k++) {
        const size_t n = audit->m->node[k].n_children;
        double *w, sum = 0;
        MERA_TRY_NEW(w, arena, n);
        for (size_t j = 0; j < n; j++) {
            sum += audit->result->node[k].weight[j];
        }
        for (size_t j = 0; j < n; j++) {
            w[j] = sum / (double)n;
        }
        weight[k] = w;
    }
    *out = weight;
    return MERA_OK;
}

static mera_code choices_change(const choices_run *run, const choices_row *row, mera_use *use,
                                const mera_again_room *room, mera_diags *diags,
                                mera_again_change *change)
{
    const audit_run *audit = run->audit;
    const mera_use **aggregate;
    if (row->equal) {
        MERA_TRY(choices_equal(audit, room->arena, &change->weight));
    }
    if (row->renormalised) {
        MERA_TRY(mera_audit_points(audit, row->how, room->arena, &change->points));
    }
    if (row->aggregate != NULL) {
        MERA_TRY(choices_use(run, row, room->arena, diags, use));
        MERA_TRY_NEW(aggregate, room->arena, audit->m->n_nodes);
        for (size_t k = 0; k < (row->root_only ? 1 : audit->m->n_nodes); k++) {
            aggregate[k] = use;
        }
        change->aggregate = aggregate;
    }
    return MERA_OK;
}

/** All indicators at once. */
static mera_code choices_flat(const choices_run *run, const choices_row *row,
                              const mera_again_room *room, mera_diags *diags, double *rank)
{
    const audit_run *audit = run->audit;
    const size_t n = audit->sheet.n;
    mera_op_ctx ctx = {.diags = diags,
                       .arena = room->scratch,
                       .subject = "the index",
                       .direction = MERA_HIGHER,
                       .goalpost = {NAN, NAN},
                       .seed = audit->m->seed};
    mera_children in = {.n = n};
    const double **x;
    double *w, *y;
    mera_use use;
    MERA_TRY(choices_use(run, row, room->arena, diags, &use));
    MERA_TRY_NEW(x, room->arena, audit->audit->n_indicators);
    MERA_TRY_NEW(w, room->arena, audit->audit->n_indicators);
    MERA_TRY_NEW(y, room->arena, n);
    for (size_t j = 0; j < audit->audit->n_indicators; j++) {
        const size_t column = audit->audit->indicator[j].column;
        if (audit->sheet.effective[column] > 0) {
            w[in.k] = audit->sheet.effective[column];
            in.total += w[in.k];
            x[in.k++] = audit->sheet.x[column];
        }
    }
    in.x = x;
    in.w = w;
    MERA_TRY(mera_op_aggregate(use.op, use.params, &ctx, &in, y));
    for (size_t i = 0; i < n; i++) { /* who has no place in the index needs none here */
        y[i] = isnan(audit->rank[i]) ? NAN : y[i];
    }
    return mera_places_of(y, n, NULL, audit->m->node[0].lower_is_better, audit->m->rank_ties,
                          room->scratch, rank);
}

static mera_code choices_tree(const choices_run *run, const choices_row *row,
                              const mera_again_room *room, mera_diags *diags, double *rank)
{
    mera_again_change change = {.points = NULL};
    mera_again_scores made;
    mera_use use;
    MERA_TRY(choices_change(run, row, &use, room, diags, &change));
    MERA_TRY(mera_again_score(run->audit->again, &change, room, diags, &made));
    for (size_t i = 0; i < run->audit->sheet.n; i++) {
        rank[i] = made.rank[i];
    }
    return MERA_OK;
}

/** The first thing that went wrong, kept. */
static const char *choices_why(mera_arena *arena, const mera_diags *diags)
{
    for (size_t i = 0; i < mera_diags_size(diags); i++) {
        if (mera_diags_get(diags, i)->severity == MERA_ERROR) {
            return mera_arena_strdup(arena, mera_diags_get(diags, i)->message);
        }
    }
    return "it has no answer here";
}

static mera_code choices_one(const choices_run *run, const choices_row *row,
                             const mera_again_room *room, mera_audit_choice *out)
{
    mera_diags *diags = mera_diags_new(room->arena);
    double *rank;
    MERA_TRY_PTR(diags);
    MERA_TRY_NEW(rank, room->arena, run->audit->sheet.n);
    if (row->renormalised && mera_again_crosses(run->audit->again)) {
        out->why = "an operation over a node's own score looks at other periods";
        return MERA_OK;
    }
    const mera_code code = row->flat ? choices_flat(run, row, room, diags, rank)
                                     : choices_tree(run, row, room, diags, rank);
    if (code == MERA_EINPUT) {
        out->why = choices_why(run->audit->arena, diags);
        return out->why == NULL ? MERA_ENOMEM : MERA_OK;
    }
    MERA_TRY(code);
    out->made = true;
    return mera_audit_shift(run->audit, rank, room->scratch, &out->shift);
}

/** In turn: what they keep goes into the audit's own arena. */
static mera_code choices_all(void *context, size_t i, const mera_again_room *room)
{
    const choices_run *run = context;
    const mera_arena_mark mark = mera_arena_mark_now(room->arena);
    (void)i;
    for (size_t c = 0; c < run->n; c++) {
        MERA_TRY(choices_one(run, &run->row[c], room, &run->choice[c]));
        mera_arena_rewind(room->arena, mark);
    }
    return MERA_OK;
}

static mera_code choices_make(audit_run *audit, const choices_row *row, size_t n,
                              const mera_audit_choice **out)
{
    mera_audit_choice *choice;
    MERA_TRY_NEW(choice, audit->arena, n);
    for (size_t i = 0; i < n; i++) {
        choice[i] = (mera_audit_choice){
            .id = row[i].id,
            .column = SIZE_MAX,
            .shift = {.mean = NAN, .max = NAN, .unit = SIZE_MAX, .spearman = NAN}};
    }
    choices_run run = {.audit = audit, .row = row, .n = n, .choice = choice};
    MERA_TRY(mera_again_each(audit->again, 1, choices_all, &run));
    for (size_t i = 0; i < n; i++) {
        mera_audit_finding finding = mera_audit_said(
            MERA_LIMIT_mean_shift, choice[i].shift.mean / (double)choice[i].shift.n);
        finding.variant = choice[i].id;
        finding.unit = choice[i].shift.unit;
        MERA_TRY(mera_audit_look(audit, finding));
    }
    *out = choice;
    return MERA_OK;
}

mera_code mera_audit_choices(audit_run *run)
{
    run->audit->n_choices = sizeof choices_other / sizeof *choices_other;
    run->audit->n_strict = sizeof choices_strict / sizeof *choices_strict;
    MERA_TRY(choices_make(run, choices_other, run->audit->n_choices, &run->audit->choice));
    return choices_make(run, choices_strict, run->audit->n_strict, &run->audit->strict);
}

/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Audit 7: the index made again under weights drawn anew,
 *
 *     w_j (1 + r u_j) / sum_l w_l (1 + r u_l) * sum_l w_l,   u uniform on (-1, 1),
 *
 * for the parts of each node, r = `weight_range`. A number u depends on seed, draw, node and part
 * alone: where all nodes and parts have weight, the draws are those of `mera robustness` under the
 * law `range` of the same r. An interval of a place holds the share `interval` of draws: its ends
 * are quantiles of type 7, as many draws beyond either.
 *
 * source  OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 7
 */
#include "analysis/audit.h"
#include "base/math.h"
#include "draws/random.h"
#include "ops/column.h"

typedef struct draws_run {
    const audit_run *audit;
    size_t n, n_draws;
    float *rank; /**< [unit * n_draws + draw]: places are whole or halves */
} draws_run;

mera_code mera_audit_weights(const audit_run *audit, uint64_t draw, mera_arena *arena,
                             const double ***out)
{
    const double range = audit->rules->setting[MERA_AUDIT_weight_range];
    const double **weight;
    MERA_TRY_NEW(weight, arena, audit->m->n_nodes);
    for (size_t k = 0; k < audit->m->n_nodes; k++) {
        const size_t n = audit->m->node[k].n_children;
        const double *force = audit->result->node[k].weight;
        mera_stream stream = mera_stream_of(audit->m->seed, (uint32_t)k, draw);
        double *w, before = 0, after = 0;
        MERA_TRY_NEW(w, arena, n);
        for (size_t j = 0; j < n; j++) {
            const double u = force[j] != 0 ? 2 * mera_stream_uniform(&stream) - 1 : 0;
            w[j] = force[j] * (1 + range * u);
            before += force[j];
            after += w[j];
        }
        for (size_t j = 0; j < n && after > 0; j++) {
            w[j] *= before / after;
        }
        weight[k] = w;
    }
    *out = weight;
    return MERA_OK;
}

static mera_code draws_one(void *context, size_t draw, const mera_again_room *room)
{
    const draws_run *run = context;
    const double **weight;
    mera_again_scores made;
    MERA_TRY(mera_audit_weights(run->audit, draw, room->arena, &weight));
    const mera_again_change change = {.weight = weight};
    MERA_TRY(mera_again_score(run->audit->again, &change, room, NULL, &made));
    for (size_t i = 0; i < run->n; i++) {
        run->rank[i * run->n_draws + draw] = (float)made.rank[i];
    }
    return MERA_OK;
}

static mera_code draws_interval(const draws_run *run, size_t unit, double *room, double *scratch,
                                double ends[3])
{
    const double share = run->audit->rules->setting[MERA_AUDIT_interval];
    size_t m = 0;
    for (size_t d = 0; d < run->n_draws; d++) {
        const float place = run->rank[unit * run->n_draws + d];
        if (!isnan(place)) {
            room[m++] = place;
        }
    }
    mera_sort(room, m, scratch);
    ends[0] = mera_quantile_sorted(room, m, (1 - share) / 2, 7);
    ends[1] = mera_quantile_sorted(room, m, 0.5, 7);
    ends[2] = mera_quantile_sorted(room, m, (1 + share) / 2, 7);
    return MERA_OK;
}

static mera_code draws_intervals(const draws_run *run, mera_audit_draws *out)
{
    mera_arena *arena = run->audit->arena;
    double *low, *middle, *high, *room, *scratch, sum = 0;
    MERA_TRY_NEW(low, arena, run->n);
    MERA_TRY_NEW(middle, arena, run->n);
    MERA_TRY_NEW(high, arena, run->n);
    MERA_TRY_NEW(room, arena, run->n_draws);
    MERA_TRY_NEW(scratch, arena, run->n_draws);
    for (size_t i = 0; i < run->n; i++) {
        double ends[3];
        MERA_TRY(draws_interval(run, i, room, scratch, ends));
        low[i] = ends[0];
        middle[i] = ends[1];
        high[i] = ends[2];
        if (!isnan(ends[0])) {
            out->n_ranked++;
            out->n_narrow += ends[2] - ends[0] <= run->audit->audit->interval_places;
            sum += ends[2] - ends[0];
        }
    }
    out->low = low;
    out->middle = middle;
    out->high = high;
    out->narrow = out->n_ranked > 0 ? (double)out->n_narrow / (double)out->n_ranked : NAN;
    out->mean_width = out->n_ranked > 0 ? sum / (double)out->n_ranked : NAN;
    return MERA_OK;
}

mera_code mera_audit_draw(audit_run *audit)
{
    draws_run run = {.audit = audit,
                     .n = audit->result->n_units,
                     .n_draws = (size_t)audit->rules->setting[MERA_AUDIT_draws]};
    mera_audit_draws *out = &audit->audit->draws;
    *out = (mera_audit_draws){.narrow = NAN, .mean_width = NAN, .n = run.n_draws};
    MERA_TRY_NEW(run.rank, audit->arena, run.n * run.n_draws);
    const mera_code code = mera_again_each(audit->again, run.n_draws, draws_one, &run);
    if (code != MERA_OK) {
        out->why = "the framework has no answer under some of the weights";
        return code == MERA_EINPUT ? MERA_OK : code;
    }
    out->made = true;
    MERA_TRY(draws_intervals(&run, out));
    mera_audit_finding finding = mera_audit_said(MERA_LIMIT_narrow_share, out->narrow);
    finding.count = out->n_ranked - out->n_narrow;
    return mera_audit_look(audit, finding);
}

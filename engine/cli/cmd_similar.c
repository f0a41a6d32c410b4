/* SPDX-License-Identifier: Apache-2.0 */
/** @file mera similar: the units that are compared with one, and clusters of all. */
#include "base/math.h"
#include "cli/session.h"

/** Of one unit in its latest period. */
static mera_code similar_unit(cli *c, const cli_session *session)
{
    const mera_result *r = session->result;
    mera_similar of;
    size_t unit;
    MERA_TRY(cli_find_unit(c, r, c->args.unit, &unit));
    const size_t period = mera_result_latest(r, unit, 0);
    MERA_TRY(mera_similar_of(session->plan, r, unit, period, c->arena, c->diags, &of));
    if (cli_format_is(c, "json")) {
        return mera_report_similar_of_json(&of, r, unit, period, &c->out);
    }
    if (!cli_wants_rows(c)) {
        return mera_report_similar_table(&of, r, unit, period, &c->view, c->arena, &c->out);
    }
    MERA_TRY(cli_rows_begin(c, r));
    return mera_report_similar_rows(&of, r, unit, period, &c->rows);
}

/** Has any unit a score in the period? */
static bool similar_scored(const mera_result *r, size_t period)
{
    for (size_t i = 0; i < r->n_units; i++) {
        if (!isnan(r->node[0].score[period * r->n_units + i])) {
            return true;
        }
    }
    return false;
}

/** Membership in each period. */
static mera_code similar_periods(cli *c, const mera_result *r)
{
    mera_similar_clusters *clusters;
    MERA_TRY_NEW(clusters, c->arena, r->n_periods);
    for (size_t p = 0; p < r->n_periods; p++) {
        if (similar_scored(r, p)) {
            MERA_TRY(mera_similar_clusters_of(r, p, c->arena, c->diags, &clusters[p]));
        }
    }
    if (cli_format_is(c, "json")) {
        return mera_report_clusters_json(clusters, r, &c->out);
    }
    MERA_TRY(cli_rows_begin(c, r));
    return mera_report_clusters_rows(clusters, r, &c->rows);
}

static mera_code similar_all(cli *c, const mera_result *r)
{
    mera_similar_clusters clusters;
    size_t period = r->n_periods - 1;
    if (!r->methodology->similar.clusters) {
        const mera_code code =
            mera_fail(c->diags, MERA_EUSAGE, "no-clusters", MERA_NOWHERE,
                      "the methodology has no clusters: 'mera similar' needs --unit U");
        mera_hint(c->diags, "or ask for them: --set 'similar={near: {COLUMN: {}}, clusters: {}}'");
        return code;
    }
    if (cli_wants_rows(c) || cli_format_is(c, "json")) {
        return similar_periods(c, r);
    }
    while (period > 0 && !similar_scored(r, period)) {
        period--;
    }
    MERA_TRY(mera_similar_clusters_of(r, period, c->arena, c->diags, &clusters));
    return mera_report_clusters_table(&clusters, r, period, &c->view, c->arena, &c->out);
}

mera_code cli_similar(cli *c)
{
    cli_session *session;
    const char *variant;
    MERA_TRY(cli_one_variant(c, &variant));
    MERA_TRY(cli_session_open(c, c->args.operands.v[0], variant, CLI_RESULT, &session));
    return c->args.unit != NULL ? similar_unit(c, session) : similar_all(c, session->result);
}

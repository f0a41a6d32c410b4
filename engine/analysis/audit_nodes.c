/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Audit 3 to 5: how the parts of each node go together, whether they measure one thing, and whether
 * they count what they weigh. Parts are as the node aggregates them: points, scores.
 */
#include "analysis/audit.h"
#include "base/math.h"

/** A node's parts: those with weight that vary or not, in the order of the sheet. */
static mera_code nodes_parts(const audit_run *run, size_t node, mera_columns *columns,
                             mera_audit_node *out)
{
    mera_sheet_parts parts;
    const double **x;
    size_t *column;
    MERA_TRY(mera_sheet_below(run->result, &run->sheet, node, false, run->arena, &parts));
    MERA_TRY_NEW(x, run->arena, parts.n);
    MERA_TRY_NEW(column, run->arena, parts.n);
    *out = (mera_audit_node){.node = node, .column = column, .alpha = NAN, .kmo = NAN};
    for (size_t j = 0; j < parts.n; j++) {
        const size_t c = parts.column[j];
        if (c < run->sheet.n_nodes || mera_audit_counts(run, c)) {
            column[out->n] = c;
            x[out->n++] = run->sheet.x[c];
        }
    }
    *columns = (mera_columns){.n = run->sheet.n, .k = out->n, .x = x};
    return MERA_OK;
}

static void nodes_whole(const mera_columns *columns, mera_audit_node *out)
{
    for (size_t i = 0; i < columns->n && columns->k > 0; i++) {
        bool whole = true;
        for (size_t j = 0; j < columns->k; j++) {
            whole = whole && !isnan(columns->x[j][i]);
        }
        out->n_units += whole;
    }
}

static mera_code nodes_correlations(const audit_run *run, const mera_columns *columns,
                                    mera_audit_node *out)
{
    const double *parent[] = {run->sheet.x[out->node]};
    const mera_columns above = {.n = columns->n, .k = 1, .x = parent};
    mera_correlations r, with;
    MERA_TRY(
        mera_correlations_of(columns, NULL, MERA_PEARSON, MERA_CHANCE_NONE, 1, run->arena, &r));
    MERA_TRY(mera_correlations_of(columns, &above, MERA_PEARSON, MERA_CHANCE_NONE, 1, run->arena,
                                  &with));
    out->r = r.r;
    out->parent_r = with.r;
    return MERA_OK;
}

static mera_code nodes_unity(const audit_run *run, const mera_columns *columns,
                             mera_audit_node *out)
{
    mera_principal found;
    mera_adequacy fit;
    double *eigenvalue;
    if (columns->k < 2) {
        return MERA_OK;
    }
    MERA_TRY(mera_cronbach_of(columns, false, run->arena, &out->alpha));
    MERA_TRY(mera_adequacy_of(columns, run->arena, &fit));
    out->kmo = fit.kmo;
    const mera_code code = mera_principal_of(columns, MERA_SIGN_LARGEST, run->arena, &found);
    if (code != MERA_OK) {
        return code == MERA_EINPUT ? MERA_OK : code; /* nothing to analyse: it says so itself */
    }
    MERA_TRY_NEW(eigenvalue, run->arena, found.n_components);
    for (size_t f = 0; f < found.n_components; f++) {
        eigenvalue[f] = found.sd[f] * found.sd[f];
        out->n_above_1 += eigenvalue[f] > 1 + 1e-9;
    }
    out->n_components = found.n_components;
    out->eigenvalue = eigenvalue;
    return MERA_OK;
}

/* ---- findings ---- */

static mera_code nodes_pair(audit_run *run, const mera_audit_node *node, size_t i, size_t j)
{
    const double r = node->r[i * node->n + j];
    mera_audit_finding finding = mera_audit_said(MERA_LIMIT_redundancy, fabs(r));
    finding.node = node->node;
    finding.column = node->column[i];
    finding.other = node->column[j];
    MERA_TRY(mera_audit_look(run, finding));
    finding.limit = MERA_LIMIT_sibling_correlation;
    finding.number = r;
    return mera_audit_look(run, finding);
}

static mera_code nodes_look_at(audit_run *run, const mera_audit_node *node, mera_limit_id limit,
                               double number)
{
    mera_audit_finding finding = mera_audit_said(limit, number);
    finding.node = node->node;
    return mera_audit_look(run, finding);
}

/** Statistics of fewer units than they need say nothing: then only that is said. */
static mera_code nodes_findings(audit_run *run, const mera_audit_node *node)
{
    const double cases = (double)node->n_units / (double)(node->n > 0 ? node->n : 1);
    if (node->n < 2) {
        return MERA_OK;
    }
    MERA_TRY(nodes_look_at(run, node, MERA_LIMIT_cases, cases));
    for (size_t i = 0; i < node->n && node->n_units >= 3; i++) {
        mera_audit_finding finding =
            mera_audit_said(MERA_LIMIT_parent_correlation, node->parent_r[i]);
        finding.node = node->node;
        finding.column = node->column[i];
        MERA_TRY(mera_audit_look(run, finding));
        for (size_t j = i + 1; j < node->n; j++) {
            MERA_TRY(nodes_pair(run, node, i, j));
        }
    }
    if (node->n_units < 3) {
        return MERA_OK;
    }
    MERA_TRY(nodes_look_at(run, node, MERA_LIMIT_alpha, node->alpha));
    MERA_TRY(nodes_look_at(run, node, MERA_LIMIT_kmo, node->n > 2 ? node->kmo : NAN));
    MERA_TRY(nodes_look_at(run, node, MERA_LIMIT_components, (double)node->n_above_1));
    return nodes_look_at(run, node, MERA_LIMIT_divergence, node->importance.divergence);
}

/* ---- homes ---- */

/** The direction an indicator stands under: the child of the root on its way up. */
static size_t nodes_direction(const mera_sheet *sheet, size_t column)
{
    while (sheet->parent[column] != SIZE_MAX && sheet->parent[column] != 0) {
        column = sheet->parent[column];
    }
    return sheet->parent[column] == 0 && column < sheet->n_nodes ? column : SIZE_MAX;
}

static mera_code nodes_home(audit_run *run, const mera_correlations *r, const size_t *direction,
                            size_t row, mera_audit_home *home)
{
    home->own = nodes_direction(&run->sheet, home->column);
    home->other = SIZE_MAX;
    home->r_own = home->r_other = NAN;
    for (size_t j = 0; j < r->columns; j++) {
        const double value = r->r[row * r->columns + j];
        if (direction[j] == home->own) {
            home->r_own = value;
        } else if (!isnan(value) && !(value <= home->r_other)) {
            home->r_other = value;
            home->other = direction[j];
        }
    }
    mera_audit_finding finding =
        mera_audit_said(MERA_LIMIT_other_pillar, home->r_other - home->r_own);
    finding.node = home->own;
    finding.column = home->column;
    finding.other = home->other;
    return run->audit->n_units >= 3 ? mera_audit_look(run, finding) : MERA_OK;
}

static mera_code nodes_homes(audit_run *run)
{
    const mera_audit *audit = run->audit;
    mera_columns a = {.n = run->sheet.n, .k = audit->n_indicators}, b = {.n = run->sheet.n};
    const double **x, **y;
    size_t *direction;
    mera_audit_home *home;
    mera_correlations r;
    MERA_TRY_NEW(x, run->arena, a.k);
    MERA_TRY_NEW(y, run->arena, run->sheet.n_nodes);
    MERA_TRY_NEW(direction, run->arena, run->sheet.n_nodes);
    MERA_TRY_NEW(home, run->arena, a.k);
    for (size_t i = 0; i < a.k; i++) {
        x[i] = run->sheet.x[audit->indicator[i].column];
    }
    for (size_t c = 1; c < run->sheet.n_nodes; c++) {
        if (run->sheet.parent[c] == 0) {
            direction[b.k] = c;
            y[b.k++] = run->sheet.x[c];
        }
    }
    if (b.k < 2) {
        return MERA_OK;
    }
    a.x = x;
    b.x = y;
    MERA_TRY(mera_correlations_of(&a, &b, MERA_PEARSON, MERA_CHANCE_NONE, 1, run->arena, &r));
    for (size_t i = 0; i < a.k; i++) {
        home[i].column = audit->indicator[i].column;
        MERA_TRY(nodes_home(run, &r, direction, i, &home[i]));
    }
    run->audit->home = home;
    run->audit->n_homes = a.k;
    return MERA_OK;
}

mera_code mera_audit_nodes(audit_run *run)
{
    const mera_importance_ask ask = {.seed = run->m->seed};
    mera_audit_node *node;
    MERA_TRY_NEW(node, run->arena, run->sheet.n_nodes);
    for (size_t k = 0; k < run->sheet.n_nodes; k++) {
        mera_columns columns;
        MERA_TRY(nodes_parts(run, k, &columns, &node[k]));
        nodes_whole(&columns, &node[k]);
        MERA_TRY(nodes_correlations(run, &columns, &node[k]));
        MERA_TRY(nodes_unity(run, &columns, &node[k]));
        MERA_TRY(
            mera_importance_in(run->result, &run->sheet, k, &ask, run->arena, &node[k].importance));
        MERA_TRY(nodes_findings(run, &node[k]));
    }
    run->audit->node = node;
    run->audit->n_nodes = run->sheet.n_nodes;
    return nodes_homes(run);
}

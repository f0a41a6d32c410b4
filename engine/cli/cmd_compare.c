/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * mera compare: a methodology beside its variants, beside other methodologies, or beside itself
 * with changes. The first operand is the base; with --variant or without OTHER its variants follow.
 * With --set and neither, the sides are the methodology as written and with the changes; else the
 * changes are made on every side. Ranges and choices of --set, and --grid, make a grid.
 */
#include "base/math.h"
#include "cli/compare_sides.h"
#include "cli/keep.h"

enum { COMPARE_SIDES = 64 };

static bool compare_has(const cli_compare_work *w, const char *label)
{
    for (size_t s = 0; s < w->n; s++) {
        if (mera_streq(w->side[s].label, label)) {
            return true;
        }
    }
    return false;
}

/** A label that no side before has: "company-towns (2)". NULL = no memory. */
static const char *compare_label(const cli_compare_work *w, const char *label)
{
    const char *own = label;
    for (size_t n = 2; own != NULL && compare_has(w, own); n++) {
        own = mera_arena_printf(w->c->arena, "%s (%zu)", label, n);
    }
    return own;
}

mera_code cli_compare_side(cli_compare_work *w, const mera_result *result, const char *label)
{
    cli *c = w->c;
    const mera_methodology *m = result->methodology;
    mera_compare_side *side = &w->side[w->n];
    side->label = compare_label(w, label != NULL ? label : m->id);
    MERA_TRY_PTR(side->label);
    w->n++;
    side->result = result;
    w->first = w->first != NULL ? w->first : m;
    MERA_TRY(cli_find_node(c, m, c->args.node, &side->node));
    side->period = mera_result_latest(result, SIZE_MAX, side->node);
    return cli_keep(c, result, side->node, side->period, label);
}

/** Scores one side more. */
static mera_code compare_add(cli_compare_work *w, const char *path, const char *variant)
{
    cli *c = w->c;
    cli_session *session;
    if (w->n == w->room) {
        return mera_fail(c->diags, MERA_EUSAGE, "too-many-sides", MERA_NOWHERE,
                         "more than %d methodologies and variants cannot be compared at once",
                         (int)w->room);
    }
    const mera_code code = cli_session_open(c, path, variant, CLI_RESULT, &session);
    if (code != MERA_OK) {
        return variant == NULL ? code
                               : mera_within(c->diags, code, MERA_NOWHERE,
                                             "in variant '%s' of '%s'", variant, path);
    }
    w->plan = w->plan != NULL ? w->plan : session->plan;
    return cli_compare_side(w, session->result, variant);
}

/** The methodology as written, then with the changes of --set: "with framework.health.weight=30".
 */
static mera_code compare_with_changes(cli_compare_work *w)
{
    cli *c = w->c;
    const char *path = c->args.operands.v[0];
    cli_session *written, *changed;
    mera_text label = {.arena = c->arena};
    for (size_t i = 0; i < c->args.set.n; i++) {
        mera_text_addf(&label, "%s %s", i == 0 ? "with" : ",", c->args.set.v[i]);
    }
    MERA_TRY_PTR(mera_text_string(&label));
    MERA_TRY(cli_session_open_as_written(c, path, CLI_RESULT, &written));
    w->plan = written->plan;
    MERA_TRY(cli_compare_side(w, written->result, NULL));
    MERA_TRY(cli_session_open(c, path, NULL, CLI_RESULT, &changed));
    return cli_compare_side(w, changed->result, mera_text_string(&label));
}

/** The variants asked for, or all of the first methodology's. */
static mera_code compare_variants(cli_compare_work *w)
{
    cli *c = w->c;
    const cli_list *asked = &c->args.variant;
    const mera_methodology *m = w->first;
    const size_t n = asked->n > 0 ? asked->n : m->n_variants;
    for (size_t i = 0; i < n; i++) {
        const char *id = asked->n > 0 ? asked->v[i] : m->variant[i].id;
        MERA_TRY(compare_add(w, c->args.operands.v[0], id));
    }
    return MERA_OK;
}

static mera_code compare_sides(cli_compare_work *w)
{
    cli *c = w->c;
    const cli_list *paths = &c->args.operands;
    if (paths->n == 1 && c->args.variant.n == 0 && c->args.set.n > 0) {
        return compare_with_changes(w);
    }
    for (size_t i = 0; i < paths->n; i++) {
        MERA_TRY(compare_add(w, paths->v[i], NULL));
    }
    if (w->first != NULL && (paths->n == 1 || c->args.variant.n > 0)) {
        MERA_TRY(compare_variants(w));
    }
    if (w->n < 2) {
        const mera_code code = mera_fail(c->diags, MERA_EUSAGE, "nothing-to-compare", MERA_NOWHERE,
                                         "'%s' has no variants to compare it with", paths->v[0]);
        mera_hint(c->diags, "add `variants:` to it, or name a second methodology");
        return code;
    }
    return MERA_OK;
}

/** The unit of --unit beside its similar units, where the first side knows it. */
static mera_code compare_beside(cli_compare_work *w, const mera_comparison *comparison,
                                mera_compare_view *view)
{
    cli *c = w->c;
    mera_compare_beside *beside;
    if (view->unit == SIZE_MAX) {
        return MERA_OK;
    }
    if (view->unit >= w->side[0].result->n_units) {
        mera_warn(c->diags, "no-similar", MERA_NOWHERE,
                  "'%s' is not in the data of '%s', whose similar units would be shown beside it",
                  comparison->unit[view->unit].name, w->side[0].label);
        mera_hint(c->diags, "name a methodology first that has the unit");
        return MERA_OK;
    }
    MERA_TRY_NEW(beside, c->arena, 1);
    view->beside = beside;
    return mera_compare_beside_of(w->plan, comparison, view->unit, c->arena, c->diags, beside);
}

/** The key of some unit with a place. */
static const char *compare_key(const mera_comparison *comparison, size_t side)
{
    for (size_t u = 0; u < comparison->n_units; u++) {
        if (!isnan(comparison->unit[u].rank[side])) {
            return comparison->unit[u].key;
        }
    }
    return "";
}

/** Sides of quite different data agree in nothing, and no number of the table would say so. */
static void compare_strangers(cli *c, const mera_comparison *comparison)
{
    for (size_t i = 0; i < comparison->n_pairs; i++) {
        const mera_compare_pair *pair = &comparison->pair[i];
        if (pair->a == 0 && pair->n_common == 0) {
            mera_warn(c->diags, "no-common-units", MERA_NOWHERE,
                      "'%s' and '%s' have no unit with a place in both", comparison->side[0].label,
                      comparison->side[pair->b].label);
            mera_hint(c->diags,
                      "units are matched by key: they look like '%s' in '%s', like '%s' in '%s'",
                      compare_key(comparison, 0), comparison->side[0].label,
                      compare_key(comparison, pair->b), comparison->side[pair->b].label);
        }
    }
}

/** CSV has one table: of moves, or why they came about. A workbook has both. */
static mera_code compare_rows(cli *c, const mera_comparison *comparison,
                              const mera_compare_view *view)
{
    const bool why = c->args.why || view->unit != SIZE_MAX;
    MERA_TRY(cli_rows_begin(c, comparison->side[0].result));
    if (!why || cli_format_is(c, "xlsx")) {
        MERA_TRY(mera_report_compare_rows(comparison, &c->rows));
    }
    return why || (view->n_attributions > 0 && cli_format_is(c, "xlsx"))
               ? mera_report_compare_why_rows(comparison, view, c->arena, &c->rows)
               : MERA_OK;
}

static mera_code compare_write(cli_compare_work *w)
{
    cli *c = w->c;
    const mera_comparison *comparison;
    MERA_TRY(mera_compare(w->side, w->n, 0, c->arena, c->diags, &comparison));
    compare_strangers(c, comparison);
    mera_compare_view view = {.view = c->view, .top = c->args.top.value};
    MERA_TRY(cli_compare_why(c, comparison, &view));
    MERA_TRY(compare_beside(w, comparison, &view));
    if (cli_format_is(c, "json")) {
        return mera_report_compare_json(comparison, &view, c->arena, &c->out);
    }
    if (cli_wants_rows(c)) {
        return compare_rows(c, comparison, &view);
    }
    return mera_report_compare_table(comparison, &view, c->arena, &c->out);
}

mera_code cli_compare(cli *c)
{
    cli_compare_work w = {.c = c, .room = COMPARE_SIDES};
    MERA_TRY(cli_compare_axes(&w));
    if (c->args.grid || w.n_axes > 0) {
        MERA_TRY(cli_compare_grid(&w));
    } else {
        MERA_TRY_NEW(w.side, c->arena, w.room);
        MERA_TRY(compare_sides(&w));
    }
    return compare_write(&w);
}

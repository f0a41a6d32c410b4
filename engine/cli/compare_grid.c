/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Grids of `mera compare`: every combination of ranges and choices, the last setting changing
 * fastest.
 */
#include <string.h>

#include "cli/compare_sides.h"
#include "cli/progress.h"

enum { GRID_RUNS = 200, GRID_LABELS = 6 };

/* ---- the settings and their choices ------------------------------------------------------ */

/** Takes `text` in as an axis when it is one; else it stays in `plain`. */
static mera_code grid_sort(cli_compare_work *w, const char *text, cli_list *plain)
{
    cli *c = w->c;
    mera_set set;
    MERA_TRY(cli_split_set(c, text, &set));
    mera_axis *axis = &w->axis[w->n_axes];
    *axis = (mera_axis){.path = set.path, .at = MERA_NOWHERE};
    const mera_code read = mera_axis_read(set.text, c->arena, c->diags, axis);
    if (read != MERA_OK) {
        return read == MERA_EINPUT ? MERA_EUSAGE : read;
    }
    if (axis->n == 0) {
        return cli_list_add(plain, text, c->arena);
    }
    w->n_axes++;
    return MERA_OK;
}

mera_code cli_compare_axes(cli_compare_work *w)
{
    cli *c = w->c;
    cli_list plain = {.n = 0};
    mera_code code = MERA_OK;
    MERA_TRY_NEW(w->axis, c->arena, c->args.set.n);
    for (size_t i = 0; i < c->args.set.n; i++) {
        const mera_code one = grid_sort(w, c->args.set.v[i], &plain);
        code = code == MERA_OK ? one : code;
    }
    c->args.set = plain;
    return code;
}

/** The axes of `grid:` before those of --set; one setting may be in one place only. */
static mera_code grid_add_own(cli_compare_work *w)
{
    cli *c = w->c;
    const mera_methodology *m = w->first;
    const size_t given = w->n_axes;
    mera_axis *all;
    if (m->n_axes == 0) {
        mera_fail(c->diags, MERA_EUSAGE, "no-grid", MERA_NOWHERE,
                  "methodology '%s' has no `grid:` for --grid", m->id);
        mera_hint(c->diags, "add one, or name ranges: --set framework.health.weight=0..5:0.5");
        return MERA_EUSAGE;
    }
    MERA_TRY_NEW(all, c->arena, m->n_axes + given);
    memcpy(all, m->axis, m->n_axes * sizeof *all);
    if (given > 0) {
        memcpy(all + m->n_axes, w->axis, given * sizeof *all);
    }
    w->axis = all;
    w->n_axes = m->n_axes + given;
    return MERA_OK;
}

static mera_code grid_check_twice(const cli_compare_work *w)
{
    for (size_t i = 0; i < w->n_axes; i++) {
        for (size_t j = 0; j < i; j++) {
            if (mera_streq(w->axis[i].path, w->axis[j].path)) {
                mera_fail(w->c->diags, MERA_EUSAGE, "axis-twice", w->axis[i].at,
                          "'%s' has a range or choices twice", w->axis[i].path);
                mera_hint(w->c->diags, "keep one of them; choices may be joined: A|B|C");
                return MERA_EUSAGE;
            }
        }
    }
    return MERA_OK;
}

/** How many combinations there are; refused when there are more than are allowed. */
static mera_code grid_count(const cli_compare_work *w, size_t *out)
{
    cli *c = w->c;
    const size_t most = c->args.max_runs.given ? c->args.max_runs.value : GRID_RUNS;
    mera_text factors = {.arena = c->arena};
    size_t n = 1;
    bool huge = false;
    for (size_t i = 0; i < w->n_axes; i++) {
        huge = huge || n > SIZE_MAX / MERA_AXIS_CHOICES;
        n *= huge ? 1 : w->axis[i].n;
        mera_text_addf(&factors, "%s%zu", i > 0 ? " × " : "", w->axis[i].n);
    }
    *out = n;
    if (!huge && n <= most) {
        return MERA_OK;
    }
    MERA_TRY_PTR(mera_text_string(&factors));
    mera_fail(c->diags, MERA_EUSAGE, "grid-too-large", MERA_NOWHERE,
              "the grid has %s combinations, more than %zu", mera_text_string(&factors), most);
    mera_hint(c->diags, "take larger steps or fewer choices, or allow more with --max-runs N");
    return MERA_EUSAGE;
}

/* ---- one combination --------------------------------------------------------------------- */

/** The changes of combination `i`, and its label "health.weight=1, seed=2". */
static mera_code grid_combination(const cli_compare_work *w, size_t i, cli_more *more,
                                  const char **label)
{
    mera_set *set;
    mera_text text = {.arena = w->c->arena};
    MERA_TRY_NEW(set, w->c->arena, w->n_axes);
    for (size_t a = w->n_axes; a-- > 0;) {
        set[a] = (mera_set){w->axis[a].path, w->axis[a].choice[i % w->axis[a].n]};
        i /= w->axis[a].n;
    }
    for (size_t a = 0; a < w->n_axes; a++) {
        const size_t skipped =
            mera_starts_with(set[a].path, "framework.") ? strlen("framework.") : 0;
        mera_text_addf(&text, "%s%s=%s", a > 0 ? ", " : "", set[a].path + skipped, set[a].text);
    }
    *more = (cli_more){set, w->n_axes};
    *label = mera_text_string(&text);
    return *label != NULL ? MERA_OK : MERA_ENOMEM;
}

/** The side with the same effective methodology, or NULL. */
static const mera_compare_side *grid_scored(const cli_compare_work *w, const char *sha256)
{
    for (size_t s = 0; s < w->n; s++) {
        if (mera_streq(w->side[s].result->methodology->sha256, sha256)) {
            return &w->side[s];
        }
    }
    return NULL;
}

static mera_code grid_score(cli_compare_work *w, const cli_more *more, const mera_result **out)
{
    cli *c = w->c;
    cli_session *session;
    MERA_TRY(cli_session_open_with(c, c->args.operands.v[0], more, CLI_PROJECT, &session));
    const mera_compare_side *same =
        grid_scored(w, mera_project_methodology(session->project)->sha256);
    if (same != NULL) {
        *out = same->result;
        return MERA_OK;
    }
    MERA_TRY(cli_compare_kept(w, session->project, out));
    if (*out != NULL) {
        w->n_kept++;
        return MERA_OK;
    }
    MERA_TRY(cli_session_go_on(c, session, CLI_RESULT));
    w->n_runs++;
    *out = session->result;
    return MERA_OK;
}

static bool grid_known(const mera_diags *diags, const mera_diag *problem)
{
    for (size_t i = 0; i < mera_diags_size(diags); i++) {
        const mera_diag *known = mera_diags_get(diags, i);
        if (mera_streq(known->id, problem->id) && mera_streq(known->message, problem->message)) {
            return true;
        }
    }
    return false;
}

/** Tells why one is left out; of those with a reason that was told already only the labels are kept
 * for grid_others(). */
static mera_code grid_refused(cli_compare_work *w, const mera_diag *problem, const char *label)
{
    mera_diags *diags = w->c->diags;
    cli_compare_refusal **at = &w->refused;
    while (*at != NULL && !mera_streq((*at)->reason, problem->message)) {
        at = &(*at)->next;
    }
    if (*at != NULL) {
        cli_compare_refusal *r = *at;
        if (r->n_others++ < GRID_LABELS) {
            mera_text_addf(&r->others, "%s'%s'", r->n_others > 1 ? ", " : "", label);
        }
        return r->others.failed ? MERA_ENOMEM : MERA_OK;
    }
    MERA_TRY_NEW(*at, w->c->arena, 1);
    **at = (cli_compare_refusal){
        .reason = problem->message, .first = label, .others = {.arena = w->c->arena}};
    mera_warn(diags, "left-out", MERA_NOWHERE, "'%s' cannot be scored and is left out: %s", label,
              problem->message);
    if (problem->hint != NULL) {
        mera_hint(diags, "%s", problem->hint);
    }
    return MERA_OK;
}

static mera_code grid_others(const cli_compare_work *w)
{
    for (cli_compare_refusal *r = w->refused; r != NULL; r = r->next) {
        if (r->n_others > GRID_LABELS) {
            mera_text_addf(&r->others, " and %zu more", r->n_others - GRID_LABELS);
        }
        if (r->n_others > 0) {
            MERA_TRY_PTR(mera_text_string(&r->others));
            mera_warn(w->c->diags, "left-out", MERA_NOWHERE,
                      "for the same reason as '%s', %zu more left out: %s", r->first, r->n_others,
                      mera_text_string(&r->others));
        }
    }
    return MERA_OK;
}

/** What a combination says that no other said; when it was refused, the first reason as a warning.
 */
static mera_code grid_tell(cli_compare_work *w, const mera_diags *said, bool refused,
                           const char *label)
{
    mera_diags *diags = w->c->diags;
    for (size_t i = 0; i < mera_diags_size(said); i++) {
        const mera_diag *problem = mera_diags_get(said, i);
        if (refused && problem->severity == MERA_ERROR) {
            return grid_refused(w, problem, label);
        }
        if (!refused && !grid_known(diags, problem)) {
            MERA_TRY(mera_diags_add(diags, problem));
            mera_within(diags, MERA_OK, MERA_NOWHERE, "with %s", label);
        }
    }
    return MERA_OK;
}

static mera_code grid_side(cli_compare_work *w, size_t i)
{
    cli *c = w->c;
    mera_diags *const diags = c->diags, *aside = mera_diags_new(c->arena);
    const mera_result *result = NULL;
    const char *label;
    cli_more more;
    MERA_TRY_PTR(aside);
    MERA_TRY(grid_combination(w, i, &more, &label));
    c->diags = aside;
    const mera_code code = grid_score(w, &more, &result);
    c->diags = diags;
    if (code != MERA_OK && code != MERA_EINPUT && code != MERA_EUSAGE) {
        MERA_TRY(mera_diags_merge(diags, aside));
        return mera_within(diags, code, MERA_NOWHERE, "with %s", label);
    }
    MERA_TRY(grid_tell(w, aside, code != MERA_OK, label));
    return code == MERA_OK ? cli_compare_side(w, result, label) : MERA_OK;
}

/** All combinations, or those that were tried when Ctrl-C came: what was done is kept and shown. */
static mera_code grid_sides(cli_compare_work *w, size_t n, size_t *tried)
{
    cli_progress progress;
    mera_code code = MERA_OK;
    cli_progress_begin(w->c, &progress, NULL, NULL);
    *tried = 0;
    while (code == MERA_OK && *tried < n && cli_progress_tick(&progress, *tried, n)) {
        code = grid_side(w, (*tried)++);
    }
    cli_progress_end(&progress);
    code = code == MERA_OK ? grid_others(w) : code;
    if (code == MERA_OK && *tried < n) {
        cli_progress_stopped(w->c, *tried, n, "combinations",
                             "the others are not in these numbers; the same command goes on from "
                             "the record, which has those that were scored");
    }
    return code;
}

/** What is to be run, before it is: paths are tried on the first side's methodology. */
static mera_code grid_open(cli_compare_work *w, cli_session **base)
{
    cli *c = w->c;
    if (c->args.operands.n > 1 || c->args.variant.n > 0) {
        mera_fail(c->diags, MERA_EUSAGE, "grid-and-others", MERA_NOWHERE,
                  "a grid goes with one methodology, without OTHER and --variant");
        mera_hint(c->diags, "what a variant changes can be given with --set for every side");
        return MERA_EUSAGE;
    }
    MERA_TRY(cli_session_open(c, c->args.operands.v[0], NULL, CLI_PROJECT, base));
    w->first = mera_project_methodology((*base)->project);
    return c->args.grid ? grid_add_own(w) : MERA_OK;
}

mera_code cli_compare_grid(cli_compare_work *w)
{
    cli *c = w->c;
    cli_session *base;
    size_t n;
    MERA_TRY(grid_open(w, &base));
    MERA_TRY(grid_check_twice(w));
    MERA_TRY(grid_count(w, &n));
    w->room = n + 1;
    MERA_TRY_NEW(w->side, c->arena, w->room);
    MERA_TRY(cli_session_go_on(c, base, CLI_RESULT));
    w->n_runs = 1;
    w->plan = base->plan;
    MERA_TRY(cli_compare_side(w, base->result, NULL));
    size_t tried;
    MERA_TRY(grid_sides(w, n, &tried));
    if (w->n < 2) {
        mera_fail(c->diags, MERA_EINPUT, "nothing-to-compare", MERA_NOWHERE,
                  "no combination of the grid can be scored");
        mera_hint(c->diags, "the warnings say why each one was left out");
        return MERA_EINPUT;
    }
    mera_note(c->diags, "grid-runs", MERA_NOWHERE,
              "%zu combinations beside the base, %zu scored, %zu the same as one before, %zu left "
              "out",
              tried, w->n_runs - 1, w->n - w->n_runs - w->n_kept, tried + 1 - w->n);
    if (w->n_kept > 0) {
        mera_note(c->diags, "from-record", MERA_NOWHERE,
                  "%zu combinations were scored in an earlier run and are taken from the record",
                  w->n_kept);
        mera_hint(c->diags, "--no-record scores all of them again");
    }
    return MERA_OK;
}

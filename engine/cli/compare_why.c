/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Which sides of `mera compare` are asked why. Two sides always; with --why or --unit each of up to
 * eight against the first; of more, the two in which the unit of --unit has its best and its worst
 * place.
 */
#include <string.h>

#include "base/math.h"
#include "cli/compare_sides.h"
#include "cli/progress.h"

enum { WHY_SIDES = 9 };

/** The unit of --unit among those compared, by key or by a name that only one has. */
static mera_code why_unit(cli *c, const mera_comparison *comparison, size_t *out)
{
    const char *wanted = c->args.unit;
    const char **names, **keys;
    size_t named = 0;
    *out = SIZE_MAX;
    MERA_TRY_NEW(names, c->arena, comparison->n_units);
    MERA_TRY_NEW(keys, c->arena, comparison->n_units);
    for (size_t u = 0; wanted != NULL && u < comparison->n_units; u++) {
        names[u] = comparison->unit[u].name;
        keys[u] = comparison->unit[u].key;
        if (mera_streq(comparison->unit[u].key, wanted)) {
            *out = u;
            return MERA_OK;
        }
        if (mera_streq(names[u], wanted)) {
            *out = u;
            named++;
        }
    }
    if (wanted == NULL || named == 1) {
        return MERA_OK;
    }
    if (named > 1) {
        mera_fail(c->diags, MERA_EUSAGE, "ambiguous-unit", MERA_NOWHERE,
                  "%zu units are named '%s': give the key of one, for example '%s'", named, wanted,
                  comparison->unit[*out].key);
        return MERA_EUSAGE;
    }
    mera_fail(c->diags, MERA_EUSAGE, "unknown-unit", MERA_NOWHERE,
              "no unit has the key or name '%s'", wanted);
    cli_hint_unit(c, wanted, names, keys, comparison->n_units);
    return MERA_EUSAGE;
}

/** The sides to explain, in their order. */
static size_t why_sides(const cli *c, const mera_comparison *comparison, size_t unit,
                        size_t side[WHY_SIDES])
{
    const size_t n = comparison->n_sides;
    size_t end[2] = {0, 0}, count = 0;
    if (n > 2 && !c->args.why && unit == SIZE_MAX) {
        return 0;
    }
    for (size_t s = 1; n < WHY_SIDES && s < n; s++) {
        side[count++] = s;
    }
    if (n < WHY_SIDES || unit == SIZE_MAX) {
        return count;
    }
    const double *move = comparison->unit[unit].move;
    for (size_t s = 1; s < n; s++) {
        end[0] = move[s] > move[end[0]] ? s : end[0];
        end[1] = move[s] < move[end[1]] ? s : end[1];
    }
    for (size_t k = 0; k < 2; k++) {
        if (end[k] != 0) {
            side[count++] = end[k];
        }
    }
    return count;
}

/** Parts cannot be half done: those of a side are left out, or are of the orders that were. */
static void why_stopped(cli *c, const mera_attribution *made, size_t n)
{
    uint64_t done = 0, asked = 0;
    bool out = false;
    for (size_t i = 0; i < n; i++) {
        done += made[i].n_runs;
        asked += made[i].n_runs_asked;
        out = out || (made[i].stopped && made[i].why_not != NULL);
    }
    cli_progress_stopped(c, done, asked,
                         out ? "runs: what moved units is left out where they are not all done"
                             : "runs: what moved units is of fewer orders",
                         "the comparison itself is whole");
}

/** Who moved by what, side after side. */
static mera_code why_attribute(cli *c, const mera_comparison *comparison, const size_t *side,
                               size_t n, mera_attribution *made)
{
    cli_progress progress;
    mera_attribute_ask ask = {.engine = c->engine,
                              .file = c->args.data.v,
                              .n_files = c->args.data.n,
                              .seed = comparison->side[0].result->methodology->seed};
    mera_code code = MERA_OK;
    bool stopped = false;
    cli_progress_begin(c, &progress, &ask.progress, &ask.context);
    for (size_t i = 0; code == MERA_OK && i < n; i++) {
        ask.to = side[i];
        progress.from = UINT64_MAX; /* each side counts its own runs */
        code = mera_attribute_moves(comparison, &ask, c->arena, &made[i]);
        stopped = stopped || made[i].stopped;
    }
    cli_progress_end(&progress);
    if (code == MERA_OK && stopped) {
        why_stopped(c, made, n);
    }
    return code;
}

mera_code cli_compare_why(cli *c, const mera_comparison *comparison, mera_compare_view *view)
{
    size_t side[WHY_SIDES];
    mera_attribution *made;
    MERA_TRY(why_unit(c, comparison, &view->unit));
    if (c->args.why && view->unit == SIZE_MAX && comparison->n_sides >= WHY_SIDES) {
        mera_fail(c->diags, MERA_EUSAGE, "why-of-many", MERA_NOWHERE,
                  "--why explains up to %d sides, there are %zu", WHY_SIDES - 1,
                  comparison->n_sides);
        mera_hint(c->diags, "with --unit U the best and the worst place of one unit are explained");
        return MERA_EUSAGE;
    }
    const size_t n = why_sides(c, comparison, view->unit, side);
    MERA_TRY_NEW(made, c->arena, n);
    MERA_TRY(why_attribute(c, comparison, side, n, made));
    view->attribution = made;
    view->n_attributions = n;
    return MERA_OK;
}

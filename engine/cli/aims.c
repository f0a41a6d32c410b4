/* SPDX-License-Identifier: Apache-2.0 */
/** @file Values that indicators are to have (cli/aims.h). */
#include "cli/aims.h"

#include <string.h>

#include "base/math.h"
#include "base/number.h"

static mera_code aims_unknown(cli *c, const mera_methodology *m, const char *id)
{
    const char **names;
    MERA_TRY_NEW(names, c->arena, m->n_indicators);
    for (size_t i = 0; i < m->n_indicators; i++) {
        names[i] = m->indicator[i].id;
    }
    const mera_code code =
        mera_fail(c->diags, MERA_EUSAGE, "unknown-indicator", MERA_NOWHERE,
                  "'--aim %s': methodology '%s' has no such indicator", id, m->id);
    MERA_TRY(mera_suggest(c->diags, id, names, m->n_indicators, "indicators", c->arena));
    return code;
}

/** What no indicator can be, or nobody can make it. */
static mera_code aims_refuse(cli *c, const mera_indicator *ind, double value)
{
    if (!ind->actionable) {
        return mera_fail(c->diags, MERA_EUSAGE, "not-actionable", ind->at,
                         "'--aim %s': nobody can change it, as `actionable: false` says", ind->id);
    }
    if (value < ind->range[0] || value > ind->range[1]) {
        return mera_fail(c->diags, MERA_EUSAGE, "bad-value", ind->at,
                         "'--aim %s=%g': its range is %g to %g", ind->id, value, ind->range[0],
                         ind->range[1]);
    }
    return MERA_OK;
}

static mera_code aims_read(cli *c, const mera_methodology *m, const char *word, mera_aim *out)
{
    const char *equals = strchr(word, '=');
    if (equals == NULL || !mera_number_read(equals + 1, strlen(equals + 1), &out->value) ||
        !isfinite(out->value)) {
        const mera_code code = mera_fail(c->diags, MERA_EUSAGE, "bad-value", MERA_NOWHERE,
                                         "'--aim %s' is no INDICATOR=VALUE with a number", word);
        mera_hint(c->diags, "for example: --aim %s=60, in the indicator's own unit",
                  m->indicator[0].id);
        return code;
    }
    const char *id = mera_arena_strndup(c->arena, word, (size_t)(equals - word));
    MERA_TRY_PTR(id);
    out->indicator = mera_methodology_indicator(m, id);
    return out->indicator == SIZE_MAX ? aims_unknown(c, m, id)
                                      : aims_refuse(c, &m->indicator[out->indicator], out->value);
}

mera_code cli_read_aims(cli *c, const mera_methodology *m, const mera_aim **out, size_t *n)
{
    mera_aim *aim;
    mera_code code = MERA_OK;
    *n = c->args.aims.n;
    MERA_TRY_NEW(aim, c->arena, *n);
    for (size_t i = 0; i < *n; i++) {
        const mera_code one = aims_read(c, m, c->args.aims.v[i], &aim[i]);
        code = code == MERA_OK ? one : code;
        for (size_t j = 0; one == MERA_OK && j < i; j++) {
            if (aim[j].indicator == aim[i].indicator) {
                code = mera_fail(c->diags, MERA_EUSAGE, "duplicate", MERA_NOWHERE,
                                 "'--aim %s' is given twice", m->indicator[aim[i].indicator].id);
            }
        }
    }
    *out = aim;
    return code;
}

static bool aims_lift(const mera_priorities *of, size_t n, size_t indicator)
{
    bool lifts = false;
    for (size_t u = 0; u < n; u++) {
        for (size_t i = 0; i < of[u].n_possible; i++) {
            lifts = lifts || of[u].item[i].indicator == indicator;
        }
    }
    return lifts;
}

void cli_aims_idle(cli *c, const mera_priorities *of, size_t n, const mera_priorities_ask *ask,
                   const mera_methodology *m)
{
    for (size_t i = 0; i < ask->n_aims; i++) {
        if (!aims_lift(of, n, ask->aim[i].indicator)) {
            mera_warn(c->diags, "idle-aim", MERA_NOWHERE, "'--aim %s=%g' lifts nothing",
                      m->indicator[ask->aim[i].indicator].id, ask->aim[i].value);
            mera_hint(c->diags,
                      "the value is that good already, is missing, or the indicator has "
                      "no weight below '%s'",
                      m->node[ask->node].id);
        }
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Changes of codes that cannot be followed: two units that become one, one that becomes two, and,
 * without periods, circles. Two changes touch the same unit unless the code was vacated between.
 */
#include "io/codes.h"

#include <string.h>

#define CHECK_SPLIT_HINT                                                                           \
    "before and after are not the same unit: 'merged: separate' in 'codes' leaves them apart, or " \
    "add up their data beforehand"

static mera_slice check_since(const code_change *change)
{
    return (mera_slice){change->since, strlen(change->since)};
}

/* Does a change stand between two others? Who leaves a code does so before another comes to it in
 * the same period. */
static bool check_between(const code_change *change, const code_change *first,
                          const code_change *second, bool leave)
{
    const int after = code_compare(check_since(change), check_since(first));
    const int before = code_compare(check_since(change), check_since(second));
    return leave ? after > 0 && before <= 0 : after >= 0 && before < 0;
}

/* Was the code that two changes share left (by who came first), or given to another unit (than the
 * one that left it first), between them? */
static bool check_vacated(const code_table *t, const code_change *a, const code_change *b,
                          bool leave)
{
    const char *code = leave ? a->to : a->from;
    const mera_map *map = leave ? t->from : t->to;
    const code_change *first = code_compare(check_since(a), check_since(b)) <= 0 ? a : b;
    const code_change *second = first == a ? b : a;
    if (!t->timed) {
        return false;
    }
    for (size_t i = mera_map_get(map, code, strlen(code)); i != SIZE_MAX;
         i = leave ? t->change[i].next : t->change[i].next_to) {
        if (check_between(&t->change[i], first, second, leave)) {
            return true;
        }
    }
    return false;
}

static void check_said(code_table *t, const code_change *a, const code_change *b, bool merged,
                       mera_diags *diags)
{
    const mera_at at = {t->path, b->line, 0, 0};
    if (merged) {
        mera_fail(diags, MERA_EINPUT, "merged-units", at,
                  "'%s' and '%s' (line %u) both become '%s': two units cannot be followed as one",
                  b->from, a->from, a->line, a->to);
    } else {
        mera_fail(diags, MERA_EINPUT, "split-unit", at,
                  "'%s' becomes '%s' and '%s' (line %u): one unit cannot be followed as two",
                  a->from, b->to, a->to, a->line);
    }
    mera_hint(diags, CHECK_SPLIT_HINT);
}

/* All pairs of changes that share a code. */
static bool check_pairs(code_table *t, const mera_recode *recode, bool merged, mera_diags *diags)
{
    bool good = true;
    for (size_t i = 0; i < t->n; i++) {
        code_change *a = &t->change[i];
        for (size_t k = merged ? a->next_to : a->next; k != SIZE_MAX;
             k = merged ? t->change[k].next_to : t->change[k].next) {
            code_change *b = &t->change[k];
            if (check_vacated(t, a, b, merged)) {
                continue;
            }
            a->apart = b->apart = true;
            good = good && recode->separate;
            if (!recode->separate) {
                check_said(t, a->line < b->line ? a : b, a->line < b->line ? b : a, merged, diags);
            }
        }
    }
    return good;
}

/* Without periods a chain that comes back to where it began has no end. */
static bool check_circles(const code_table *t, mera_diags *diags)
{
    bool good = true;
    for (size_t i = 0; !t->timed && i < t->n; i++) {
        const char *code = t->change[i].to;
        uint32_t first = t->change[i].line;
        size_t steps = 0;
        while (steps <= t->n && strcmp(code, t->change[i].from) != 0) {
            const size_t next = mera_map_get(t->from, code, strlen(code));
            if (next == SIZE_MAX) {
                break;
            }
            code = t->change[next].to;
            first = t->change[next].line < first ? t->change[next].line : first;
            steps++;
        }
        if (strcmp(code, t->change[i].from) != 0 || first != t->change[i].line) {
            continue; /* each circle is said once, at its first line */
        }
        good = false;
        mera_fail(diags, MERA_EINPUT, "circle", (mera_at){t->path, t->change[i].line, 0, 0},
                  "the code '%s' comes back to itself in %zu changes: which one is the last?",
                  t->change[i].from, steps + 1);
        mera_hint(diags, "'period' in 'codes' names the field that says from when each holds");
    }
    return good;
}

mera_code code_table_check(code_table *t, const mera_recode *recode, mera_diags *diags)
{
    const bool merged = check_pairs(t, recode, true, diags);
    const bool split = check_pairs(t, recode, false, diags);
    const bool circles = check_circles(t, diags);
    for (size_t i = 0; i < t->n; i++) {
        t->n_apart += t->change[i].apart;
    }
    if (merged && split && circles && t->n_apart > 0) {
        mera_note(diags, "merged-units", (mera_at){.file = t->path},
                  "units that merge or split are left apart: %zu changes of codes", t->n_apart);
    }
    return merged && split && circles ? MERA_OK : MERA_EINPUT;
}

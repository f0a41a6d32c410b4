/* SPDX-License-Identifier: Apache-2.0 */
/** @file Indices of one choice, in cells, in words and for programs. */
#include "report/sobol.h"

#include "base/math.h"

#define SOBOL_LITTLE 0.05 /* a share not worth an argument */

const char *mera_sobol_share(const mera_interval *x, mera_arena *arena)
{
    return isnan(x->value) ? "–"
                           : mera_arena_printf(arena, "%.0f%% (%.0f–%.0f)", 100 * fmax(0, x->value),
                                               100 * fmax(0, x->low), 100 * fmax(0, x->high));
}

mera_word mera_sobol_word(const mera_sobol_index *index)
{
    if (!index->total_sure) {
        return MERA_WORD_MOVES_NOT;
    }
    if (index->total.value < SOBOL_LITTLE) {
        return MERA_WORD_MOVES_LITTLE;
    }
    if (!index->first_sure) {
        return MERA_WORD_MOVES_TOGETHER;
    }
    return index->first.value >= 0.8 * index->total.value ? MERA_WORD_MOVES_ITSELF
                                                          : MERA_WORD_MOVES_BOTH;
}

static void sobol_interval(mera_json *json, const char *key, const mera_interval *x, bool sure)
{
    mera_json_open(json, key, '{');
    mera_json_number(json, "share", x->value);
    mera_json_number(json, "low", x->low);
    mera_json_number(json, "high", x->high);
    mera_json_bool(json, "told_from_chance", sure);
    mera_json_close(json, '}');
}

void mera_sobol_json(mera_json *json, const mera_sobol_index *index)
{
    sobol_interval(json, "first", &index->first, index->first_sure);
    sobol_interval(json, "total", &index->total, index->total_sure);
}

/* SPDX-License-Identifier: Apache-2.0 */
/** @file How a line of a table of keys is written. */
#ifndef METHODOLOGY_KEYS_MAKE_H
#define METHODOLOGY_KEYS_MAKE_H

#include "methodology/keys.h"

#define KEY(n, k, h) .name = (n), .kind = MERA_KEY_##k, .help = (h)
#define KEY_END      \
    {                \
        .name = NULL \
    }
#define LEVEL_OF(x, w, all) \
    const mera_level mera_level_##x = {.id = #x, .what = (w), .keys = keys_##x, .whole = (all)}
#define LEVEL(x, w) LEVEL_OF(x, w, false)
#define LEVEL_WHOLE(x, w) LEVEL_OF(x, w, true)

#endif

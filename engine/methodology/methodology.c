/* SPDX-License-Identifier: Apache-2.0 */
/** @file Looking things up in a bound methodology. */
#include "mera/methodology.h"

#include <string.h>

size_t mera_methodology_node(const mera_methodology *m, const char *id)
{
    for (size_t i = 0; i < m->n_nodes; i++) {
        if (strcmp(m->node[i].id, id) == 0) {
            return i;
        }
    }
    return SIZE_MAX;
}

size_t mera_methodology_indicator(const mera_methodology *m, const char *id)
{
    for (size_t i = 0; i < m->n_indicators; i++) {
        if (strcmp(m->indicator[i].id, id) == 0) {
            return i;
        }
    }
    return SIZE_MAX;
}

const char *mera_title_in(mera_title title, const char *language)
{
    const char *wanted = strcmp(language, "ru") == 0 ? title.ru : title.en;
    const char *other = strcmp(language, "ru") == 0 ? title.en : title.ru;
    return wanted != NULL ? wanted : other;
}

/* SPDX-License-Identifier: Apache-2.0 */
/** @file The text of an item with runs (shared or inline string), out of its events. */
#ifndef MERA_IO_XLSX_RICH_H
#define MERA_IO_XLSX_RICH_H

#include "io/xlsx.h"

typedef struct xlsx_rich {
    mera_text text;
    mera_text piece; /**< of the <t> that is open, as it is written */
    bool in_text;    /**< inside <t> */
    bool phonetic;   /**< inside <rPh>: how it is spoken, not what is written */
    bool raised;     /**< the run is in superscript */
} xlsx_rich;

/** Forgets the text of the item before. */
void xlsx_rich_clear(xlsx_rich *rich);
void xlsx_rich_start(xlsx_rich *rich, const char *name, const char **attribute);
void xlsx_rich_end(xlsx_rich *rich, const char *name);
void xlsx_rich_text(xlsx_rich *rich, const char *text, size_t n);

/** Replaces _xHHHH_, as characters that XML does not allow are written, from `from` on. */
void xlsx_unescape(mera_text *text, size_t from);

#endif

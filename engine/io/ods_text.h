/* SPDX-License-Identifier: Apache-2.0 */
/** @file What is in a cell of an OpenDocument spreadsheet: its typed value, its paragraphs. */
#ifndef MERA_IO_ODS_TEXT_H
#define MERA_IO_ODS_TEXT_H

#include "io/ods.h"

/** What the attributes of a cell say; NULL = nothing. */
typedef struct ods_said {
    const char *repeated, *rows, *columns; /**< counts: equal cells, and those merged into one */
    const char *type, *value, *formula;
} ods_said;

/** Looks through the attributes of a cell once: there are millions of cells. */
ods_said ods_said_of(const char **attribute);

typedef struct ods_content {
    mera_text type, value, formula; /**< as the attributes say them */
    mera_text shown;                /**< the paragraphs */
    mera_text made;                 /**< what the cell became when that is not its text */
    size_t raised;                  /**< depth of the element that is in superscript, 0 = none */
    size_t skip;         /**< depth of the element that is no text of the cell, 0 = none */
    bool in_text, blank; /**< inside a paragraph; after a blank */
} ods_content;

void ods_content_new(ods_content *content, mera_arena *arena);

mera_code ods_content_open(ods_content *content, const ods_said *said);

/** The events inside the cell; depths count from its element. */
void ods_content_start(ods_content *content, const ods_book *book, size_t depth, const char *name,
                       const char **attribute);
void ods_content_end(ods_content *content, size_t depth);
void ods_content_text(ods_content *content, const char *text, size_t n);

/** What the cell is in a table; stands until the next one is opened. */
mera_code ods_content_close(ods_content *content, const io_sheet *sheet, mera_slice *out);

#endif

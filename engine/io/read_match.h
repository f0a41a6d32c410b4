/* SPDX-License-Identifier: Apache-2.0 */
/** @file Rows that name units of a list: the reader's side of matching (match.h). */
#ifndef MERA_IO_READ_MATCH_H
#define MERA_IO_READ_MATCH_H

#include "io/match.h"
#include "io/reader.h"

/** A list and a file of approvals, which several files may share. */
typedef struct read_shared_match {
    const mera_unit_list *from;
    match_list *list;
    match_decisions *decisions;
    match_decision *row; /**< mera_data_match(): what is to be written */
    size_t n_rows, room;
    mera_match_file count;
    mera_map *met; /**< given texts, counted once for all files */
} read_shared_match;

/** Matching in one file. */
struct read_match {
    read_shared_match *shared;
    size_t key, name, region[MERA_REGION_FIELDS], n_region; /**< fields, or SIZE_MAX */
    mera_map *known; /**< given texts: the unit of the list, or SIZE_MAX - 1 for none */
    io_tally waiting, none;
    size_t n_exact, n_approved;
    size_t unit; /**< of the row at hand */
};

/** Opens what the source's `match` names, and finds its fields. */
mera_code read_match_start(read_file *f);

/** What the row at hand says of its unit, as a text to tell rows apart by; empty when it says
 * nothing. */
mera_code read_match_given(read_file *f, mera_slice *given);

/** The key of the unit that was given so; empty when there is none, which has been said. */
mera_code read_match_key(read_file *f, mera_slice *key);

/** mera_data_match(): counts a row of the file of approvals and keeps it to be written. */
mera_code read_match_row(read_file *f, const match_found *found, match_decision *row);

/** The name of the unit found last. */
const char *read_match_name(const read_file *f);

/** Says at the end of a file what was counted. */
mera_code read_match_end(read_file *f);

/** Notes lists and approvals among the files of the dataset: they decide what the data are. */
mera_code read_match_files(read_all *all);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to the record: its file, and statements that are finalised whatever happens. */
#ifndef MERA_JOURNAL_INTERNAL_H
#define MERA_JOURNAL_INTERNAL_H

#include <sqlite3.h>

#include "journal/journal.h"

struct mera_journal {
    sqlite3 *db;
    mera_arena *arena;
    const char *why;
};

/** Keeps the reason of a failure. */
mera_code mera_journal_fail(mera_journal *journal);
/** Runs statements without parameters. */
mera_code mera_journal_run(mera_journal *journal, const char *sql);
/** Prepares one. */
mera_code mera_journal_prepare(mera_journal *journal, const char *sql, sqlite3_stmt **out);
/** Steps one: is there a row more? An error is no end. */
mera_code mera_journal_step(mera_journal *journal, sqlite3_stmt *statement, bool *row);
/** Steps one that gives no row, and finalises it. */
mera_code mera_journal_finish(mera_journal *journal, sqlite3_stmt *statement);
/** A text column, NULL where it is null, copied. */
mera_code mera_journal_text(sqlite3_stmt *statement, int column, mera_arena *arena,
                            const char **out);
/** A number, NaN where it is null. */
double mera_journal_number(sqlite3_stmt *statement, int column);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What is odd about a file, case by case: each is kept for the report (the first IO_KEPT of a
 * kind), and either said as an error (the first IO_SAID, then a count) or counted into one warning.
 */
#ifndef MERA_IO_FINDINGS_H
#define MERA_IO_FINDINGS_H

#include "mera/read.h"

enum { IO_SAID = 20, IO_KEPT = 1000, IO_LINES = 8 };

typedef struct io_findings {
    mera_arena *arena; /**< of the report */
    mera_diags *diags; /**< or NULL */
    const char *path;
    mera_finding *list;
    size_t n, room;
    size_t n_errors; /**< that make the reading refuse the file */
} io_findings;

/** Cases of one kind. */
typedef struct io_tally {
    const char *kind; /**< a literal */
    bool refuse;      /**< each case is an error */
    size_t n;
    uint32_t line[IO_LINES]; /**< of the first cases */
} io_tally;

/** Counts a case; false when it need not be put into words any more. */
bool io_tally_count(io_tally *tally, mera_at at);

/** Keeps, and says, a case that was counted. `text` NULL says that memory ran out; `ru` is the text
 * in Russian, or NULL. */
mera_code io_case(io_findings *f, const io_tally *tally, mera_at at, const char *text,
                  const char *ru);

/** Counts a case and puts it into words: `format` and its arguments are only used when needed. */
#define IO_CASE(f, tally, at, ...)                                                       \
    (io_tally_count((tally), (at))                                                       \
         ? io_case((f), (tally), (at), mera_arena_printf((f)->arena, __VA_ARGS__), NULL) \
         : MERA_OK)

/** Likewise, by a format in English and one in Russian of the same arguments. */
#define IO_CASE_IN(f, tally, at, en, ru, ...)                                            \
    (io_tally_count((tally), (at))                                                       \
         ? io_case((f), (tally), (at), mera_arena_printf((f)->arena, en, ##__VA_ARGS__), \
                   mera_arena_printf((f)->arena, ru, ##__VA_ARGS__))                     \
         : MERA_OK)

/** A way out for the first case of a kind, said just before; nothing when it is not refused. */
void io_first_hint(io_findings *f, const io_tally *tally, const char *hint);

/** Keeps a finding without saying it. */
mera_code io_find(io_findings *f, const char *kind, mera_at at, const char *text);

/** Likewise, with its text in Russian. */
mera_code io_find_in(io_findings *f, const char *kind, mera_at at, const char *text,
                     const char *ru);

/** At the end of a file: "and 3 more ...", or one warning "...: 23 (lines 3, 9, ...)" */
mera_code io_tally_end(io_findings *f, const io_tally *tally, const char *what);

/** Records an error and counts it. */
#define IO_FAIL(f, ...) ((f)->n_errors++, mera_fail((f)->diags, MERA_EINPUT, __VA_ARGS__))

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What went wrong and where: result codes, places in files, diagnostics.
 *
 * A function that can fail returns a mera_code and says why, once, into the mera_diags it was
 * given. Callers pass the code up with MERA_TRY and may add the place they know with mera_within().
 * All problems of an input are collected before it is refused, so a user sees them in one go.
 */
#ifndef MERA_ERROR_H
#define MERA_ERROR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mera/arena.h"

/** What a function reports to its caller. The command line maps it to its exit status. */
typedef enum mera_code {
    MERA_OK = 0,
    MERA_EINPUT, /**< a methodology, data file or plugin was refused: exit 1 */
    MERA_EUSAGE, /**< the call itself was wrong (an unknown option or name): exit 2 */
    MERA_ELIMIT, /**< a limit was reached (size, depth, instructions, memory of a plugin): exit 3 */
    MERA_ESYSTEM, /**< the operating system said no: exit 3 */
    MERA_ENOMEM,  /**< memory ran out: exit 3; nothing is said into the diagnostics */
} mera_code;

/** Leaves the calling function with the code of `call` unless that is MERA_OK. */
#define MERA_TRY(call)                           \
    do {                                         \
        const mera_code mera_try_code_ = (call); \
        if (mera_try_code_ != MERA_OK) {         \
            return mera_try_code_;               \
        }                                        \
    } while (0)

/** A place in a file. Lines and columns count from 1, columns in characters; 0 says unknown. */
typedef struct mera_at {
    const char *file; /**< as the user named it; NULL when the place is not in a file */
    uint32_t line;
    uint32_t column;
    uint32_t length; /**< characters to underline; 0 counts as 1 */
} mera_at;

/** As a length: line and column are a row and a column of a sheet, printed as `file!C12`. */
#define MERA_AT_CELL UINT32_MAX

/** No place. */
#define MERA_NOWHERE ((mera_at){NULL, 0, 0, 0})

typedef enum mera_severity { MERA_NOTE, MERA_WARNING, MERA_ERROR } mera_severity;

/** One step of the way up from where a problem was found. */
typedef struct mera_frame {
    mera_at at;
    const char *text; /**< "in step 'impute' of indicator 'air'" */
} mera_frame;

/** One problem. Strings live as long as the diagnostics they came from. */
typedef struct mera_diag {
    mera_severity severity;
    const char *id; /**< a stable short name, "unknown-key"; literals only */
    mera_at at;
    const char *message; /**< one line: what was found, what is allowed */
    const char *hint;    /**< one line, a way out; or NULL */
    const mera_frame *frames;
    size_t n_frames;
} mera_diag;

/** A growing list of problems. It is not shared between threads: merge instead. */
typedef struct mera_diags mera_diags;

/** A new, empty list that lives in `arena`. NULL when memory ran out. */
mera_diags *mera_diags_new(mera_arena *arena);

/** Lends the text of a file, so that a diagnostic can print the line and a caret. Not copied. */
void mera_diags_source(mera_diags *diags, const char *file, const char *text, size_t length);

/**
 * Records an error and returns `code`, so that `return mera_fail(...)` is one statement.
 * `diags` may be NULL: then nothing is recorded. `id` must be a literal.
 */
mera_code mera_fail(mera_diags *diags, mera_code code, const char *id, mera_at at,
                    const char *format, ...) __attribute__((format(printf, 5, 6)));

/** Records a warning: the run goes on, the user is told. */
void mera_warn(mera_diags *diags, const char *id, mera_at at, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/** Records a note: something the engine decided that a user may want to know. */
void mera_note(mera_diags *diags, const char *id, mera_at at, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/** Adds a way out to the problem recorded last. */
void mera_hint(mera_diags *diags, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** Adds a frame to the problem recorded last and returns `code`: for the way up. */
mera_code mera_within(mera_diags *diags, mera_code code, mera_at at, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/** Returns `code` of a problem that was recorded some time before: frames that are added on the way
 * up go nowhere, as the problem has those of the first way. */
mera_code mera_said_before(mera_diags *diags, mera_code code);

/** Appends a problem of another list, copying its texts. */
mera_code mera_diags_add(mera_diags *to, const mera_diag *problem);

/** Appends the problems of `from` to `to`, copying their texts. Lent files (mera_diags_source) stay
 * with `from`: lend them to `to` as well when they live long enough. */
mera_code mera_diags_merge(mera_diags *to, const mera_diags *from);

/** How many problems of just this severity there are. */
size_t mera_diags_count(const mera_diags *diags, mera_severity severity);

/** How many problems there are in all. */
size_t mera_diags_size(const mera_diags *diags);

/** The message of the error recorded first; NULL = there is none. */
const char *mera_diags_first_error(const mera_diags *diags);

/** The problem number `index`, in the order of recording. */
const mera_diag *mera_diags_get(const mera_diags *diags, size_t index);

/** Sorts by file (in the order first met), line and column, keeping the order of equals. */
void mera_diags_sort(mera_diags *diags);

/**
 * The problem as text: `file:line:column: error: message [id]`, the line and a caret when the text
 * of the file is known, the frames, the hint. Each line ends with a newline. NULL when memory ran
 * out.
 */
const char *mera_diag_text(const mera_diags *diags, const mera_diag *diag, mera_arena *arena);

#endif

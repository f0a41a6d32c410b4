/* SPDX-License-Identifier: Apache-2.0 */
/** @file What is odd about a file: counting, keeping and saying cases. */
#include "io/findings.h"

#include "base/grow.h"
#include "base/text.h"

bool io_tally_count(io_tally *tally, mera_at at)
{
    if (tally->n < IO_LINES) {
        tally->line[tally->n] = at.line;
    }
    return ++tally->n <= IO_KEPT;
}

mera_code io_find_in(io_findings *f, const char *kind, mera_at at, const char *text, const char *ru)
{
    mera_finding *list = mera_grown(f->arena, f->list, &f->room, f->n + 1, sizeof *list);
    MERA_TRY_PTR(text);
    MERA_TRY_PTR(list);
    f->list = list;
    list[f->n++] = (mera_finding){kind, at, text, ru == NULL ? text : ru};
    return MERA_OK;
}

mera_code io_find(io_findings *f, const char *kind, mera_at at, const char *text)
{
    return io_find_in(f, kind, at, text, NULL);
}

mera_code io_case(io_findings *f, const io_tally *tally, mera_at at, const char *text,
                  const char *ru)
{
    MERA_TRY(io_find_in(f, tally->kind, at, text, ru));
    if (tally->refuse && tally->n <= IO_SAID) {
        IO_FAIL(f, tally->kind, at, "%s", text);
    }
    return MERA_OK;
}

void io_first_hint(io_findings *f, const io_tally *tally, const char *hint)
{
    if (tally->refuse && tally->n == 1) {
        mera_hint(f->diags, "%s", hint);
    }
}

mera_code io_tally_end(io_findings *f, const io_tally *tally, const char *what)
{
    const mera_at at = {.file = f->path};
    if (tally->refuse) {
        if (tally->n > IO_SAID) {
            IO_FAIL(f, tally->kind, at, "and %zu more %s", tally->n - IO_SAID, what);
        }
        return MERA_OK;
    }
    if (tally->n == 0) {
        return MERA_OK;
    }
    mera_text lines = {.arena = f->arena};
    const size_t n = tally->n < IO_LINES ? tally->n : IO_LINES;
    for (size_t i = 0; i < n; i++) {
        mera_text_addf(&lines, "%s%u", i == 0 ? "" : ", ", tally->line[i]);
    }
    mera_text_add(&lines, tally->n > n ? ", ..." : "");
    MERA_TRY_PTR(mera_text_string(&lines));
    mera_warn(f->diags, tally->kind, at, "%s: %zu (line%s %s)", what, tally->n,
              tally->n == 1 ? "" : "s", lines.data);
    return MERA_OK;
}

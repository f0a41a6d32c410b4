/* SPDX-License-Identifier: Apache-2.0 */
/** @file A row's code as its unit's last one, where codes changed between periods. */
#include "io/codes.h"
#include "io/reader.h"

#include <string.h>

mera_code read_codes_start(read_file *f)
{
    read_all *all = f->all;
    const mera_recode *recode = f->source->codes;
    f->late = (io_tally){.kind = "late-code"};
    f->ambiguous = (io_tally){.kind = "ambiguous-code", .refuse = true};
    for (size_t i = 0; recode != NULL && i < all->request->n_sources; i++) {
        if (all->codes[i] != NULL && all->request->source[i].codes == recode) {
            f->codes = all->codes[i]; /* all sources share one table */
            return MERA_OK;
        }
    }
    if (recode == NULL) {
        return MERA_OK;
    }
    MERA_TRY(code_table_read(recode, all->scratch, all->diags, &all->codes[f->index]));
    f->codes = all->codes[f->index];
    return MERA_OK;
}

/* What the row says of its period, wanted or not. */
static mera_slice codes_period(const read_file *f)
{
    const char *whole = f->source->period_is;
    if (f->period != SIZE_MAX) {
        return mera_slice_trim(f->table->csv.field[f->period]);
    }
    return whole == NULL ? (mera_slice){"", 0} : (mera_slice){whole, strlen(whole)};
}

/* Before and after are asked of the periods of file and table, so both must be of one kind. */
static bool codes_have_order(read_file *f, mera_slice period)
{
    const code_change *change = f->codes->change;
    if (!f->codes->timed || period.n == 0 ||
        code_comparable(period, (mera_slice){change->since, strlen(change->since)})) {
        return true;
    }
    if (!f->no_order) {
        f->no_order = true;
        IO_FAIL(&f->table->findings, "bad-codes", io_table_row(f->table),
                "the period '%.*s' and '%s' of %s:%u: a number and a text have no order",
                (int)period.n, period.at, change->since, f->codes->path, change->line);
        mera_hint(f->all->diags, "write the periods in %s as the data write theirs",
                  f->codes->path);
    }
    return false;
}

mera_code read_codes_follow(read_file *f, mera_slice *key)
{
    code_taken taken;
    const char *code = mera_map_key(f->codes->from, key->at, key->n);
    f->codes->n_met += code != NULL || mera_map_get(f->codes->to, key->at, key->n) != SIZE_MAX;
    if (code == NULL || !codes_have_order(f, codes_period(f))) {
        return MERA_OK; /* it never changed */
    }
    const char *last = code_last(f->codes, code, codes_period(f), &taken);
    const mera_at at = io_table_at(f->table, f->key[0]);
    *key = (mera_slice){last, strlen(last)};
    f->n_recoded += taken == CODE_FOLLOWED || taken == CODE_LATE;
    if (taken == CODE_LATE) {
        return IO_CASE(&f->table->findings, &f->late, at,
                       "'%s' is '%s' by now: the code was replaced before this period", code, last);
    }
    if (taken != CODE_AMBIGUOUS) {
        return MERA_OK;
    }
    MERA_TRY(IO_CASE(&f->table->findings, &f->ambiguous, at,
                     "'%s' belonged to several units or changed twice (%s), and no period says "
                     "which is meant",
                     code, f->codes->path));
    io_first_hint(&f->table->findings, &f->ambiguous,
                  "'period' or 'period_is' in the entry of 'data' says the period");
    return MERA_OK;
}

mera_code read_codes_end(read_file *f)
{
    io_findings *found = &f->table->findings;
    if (f->codes == NULL) {
        return MERA_OK;
    }
    MERA_TRY(io_tally_end(found, &f->ambiguous, "codes that no period tells apart"));
    MERA_TRY(
        io_tally_end(found, &f->late, "rows with a code that was replaced before their period"));
    if (f->n_recoded > 0) {
        mera_note(found->diags, "codes", (mera_at){.file = found->path},
                  "rows counted under a later code of their unit, by %s: %zu", f->codes->path,
                  f->n_recoded);
    }
    return MERA_OK;
}

/* A table none of whose codes is in the data is most likely written otherwise. */
static void codes_unmet(const read_all *all, const code_table *table)
{
    if (table->n > 0 && table->n_met == 0 && all->n_errors == 0) {
        mera_warn(all->diags, "codes-unmet", (mera_at){.file = table->path},
                  "no code of the table is in the data: changes %zu, the first '%s' to '%s'",
                  table->n, table->change->from, table->change->to);
        mera_hint(all->diags, "codes are compared letter by letter: leading zeros, blanks and the "
                              "number of digits count");
    }
}

mera_code read_codes_files(read_all *all)
{
    size_t number = 0;
    for (size_t i = 0; i < all->request->n_sources; i++) {
        if (all->codes[i] != NULL) {
            const mera_file file = {.path = all->codes[i]->path,
                                    .sha256 = all->codes[i]->sha256,
                                    .encoding = "utf-8",
                                    .n_rows = all->codes[i]->n};
            MERA_TRY(mera_builder_file(all->b, &file, &number));
            codes_unmet(all, all->codes[i]);
        }
    }
    return MERA_OK;
}

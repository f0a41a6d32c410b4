/* SPDX-License-Identifier: Apache-2.0 */
/** @file What the tests of engine/io share: files made for one test, and what was said about them.
 */
#ifndef MERA_IO_TEST_H
#define MERA_IO_TEST_H

#include "mera_test.h"

#include "base/text.h"
#include "mera/read.h"

#include <stdlib.h>
#include <unistd.h>

typedef struct fixture {
    mera_arena *arena;
    mera_diags *diags;
    mera_dataset *data;
    mera_read_report report;
    char folder[64];
    size_t n_files;
    const char *file[64];
} fixture;

static inline int setup(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    f->arena = mera_arena_new();
    f->diags = mera_diags_new(f->arena);
    snprintf(f->folder, sizeof f->folder, "%s/mera_test_XXXXXX", P_tmpdir);
    assert_non_null(mkdtemp(f->folder));
    *state = f;
    return 0;
}

static inline int teardown(void **state)
{
    fixture *f = *state;
    for (size_t i = 0; i < f->n_files; i++) {
        unlink(f->file[i]);
    }
    assert_int_equal(rmdir(f->folder), 0);
    mera_arena_free(f->arena);
    free(f);
    return 0;
}

/** A file that lives as long as the test. */
static inline const char *given_bytes(fixture *f, const char *name, const char *bytes, size_t n)
{
    const char *path = mera_arena_printf(f->arena, "%s/%s", f->folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, n, file), n);
    assert_int_equal(fclose(file), 0);
    f->file[f->n_files++] = path;
    return path;
}

static inline const char *given(fixture *f, const char *name, const char *text)
{
    return given_bytes(f, name, text, strlen(text));
}

/** A file of tests/data/csv. */
static inline const char *kept(fixture *f, const char *name)
{
    return mera_arena_printf(f->arena, "%s/tests/data/csv/%s", MERA_SOURCE_DIR, name);
}

/** Reads sources; every number becomes a column when `request` names none. */
static inline mera_code read_request(fixture *f, mera_read_request request,
                                     const mera_source *sources, size_t n)
{
    request.source = sources;
    request.n_sources = n;
    f->data = NULL;
    return mera_data_read(&request, f->arena, f->diags, &f->data, &f->report);
}

static inline mera_code read_one(fixture *f, mera_source source)
{
    return read_request(f, (mera_read_request){0}, &source, 1);
}

/** "3:5: error: message [id] (hint)" of problem `i`, or "" when there are fewer. */
static inline const char *said(fixture *f, size_t i)
{
    static const char *const severities[] = {"note", "warning", "error"};
    if (i >= mera_diags_size(f->diags)) {
        return "";
    }
    const mera_diag *d = mera_diags_get(f->diags, i);
    return mera_arena_printf(f->arena, "%u:%u: %s: %s [%s]%s%s%s", d->at.line, d->at.column,
                             severities[d->severity], d->message, d->id,
                             d->hint == NULL ? "" : " (", d->hint == NULL ? "" : d->hint,
                             d->hint == NULL ? "" : ")");
}

/** Nothing was said, or it is printed and the test fails. */
static inline void assert_quiet(fixture *f)
{
    for (size_t i = 0; i < mera_diags_size(f->diags); i++) {
        print_error("said: %s\n", said(f, i));
    }
    assert_int_equal(mera_diags_size(f->diags), 0);
}

static inline double number_at(const fixture *f, const char *column, const char *unit,
                               const char *period)
{
    const mera_column *c = mera_dataset_column(f->data, column);
    const size_t u = mera_dataset_unit(f->data, unit), p = mera_dataset_period(f->data, period);
    assert_non_null(c);
    assert_true(u != SIZE_MAX);
    assert_true(p != SIZE_MAX);
    return c->value[p * f->data->n_units + u];
}

static inline mera_reason reason_at(const fixture *f, const char *column, const char *unit,
                                    const char *period)
{
    const mera_column *c = mera_dataset_column(f->data, column);
    const size_t u = mera_dataset_unit(f->data, unit), p = mera_dataset_period(f->data, period);
    assert_non_null(c);
    return MERA_REASON(c->state[p * f->data->n_units + u]);
}

static inline const char *text_at(const fixture *f, const char *attribute, const char *unit,
                                  const char *period)
{
    const mera_attribute *a = mera_dataset_attribute(f->data, attribute);
    const size_t u = mera_dataset_unit(f->data, unit), p = mera_dataset_period(f->data, period);
    assert_non_null(a);
    const int32_t code = a->code[p * f->data->n_units + u];
    return code < 0 ? NULL : a->level[code];
}

/** How many findings of a kind a file has. */
static inline size_t found(const mera_file_report *report, const char *kind)
{
    size_t n = 0;
    for (size_t i = 0; i < report->n_findings; i++) {
        n += strcmp(report->finding[i].kind, kind) == 0;
    }
    return n;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
#define COUNT(list) (sizeof(list) / sizeof *(list))

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/** @file mera data describe: what is in files, by themselves or as a methodology reads them. */
#include "base/grow.h"
#include "cli/session.h"
#include "io/file.h"

#include <string.h>

static mera_code data_write(cli *c, const mera_file_report *file, size_t n)
{
    if (cli_format_is(c, "json")) {
        return mera_report_describe_json(file, n, &c->out);
    }
    if (cli_wants_rows(c)) {
        MERA_TRY(cli_rows_begin(c, NULL));
        for (size_t i = 0; i < n && cli_format_is(c, "csv"); i++) {
            if (file[i].n_findings > 0) {
                mera_note(c->diags, "noticed", (mera_at){.file = file[i].path},
                          "noticed: %zu, which are not in CSV; '--format table' shows them",
                          file[i].n_findings);
            }
        }
        return mera_report_describe_rows(file, n, c->view.language, &c->rows);
    }
    for (size_t i = 0; i < n; i++) {
        mera_text_add(&c->out, i > 0 ? "\n" : "");
        MERA_TRY(mera_report_describe_table(&file[i], &c->view, c->arena, &c->out));
    }
    return MERA_OK;
}

/** The files to be looked at. */
typedef struct data_list {
    mera_source *v;
    size_t n, room;
} data_list;

static mera_code data_add(cli *c, data_list *list, const mera_source *source, size_t n)
{
    mera_source *grown = mera_grown(c->arena, list->v, &list->room, list->n + n, sizeof *grown);
    MERA_TRY_PTR(grown);
    list->v = grown;
    for (size_t i = 0; i < n; i++) {
        mera_source *one = &grown[list->n++];
        *one = source[i];
        one->encoding = c->args.encoding != NULL ? c->args.encoding : one->encoding;
        one->table = c->args.table != NULL ? c->args.table : one->table;
        one->query = c->args.query != NULL ? c->args.query : one->query;
        one->sheet = c->args.sheet != NULL ? c->args.sheet : one->sheet;
        one->range = c->args.range != NULL ? c->args.range : one->range;
        one->header_rows = c->args.header_rows.given ? c->args.header_rows.value : one->header_rows;
    }
    return MERA_OK;
}

static bool data_is_methodology(const char *path)
{
    const char *dot = strrchr(path, '.');
    return mera_file_is_folder(path) || mera_streq(dot, ".yaml") || mera_streq(dot, ".yml");
}

/* The files of a methodology, read as its `data:` says; or a file by itself. */
static mera_code data_operand(cli *c, const char *path, data_list *list)
{
    const mera_source alone = {.path = path};
    cli_session *session;
    mera_source *source;
    size_t n = 0;
    if (!data_is_methodology(path)) {
        return data_add(c, list, &alone, 1);
    }
    MERA_TRY(cli_session_open(c, path, NULL, CLI_PROJECT, &session));
    MERA_TRY(mera_project_sources(session->project, NULL, 0, c->arena, c->diags, &source, &n));
    return data_add(c, list, source, n);
}

mera_code cli_data_describe(cli *c)
{
    data_list list = {.n = 0};
    mera_file_report *file;
    mera_code code = MERA_OK;
    for (size_t i = 0; i < c->args.operands.n; i++) {
        MERA_TRY(data_operand(c, c->args.operands.v[i], &list));
    }
    MERA_TRY_NEW(file, c->arena, list.n);
    for (size_t i = 0; i < list.n; i++) { /* every file is looked at: all problems at once */
        const mera_code one = mera_data_describe(&list.v[i], c->arena, c->diags, &file[i]);
        code = code == MERA_OK ? one : code;
    }
    MERA_TRY(code);
    return data_write(c, file, list.n);
}

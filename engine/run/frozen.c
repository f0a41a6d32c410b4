/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Reading a file of frozen numbers: the CSV that mera_fits_csv() writes, perhaps below comments.
 * A sum over the lines, when the comments have one, tells whether somebody changed them.
 */
#include "run/frozen.h"

#include "base/hash.h"
#include "base/math.h"
#include "base/number.h"
#include "base/text.h"
#include "io/file.h"

#include <string.h>

enum { FROZEN_MAX_BYTES = 1 << 28 };

/** A file being read. */
typedef struct frozen_reader {
    run_frozen *frozen;
    const mera_use *use; /**< who asked first */
    const char *at;      /**< the file has a NUL after its end */
    const char *line_start;
    uint32_t line;
    size_t n_fields; /**< of the header */
    mera_arena *arena;
    mera_diags *diags;
} frozen_reader;

static mera_at frozen_here(const frozen_reader *r, const char *at)
{
    return (mera_at){r->frozen->path, r->line, (uint32_t)(at - r->line_start) + 1, 0};
}

/** Adds who asked for the file. */
static mera_code frozen_refuse(const frozen_reader *r, const char *hint)
{
    mera_hint(r->diags, "%s", hint);
    return mera_within(r->diags, MERA_EINPUT, r->use->reference.frozen_at,
                       "in the frozen reference of '%s'", r->use->op->name);
}

static void frozen_next_line(frozen_reader *r)
{
    r->at += strcspn(r->at, "\n");
    r->at += *r->at == '\n';
    r->line_start = r->at;
    r->line++;
}

/* ---- comments ---- */

/** The rest of the line when it begins so; NULL when it does not, or memory ran out. */
static const char *frozen_after(const frozen_reader *r, const char *prefix)
{
    const size_t n = strlen(prefix);

    return strncmp(r->at, prefix, n) != 0
               ? NULL
               : mera_arena_strndup(r->arena, r->at + n, strcspn(r->at + n, "\r\n"));
}

static mera_code frozen_check_sum(frozen_reader *r, const char *wanted)
{
    const mera_at at = frozen_here(r, r->at);
    char hex[65];

    frozen_next_line(r);
    mera_sha256_of(r->at, strlen(r->at), hex);
    if (mera_streq(hex, wanted)) {
        return MERA_OK;
    }
    (void)mera_fail(r->diags, MERA_EINPUT, "edited-frozen", at,
                    "the lines below are not those that 'mera freeze' wrote: their sum is %.12s…",
                    hex);
    return frozen_refuse(r, "freeze again; or, if the change is meant, take this comment out");
}

/** Takes "climate 1.0.0 8327f6a3…" in; what somebody wrote in another way says nothing. */
static mera_code frozen_plugin(frozen_reader *r, const char *said)
{
    const char *blank = strchr(said, ' '), *last = strrchr(said, ' ');
    run_frozen_plugin *plugin;

    if (blank == NULL || blank == last) {
        return MERA_OK;
    }
    MERA_TRY_NEW(plugin, r->arena, 1);
    plugin->id = mera_arena_strndup(r->arena, said, (size_t)(blank - said));
    plugin->version = mera_arena_strndup(r->arena, blank + 1, (size_t)(last - blank) - 1);
    plugin->sha256 = last + 1;
    plugin->line = r->line;
    plugin->next = r->frozen->plugin;
    r->frozen->plugin = plugin;
    return plugin->id != NULL && plugin->version != NULL ? MERA_OK : MERA_ENOMEM;
}

static mera_code frozen_comments(frozen_reader *r)
{
    if (strncmp(r->at, "\xef\xbb\xbf", 3) == 0) {
        r->at += 3;
        r->line_start += 3;
    }
    while (*r->at == '#') {
        const char *id = frozen_after(r, MERA_RUN_FROZEN_METHODOLOGY);
        const char *plugin = frozen_after(r, MERA_RUN_FROZEN_PLUGIN);
        const char *sum = frozen_after(r, MERA_RUN_FROZEN_SUM);

        if (sum != NULL) {
            MERA_TRY(frozen_check_sum(r, sum));
            continue;
        }
        MERA_TRY(plugin != NULL ? frozen_plugin(r, plugin) : MERA_OK);
        if (id != NULL) {
            r->frozen->methodology = id;
            r->frozen->methodology_line = r->line;
        }
        frozen_next_line(r);
    }
    return MERA_OK;
}

/* ---- lines ---- */

/** One field of RFC 4180, without its quotes. Moves on past it, not past the separator. */
static mera_code frozen_field(frozen_reader *r, const char **out)
{
    const char *from = r->at;
    char *text;
    size_t n = 0;

    if (*from != '"') {
        r->at += strcspn(from, ",\r\n");
        *out = mera_arena_strndup(r->arena, from, (size_t)(r->at - from));
        return *out == NULL ? MERA_ENOMEM : MERA_OK;
    }
    r->at++;
    text = mera_arena_alloc(r->arena, strcspn(r->at, "\n") + 1, 1);
    MERA_TRY_PTR(text);
    while (*r->at != '\0' && *r->at != '\n') {
        if (*r->at == '"' && *++r->at != '"') {
            break;
        }
        text[n++] = *r->at++;
    }
    text[n] = '\0';
    *out = text;
    return MERA_OK;
}

static mera_code frozen_bad_value(frozen_reader *r, const char *value_at, const char *value)
{
    (void)mera_fail(r->diags, MERA_EINPUT, "bad-frozen-file", frozen_here(r, value_at),
                    "'%.40s' is no number", value);
    return frozen_refuse(r, "freeze again, or write the number with a decimal point");
}

static mera_code frozen_line(frozen_reader *r, run_frozen_row *row)
{
    const char *value_at = r->at, *spare;
    size_t n = 0;

    *row = (run_frozen_row){.line = r->line, .value = NAN, .next = SIZE_MAX};
    for (;;) {
        if (n == FROZEN_VALUE) {
            value_at = r->at;
        }
        MERA_TRY(frozen_field(r, n < FROZEN_FIELDS ? &row->field[n] : &spare));
        n++;
        if (*r->at != ',') {
            break;
        }
        r->at++;
    }
    if (n != r->n_fields) {
        (void)mera_fail(r->diags, MERA_EINPUT, "bad-frozen-file", frozen_here(r, r->line_start),
                        "a line of frozen numbers has the fields %s; this one has %zu",
                        MERA_RUN_FROZEN_HEADER, n);
        return frozen_refuse(r, "freeze again, or take the line out");
    }
    const char *value = row->field[FROZEN_VALUE];
    if (value[0] != '\0' && !mera_number_read(value, strlen(value), &row->value)) {
        return frozen_bad_value(r, value_at, value);
    }
    return MERA_OK;
}

static size_t frozen_count_lines(const char *bytes)
{
    size_t n = 1;

    for (const char *c = bytes; *c != '\0'; c++) {
        n += *c == '\n';
    }
    return n;
}

static mera_code frozen_rows(frozen_reader *r)
{
    run_frozen *frozen = r->frozen;

    MERA_TRY_NEW(frozen->row, r->arena, frozen_count_lines(r->at));
    while (*r->at != '\0') {
        MERA_TRY(frozen_line(r, &frozen->row[frozen->n]));
        frozen->n++;
        frozen_next_line(r);
    }
    return MERA_OK;
}

/** Only the first seven names are required. */
static mera_code frozen_header(frozen_reader *r)
{
    const size_t all = strlen(MERA_RUN_FROZEN_HEADER), least = all - strlen(",params");
    const size_t n = strcspn(r->at, "\r\n");

    if ((n == all || n == least) && strncmp(r->at, MERA_RUN_FROZEN_HEADER, n) == 0) {
        r->n_fields = n == all ? FROZEN_FIELDS : FROZEN_PARAMS;
        frozen_next_line(r);
        return MERA_OK;
    }
    (void)mera_fail(r->diags, MERA_EINPUT, "bad-frozen-file", frozen_here(r, r->at),
                    "a file of frozen numbers begins with the line '%s'", MERA_RUN_FROZEN_HEADER);
    return frozen_refuse(r, "'mera freeze METHODOLOGY -o FILE' writes one");
}

/* ---- the index ---- */

/** The key of a fit in run_frozen.fit. NULL = no memory. */
static const char *frozen_key(const char *op, const char *subject, const char *group,
                              mera_arena *arena)
{
    return mera_arena_printf(arena, "%s\n%s\n%s", op, subject, group);
}

/** Chains the rows of each fit in their order: from the last row to the first. */
static mera_code frozen_index(run_frozen *frozen, mera_arena *arena)
{
    size_t *head, n_fits = 0;

    MERA_TRY(mera_map_new(arena, frozen->n + 1, &frozen->fit));
    MERA_TRY_NEW(head, arena, frozen->n);
    for (size_t i = frozen->n; i-- > 0;) {
        run_frozen_row *row = &frozen->row[i];
        const char *key = frozen_key(row->field[FROZEN_OP], row->field[FROZEN_SUBJECT],
                                     row->field[FROZEN_GROUP], arena);
        size_t fit;
        bool added;

        MERA_TRY_PTR(key);
        MERA_TRY(mera_map_put(frozen->fit, key, strlen(key), n_fits, &fit, &added));
        fit = added ? n_fits++ : fit;
        row->next = added ? SIZE_MAX : head[fit];
        head[fit] = i;
    }
    frozen->head = head;
    return MERA_OK;
}

static mera_code frozen_open(mera_project *project, const mera_use *use, const char *path,
                             mera_diags *diags, run_frozen **out)
{
    frozen_reader r = {.use = use, .line = 1, .arena = project->arena, .diags = diags};
    const char *bytes;
    size_t n;

    MERA_TRY_NEW(r.frozen, r.arena, 1);
    r.frozen->path = path;
    const mera_code code = mera_file_read(path, FROZEN_MAX_BYTES, use->reference.frozen_at, r.arena,
                                          diags, &bytes, &n);
    if (code == MERA_EINPUT) {
        mera_hint(diags, "'mera freeze METHODOLOGY -o FILE' writes what is fitted into a file");
    }
    MERA_TRY(code);
    mera_diags_source(diags, path, bytes, n);
    mera_sha256_of(bytes, n, r.frozen->sha256);
    r.at = r.line_start = bytes;
    MERA_TRY(frozen_comments(&r));
    MERA_TRY(frozen_header(&r));
    MERA_TRY(frozen_rows(&r));
    MERA_TRY(frozen_index(r.frozen, r.arena));
    *out = r.frozen;
    return MERA_OK;
}

mera_code mera_run_frozen_read(mera_plan *plan, const mera_use *use, mera_diags *diags,
                               const run_frozen **out)
{
    mera_project *project = plan->project;
    /* what --set says is in no file: it is meant from the methodology's folder */
    const mera_at named = use->reference.frozen_at;
    const char *base = named.line > 0 ? named.file : plan->methodology->path;
    const char *path = mera_path_beside(base, use->reference.frozen, project->arena);
    run_frozen *made;

    MERA_TRY_PTR(path);
    for (const run_frozen *known = project->frozen; known != NULL; known = known->next) {
        if (mera_streq(known->path, path)) {
            *out = known;
            return MERA_OK;
        }
    }
    if (mera_streq(plan->frozen_refused, path)) {
        return mera_said_before(diags, MERA_EINPUT);
    }
    const mera_code rc = frozen_open(project, use, path, diags, &made);
    plan->frozen_refused = rc == MERA_OK ? plan->frozen_refused : path;
    MERA_TRY(rc);
    made->next = project->frozen;
    project->frozen = made;
    *out = made;
    return MERA_OK;
}

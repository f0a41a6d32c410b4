/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * mera plugin repl: expressions over the columns of a file, and over the indicators of a plugin, a
 * line each; from a terminal or a pipe. It answers line by line, so it writes as it goes.
 */
#include "cli/plugin_tools.h"
#include "lua/compute.h"
#include "report/plugin.h"
#include "report/style.h"
#include "report/words.h"

#include <string.h>
#include <unistd.h>

#include "base/math.h"
#include "base/number.h"

enum { REPL_SHOWN = 5, REPL_LINE = 16384 };

/* What a line may speak of. */
typedef struct repl {
    cli *c;
    cli_plugin p;
    mera_sample sample;
    mera_formulas *formulas;
    mera_arena *arena; /* of the line under way */
    mera_diags *diags;
    cli_list name; /* columns, then texts, then indicators of the plugin */
    mera_around around;
} repl;

/* ---- answers ----------------------------------------------------------------------------- */

static void repl_say(repl *r, const mera_text *text)
{
    if (text->n > 0) {
        fwrite(text->data, 1, text->n, r->c->stream);
    }
    fflush(r->c->stream);
}

static const char *repl_word(const repl *r, mera_word word)
{
    return mera_word_in(word, r->c->view.language);
}

static void repl_value(const repl *r, mera_text *out, double x)
{
    char number[32];
    mera_number_write(x, number);
    mera_text_add(out, isnan(x) ? repl_word(r, MERA_WORD_REPL_MISSING) : number);
}

static bool repl_is_number(const double *y, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        if (!(y[i] == y[0] || (isnan(y[i]) && isnan(y[0])))) {
            return false;
        }
    }
    return true;
}

/** One number, or the first units and what the column is like. */
static void repl_show(const repl *r, const double *y, mera_text *out)
{
    const size_t n = r->sample.n;
    double lowest = NAN, highest = NAN, sum = 0;
    size_t present = 0;
    if (repl_is_number(y, n)) {
        repl_value(r, out, y[0]);
        mera_text_add(out, "\n");
        return;
    }
    for (size_t i = 0; i < n; i++) {
        if (!isnan(y[i])) {
            lowest = present == 0 || y[i] < lowest ? y[i] : lowest;
            highest = present == 0 || y[i] > highest ? y[i] : highest;
            sum += y[i];
            present++;
        }
        if (i < REPL_SHOWN) {
            mera_text_addf(out, "  %s: ", r->sample.unit_name[i]);
            repl_value(r, out, y[i]);
            mera_text_add(out, "\n");
        }
    }
    mera_text_addf(out, "  %s%zu %s %zu %s ", n > REPL_SHOWN ? "…\n  " : "", present,
                   repl_word(r, MERA_WORD_OUT_OF), n, repl_word(r, MERA_WORD_REPL_PRESENT));
    repl_value(r, out, lowest);
    mera_text_addf(out, ", %s ", repl_word(r, MERA_WORD_REPL_MEAN));
    repl_value(r, out, sum / (double)present);
    mera_text_addf(out, ", %s ", repl_word(r, MERA_WORD_REPL_HIGHEST));
    repl_value(r, out, highest);
    mera_text_add(out, "\n");
}

/* ---- computing --------------------------------------------------------------------------- */

static const double *repl_column(const repl *r, const char *name)
{
    for (size_t k = 0; k < r->sample.n_columns; k++) {
        if (strcmp(r->sample.column[k], name) == 0) {
            return r->sample.value[k];
        }
    }
    return NULL;
}

/** An indicator of the plugin by name, or NULL. */
static const mera_op *repl_indicator(const repl *r, const char *name)
{
    for (size_t i = 0; r->p.plugin != NULL && i < mera_plugin_n_ops(r->p.plugin); i++) {
        const mera_op *op = mera_plugin_op(r->p.plugin, i);
        const char *dot = strrchr(op->name, '.');
        if (op->derive != NULL && dot != NULL && strcmp(dot + 1, name) == 0) {
            return op;
        }
    }
    return NULL;
}

static mera_code repl_derive(repl *r, const mera_op *op, const double **out)
{
    const double **in;
    size_t k = 0;
    void *params;
    double *y;
    while (op->reads[k] != NULL) {
        k++;
    }
    MERA_TRY_NEW(in, r->arena, k);
    MERA_TRY_NEW(y, r->arena, r->sample.n);
    for (size_t j = 0; j < k; j++) {
        in[j] = repl_column(r, op->reads[j]);
        if (in[j] == NULL) {
            return mera_fail(r->diags, MERA_EINPUT, "missing-column", MERA_NOWHERE,
                             "'%s' reads '%s', which the data do not have", op->name, op->reads[j]);
        }
    }
    MERA_TRY(mera_op_bind(op, NULL, NULL, MERA_NOWHERE, r->arena, r->diags, &params));
    const mera_compute c = {.op = op,
                            .params = params,
                            .arena = r->arena,
                            .diags = r->diags,
                            .n = r->sample.n,
                            .k = k,
                            .in = in,
                            .around = &r->around};
    *out = y;
    return mera_compute_run(&c, y);
}

static mera_code repl_run(repl *r, const char *line, mera_text *out)
{
    mera_formula *formula;
    const double **column;
    double *y;
    MERA_TRY(mera_formula_compile(r->formulas, line, MERA_NOWHERE, r->name.v, r->name.n, r->arena,
                                  r->diags, &formula));
    MERA_TRY_NEW(column, r->arena, mera_formula_n_reads(formula));
    MERA_TRY_NEW(y, r->arena, r->sample.n);
    for (size_t i = 0; i < mera_formula_n_reads(formula); i++) {
        const char *name = mera_formula_read(formula, i);
        const mera_op *op = repl_indicator(r, name);
        column[i] = repl_column(r, name);
        MERA_TRY(column[i] == NULL && op != NULL ? repl_derive(r, op, &column[i]) : MERA_OK);
    }
    MERA_TRY(
        mera_formula_run(formula, column, r->sample.n, NULL, &r->around, r->arena, r->diags, y));
    repl_show(r, y, out);
    return MERA_OK;
}

/* ---- lines ------------------------------------------------------------------------------- */

static void repl_help(const char *name, mera_text *out)
{
    while (*name == ' ') {
        name++;
    }
    if (*name == '\0') {
        mera_text_add(out, "an expression over columns, as in a formula: income / mean(income, "
                           "rent)\ncolumns       what there is\nhelp NAME     what a function "
                           "does\nquit\n");
    } else if (!mera_report_lua_help(name, out)) {
        mera_text_addf(out, "there is no function '%s'; `mera plugin doc` lists them\n", name);
    }
}

static void repl_columns(const repl *r, mera_text *out)
{
    for (size_t i = 0; i < r->name.n; i++) {
        mera_text_addf(out, "%s%s", i > 0 ? ", " : "", r->name.v[i]);
    }
    mera_text_add(out, "\n");
}

/** Answers one line; false at its end. A mistake is told and the next line is read. */
static bool repl_line(repl *r, char *line, mera_code *code)
{
    const cli *c = r->c;
    mera_text out = {.arena = r->arena};
    line[strcspn(line, "\r\n")] = '\0';
    line += strspn(line, " \t");
    if (strcmp(line, "quit") == 0 || strcmp(line, "exit") == 0) {
        return false;
    }
    if (strncmp(line, "help", 4) == 0 && (line[4] == '\0' || line[4] == ' ')) {
        repl_help(line + 4, &out);
    } else if (strcmp(line, "columns") == 0) {
        repl_columns(r, &out);
    } else if (*line != '\0') {
        const mera_code one = repl_run(r, line, &out);
        *code = one == MERA_OK ? *code : one;
    }
    for (size_t i = 0; i < mera_diags_size(r->diags); i++) {
        const mera_diag *diag = mera_diags_get(r->diags, i);
        mera_text_addf(&out, "error: %s\n", diag->message);
        if (diag->hint != NULL) {
            mera_text_addf(&out, "hint: %s\n", diag->hint);
        }
    }
    (void)c;
    repl_say(r, &out);
    return *code != MERA_ENOMEM;
}

static mera_code repl_lines(repl *r)
{
    const bool prompt = isatty(fileno(stdin)) && isatty(fileno(r->c->stream));
    mera_code code = MERA_OK;
    char line[REPL_LINE];
    for (bool more = true; more;) {
        if (prompt) {
            fputs("> ", r->c->stream);
            fflush(r->c->stream);
        }
        if (fgets(line, sizeof line, stdin) == NULL) {
            break;
        }
        r->arena = mera_arena_new();
        r->diags = r->arena == NULL ? NULL : mera_diags_new(r->arena);
        more = r->diags != NULL && repl_line(r, line, &code);
        mera_arena_free(r->arena);
    }
    if (code == MERA_EINPUT || code == MERA_ELIMIT) {
        return mera_fail(r->c->diags, MERA_EINPUT, "repl", MERA_NOWHERE,
                         "some lines had no answer");
    }
    return code;
}

/* ---- opening ----------------------------------------------------------------------------- */

static mera_code repl_names(repl *r)
{
    cli *c = r->c;
    for (size_t i = 0; i < r->sample.n_columns; i++) {
        MERA_TRY(cli_list_add(&r->name, r->sample.column[i], c->arena));
    }
    for (size_t i = 0; i < r->sample.n_labels; i++) {
        MERA_TRY(cli_list_add(&r->name, r->sample.labels[i].name, c->arena));
    }
    for (size_t i = 0; r->p.plugin != NULL && i < mera_plugin_n_ops(r->p.plugin); i++) {
        const mera_op *op = mera_plugin_op(r->p.plugin, i);
        if (op->derive != NULL) {
            MERA_TRY(cli_list_add(&r->name, strrchr(op->name, '.') + 1, c->arena));
        }
    }
    r->around = (mera_around){.n = r->sample.n,
                              .unit_key = r->sample.unit_key,
                              .unit_name = r->sample.unit_name,
                              .labels = r->sample.labels,
                              .n_labels = r->sample.n_labels,
                              .n_periods = 1,
                              .period_label = &r->sample.period};
    return MERA_OK;
}

static mera_code repl_open(repl *r)
{
    cli *c = r->c;
    mera_text_list texts = {0, NULL};
    if (c->args.operands.n > 0) {
        MERA_TRY(cli_plugin_open(c, c->args.operands.v[0], &r->p));
        MERA_TRY(cli_plugin_texts(c, r->p.plugin, &texts));
    }
    if (c->args.data.n > 0) {
        MERA_TRY(cli_plugin_sample(c, c->args.data.v[0], &texts, &r->sample));
    } else if (r->p.plugin != NULL) {
        MERA_TRY(cli_plugin_fixture(c, &r->p, &r->sample));
    }
    if (r->sample.n == 0) {
        const mera_code code = mera_fail(c->diags, MERA_EUSAGE, "no-data", MERA_NOWHERE,
                                         "there are no data to compute with");
        mera_hint(c->diags, "give --data FILE, or a plugin that has tests/fixture.csv");
        return code;
    }
    MERA_TRY(repl_names(r));
    return mera_formulas_open(NULL, &r->formulas);
}

mera_code cli_plugin_repl(cli *c)
{
    repl r = {.c = c};
    mera_code code = repl_open(&r);
    if (code == MERA_OK) {
        code = repl_lines(&r);
    }
    mera_formulas_close(r.formulas);
    cli_plugin_shut(&r.p);
    return code;
}

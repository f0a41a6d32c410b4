/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * From words to an exit status: parse, run the command, deliver its result, tell the problems.
 * 0 done; 1 the input was refused or a check failed; 2 the command line was wrong; 3 a limit or the
 * system failed.
 */
#include "cli/keep.h"

static int cli_status(mera_code code)
{
    switch (code) {
    case MERA_OK:
        return 0;
    case MERA_EINPUT:
        return 1;
    case MERA_EUSAGE:
        return 2;
    case MERA_ELIMIT:
    case MERA_ESYSTEM:
    case MERA_ENOMEM:
        break;
    }
    return 3;
}

static mera_code cli_work(cli *c, int argc, char *const *argv)
{
    if (argc == 2 && mera_streq(argv[1], "--version")) {
        return cli_write_version(&c->out);
    }
    if (argc == 2 && (mera_streq(argv[1], "--help") || mera_streq(argv[1], "-h"))) {
        cli_write_help(NULL, &c->out);
        return MERA_OK;
    }
    const mera_code parsed = cli_parse(argc, argv, c->arena, c->diags, &c->command, &c->args);
    c->view.language = c->diag_view.language = cli_language(c->args.language);
    MERA_TRY(parsed);
    if (c->args.help) {
        cli_write_help(c->command, &c->out);
        return MERA_OK;
    }
    MERA_TRY(cli_choose_format(c));
    return c->command->run(c);
}

int mera_cli_run(int argc, char *const *argv, FILE *out, FILE *err)
{
    return mera_cli_run_with(NULL, argc, argv, out, err);
}

int mera_cli_run_with(const char *worker, int argc, char *const *argv, FILE *out, FILE *err)
{
    cli c = {.arena = mera_arena_new(), .stream = out, .problems = err, .worker = worker};
    mera_code code = MERA_ENOMEM;
    if (c.arena != NULL) {
        c.diags = mera_diags_new(c.arena);
        c.out.arena = c.arena;
        c.view = (mera_view){"en", cli_has_colours(out), cli_width(out)};
        c.diag_view = (mera_view){"en", cli_has_colours(err), cli_width(err)};
        code = c.diags == NULL ? MERA_ENOMEM : cli_work(&c, argc, argv);
        code = code == MERA_OK ? cli_rows_end(&c) : code;
        code = code == MERA_OK ? cli_deliver(&c) : code;
        code = code == MERA_OK && c.failed ? MERA_EINPUT : code;
        cli_tell(&c);
        cli_rows_close(&c);
        cli_keep_close(&c);
        cli_sessions_close(&c);
    }
    if (code == MERA_ENOMEM) {
        fputs("error: memory ran out\n", err);
    } else if (code == MERA_OK && c.done != NULL && !c.args.quiet) {
        fprintf(err, "%s\n", c.done);
    }
    mera_arena_free(c.arena);
    return code == MERA_OK && c.failed ? 1 : cli_status(code);
}

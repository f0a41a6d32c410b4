/* SPDX-License-Identifier: Apache-2.0 */
/** @file mera help: the same pages as --help. */
#include "cli/cli.h"

mera_code cli_help(cli *c)
{
    const size_t n = c->args.operands.n;
    char *word[2] = {NULL, NULL};
    size_t taken;
    if (n == 0) {
        cli_write_help(NULL, &c->out);
        return MERA_OK;
    }
    for (size_t i = 0; i < n; i++) {
        word[i] = mera_arena_strdup(c->arena, c->args.operands.v[i]);
        MERA_TRY_PTR(word[i]);
    }
    const cli_command *command = cli_find_command(word, n, &taken);
    if (command == NULL) {
        return cli_unknown_command(word, n, c->arena, c->diags);
    }
    cli_write_help(command, &c->out);
    return MERA_OK;
}

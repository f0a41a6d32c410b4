/* SPDX-License-Identifier: Apache-2.0 */
/** @file mera schema: the JSON Schema that gives a methodologist completion in an editor. */
#include "cli/cli.h"

mera_code cli_schema(cli *c)
{
    mera_registry *registry;
    MERA_TRY(mera_registry_new(c->arena, &registry));
    const char *text = mera_methodology_schema(registry, c->arena);
    MERA_TRY_PTR(text);
    mera_text_add(&c->out, text);
    return MERA_OK;
}

/* SPDX-License-Identifier: Apache-2.0 */
/** @file mera --version: this program and the libraries inside it that results depend on. */
#include "cli/cli.h"

#include <lua.h>
#include <yaml.h>

mera_code cli_write_version(mera_text *out)
{
    mera_text_addf(out, "%s\n", mera_version());
    mera_text_addf(out, "Lua     %s\n", LUA_RELEASE);
    mera_text_addf(out, "libyaml %s\n", yaml_get_version_string());
    return out->failed ? MERA_ENOMEM : MERA_OK;
}

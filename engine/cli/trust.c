/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Which plugins the user trusts. Only the user says so, on the command line or in their own
 * settings: never the plugin, never the methodology, which strangers write.
 *
 *     # ~/.config/mera/settings.yaml
 *     trusted: [arctic, our-region]
 */
#include <stdlib.h>

#include "cli/cli.h"
#include "io/file.h"
#include "methodology/yaml.h"

enum { TRUST_MAX_BYTES = 1 << 20 };

/** $XDG_CONFIG_HOME/mera/settings.yaml, or that of ~/.config; NULL when there is no such folder. */
static const char *trust_settings(mera_arena *arena)
{
    const char *folder = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    if (folder != NULL && folder[0] == '/') {
        return mera_arena_printf(arena, "%s/mera/settings.yaml", folder);
    }
    return home == NULL ? NULL : mera_arena_printf(arena, "%s/.config/mera/settings.yaml", home);
}

static mera_code trust_wrong(const cli *c, mera_at at)
{
    return mera_fail(c->diags, MERA_EINPUT, "wrong-type", at,
                     "settings are 'trusted: [NAME, …]', names of plugins");
}

/** Adds the names of `trusted:`; anything else in the file is refused, not passed over. */
static mera_code trust_read(const cli *c, const mera_value *settings, cli_list *list)
{
    const mera_value *trusted = mera_value_get(settings, "trusted");
    for (size_t i = 0; settings->kind == MERA_VALUE_MAP && i < settings->n; i++) {
        if (!mera_streq(settings->entries[i].key, "trusted")) {
            return mera_fail(c->diags, MERA_EINPUT, "unknown-key", settings->entries[i].at,
                             "'%s' is not a setting; there is 'trusted'", settings->entries[i].key);
        }
    }
    if (trusted == NULL || trusted->kind != MERA_VALUE_LIST) {
        return trust_wrong(c, settings->at);
    }
    for (size_t i = 0; i < trusted->n; i++) {
        if (trusted->items[i]->text == NULL) {
            return trust_wrong(c, trusted->items[i]->at);
        }
        MERA_TRY(cli_list_add(list, trusted->items[i]->text, c->arena));
    }
    return MERA_OK;
}

static mera_code trust_file(const cli *c, cli_list *list)
{
    const char *path = trust_settings(c->arena), *bytes;
    const mera_value *settings = NULL;
    size_t n;
    if (path == NULL || !mera_file_exists(path)) {
        return MERA_OK;
    }
    MERA_TRY(mera_file_read(path, TRUST_MAX_BYTES, MERA_NOWHERE, c->arena, c->diags, &bytes, &n));
    mera_diags_source(c->diags, path, bytes, n);
    MERA_TRY(mera_yaml_read(bytes, n, path, c->arena, c->diags, &settings));
    return settings->kind == MERA_VALUE_NULL ? MERA_OK : trust_read(c, settings, list);
}

mera_code cli_trusted(const cli *c, mera_text_list *out)
{
    cli_list list = {0};
    for (size_t i = 0; i < c->args.trust.n; i++) {
        MERA_TRY(cli_list_add(&list, c->args.trust.v[i], c->arena));
    }
    MERA_TRY(trust_file(c, &list));
    *out = (mera_text_list){.n = list.n, .v = list.v};
    return MERA_OK;
}

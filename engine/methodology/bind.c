/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Binding a resolved tree: first the tables of keys, then part by part what needs more than one
 * value. Every problem is recorded before the methodology is refused, sorted by place.
 */
#include "methodology/bind.h"

#include <string.h>

#include "base/text.h"
#include "methodology/tree.h"

/* ---- the whole --------------------------------------------------------------------------- */

static void bind_head(mera_binder *b)
{
    mera_methodology *m = b->m;
    const char *id = mera_bind_text(b->tree, "id");
    const double seed = mera_bind_number(b->tree, "seed", 0);
    const mera_title about = mera_bind_title(mera_value_get(b->tree, "description"));
    m->id = id != NULL ? id : "";
    m->version = mera_bind_text(b->tree, "version");
    m->title = mera_bind_title(mera_value_get(b->tree, "title"));
    if (m->title.ru == NULL && m->title.en == NULL) {
        m->title.en = m->id;
    }
    m->description = about.en != NULL ? about.en : about.ru;
    m->seed = seed >= 0 && seed <= 9007199254740992.0 ? (uint64_t)seed : 0;
}

static mera_code bind_parts(mera_binder *b)
{
    static mera_code (*const parts[])(mera_binder *) = {
        mera_bind_plugins, mera_bind_units,      mera_bind_period,      mera_bind_data,
        mera_bind_steps,   mera_bind_indicators, mera_bind_framework,   mera_bind_classify,
        mera_bind_overlay, mera_bind_checks,     mera_bind_rank,        mera_bind_variants,
        mera_bind_grid,    mera_bind_audit,      mera_bind_uncertainty, mera_bind_similar,
        mera_bind_hash,
    };
    bind_head(b);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        MERA_TRY(parts[i](b));
    }
    return MERA_OK;
}

mera_code mera_methodology_bind(const mera_value *tree, const char *path,
                                const mera_registry *registry, mera_arena *arena, mera_diags *diags,
                                const mera_methodology **out)
{
    mera_binder b = {.arena = arena, .registry = registry, .tree = tree};
    *out = NULL;
    b.diags = diags != NULL ? diags : mera_diags_new(arena);
    MERA_TRY_PTR(b.diags);
    const size_t before = mera_diags_count(b.diags, MERA_ERROR);
    MERA_TRY_NEW(b.m, arena, 1);
    b.m->tree = tree;
    b.m->path = mera_arena_strdup(arena, path);
    MERA_TRY_PTR(b.m->path);
    MERA_TRY(mera_keys_check(&mera_level_methodology, tree, arena, b.diags));
    MERA_TRY(bind_parts(&b));
    const bool refused = mera_diags_count(b.diags, MERA_ERROR) > before;
    if (!refused) {
        MERA_TRY(mera_bind_unused(&b));
        *out = b.m;
    }
    mera_diags_sort(b.diags);
    return refused ? MERA_EINPUT : MERA_OK;
}

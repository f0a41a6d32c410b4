/* SPDX-License-Identifier: Apache-2.0 */
/** @file What a methodology asks of its audit: limits and their levels, over the defaults. */
#include "base/math.h"
#include "methodology/bind.h"
#include "methodology/tree.h"

static const mera_limit_row audit_rows[] = {
#define AUDIT_ROW(id, fallback, least, most, side, level, section, help, source) \
    {#id, fallback, side, level, section, help, source},
    MERA_LIMITS(AUDIT_ROW)
#undef AUDIT_ROW
};

static const struct {
    const char *name;
    double fallback;
} audit_settings[] = {
#define AUDIT_ROW(id, fallback, ...) {#id, fallback},
    MERA_AUDIT_SETTINGS(AUDIT_ROW)
#undef AUDIT_ROW
};

const mera_limit_row *mera_limit_rows(void)
{
    return audit_rows;
}

const char *mera_audit_setting_name(mera_audit_setting setting)
{
    return audit_settings[setting].name;
}

/** A number, `none`, or {limit, level}; what is of a wrong type was refused by its key. */
static void audit_limit(const mera_value *said, const mera_limit_row *row, mera_limit *out)
{
    const bool map = said != NULL && said->kind == MERA_VALUE_MAP;
    const mera_value *number = map ? mera_value_get(said, "limit") : said;
    *out = (mera_limit){.value = row->fallback, .level = row->level, .at = MERA_NOWHERE};
    if (said == NULL) {
        return;
    }
    out->own = true;
    out->at = said->at;
    if (number != NULL && number->kind == MERA_VALUE_NUMBER) {
        out->value = number->number;
    } else if (number != NULL && mera_tree_says(number, "none")) {
        out->value = NAN;
    }
    if (map) {
        out->level =
            (mera_limit_level)mera_bind_choice(said, "level", mera_limit_levels, (int)row->level);
    }
}

mera_code mera_bind_audit(mera_binder *b)
{
    const mera_value *audit = mera_value_get(b->tree, "audit");
    for (int i = 0; i < MERA_N_LIMITS; i++) {
        audit_limit(mera_value_get(audit, audit_rows[i].name), &audit_rows[i],
                    &b->m->audit.limit[i]);
    }
    for (int i = 0; i < MERA_N_AUDIT_SETTINGS; i++) {
        b->m->audit.setting[i] =
            mera_bind_number(audit, audit_settings[i].name, audit_settings[i].fallback);
    }
    return MERA_OK;
}

/* SPDX-License-Identifier: Apache-2.0 */
/** @file What a result says about the registration of its methodology. */
#include "base/json.h"
#include "report/record_json.h"
#include "report/report.h"
#include "report/words.h"

enum { REGISTERED_SHOWN = 4 };

static void registered_changes(const mera_registered *r, const char *language, mera_text *out)
{
    const char *none = mera_word_in(MERA_WORD_NOT_SET, language), *separator = ": ";
    for (size_t i = 0; i < r->n_settings && i < REGISTERED_SHOWN; i++) {
        const mera_compare_setting *s = &r->setting[i];
        mera_text_addf(out, "%s%s %s → %s", separator, s->path,
                       s->value[0] != NULL ? s->value[0] : none,
                       s->value[1] != NULL ? s->value[1] : none);
        separator = ", ";
    }
    if (r->n_settings > REGISTERED_SHOWN) {
        mera_text_addf(out, ", … (%zu)", r->n_settings);
    }
    if (r->plugin != NULL) {
        mera_text_addf(out, "%s%s", separator, r->plugin);
    }
}

void mera_report_registered(const mera_registered *registered, const char *language, mera_text *out)
{
    static const mera_word words[] = {MERA_WORD_REGISTRATION, MERA_WORD_REGISTERED_BEFORE,
                                      MERA_WORD_REGISTERED_WITH, MERA_WORD_REGISTERED_CHANGED};
    mera_text_addf(out, "%s (%.10s)", mera_word_in(words[registered->kind], language),
                   registered->at);
    if (registered->kind == MERA_REGISTERED_WITH_DATA) {
        mera_text_addf(out, ": %s", registered->data);
    }
    if (registered->kind == MERA_REGISTERED_CHANGED) {
        registered_changes(registered, language, out);
    }
}

void mera_record_json_registered(mera_json *json, const mera_registered *r)
{
    if (r == NULL) {
        return;
    }
    mera_json_open(json, "registration", '{');
    const char *word = mera_registered_word(r->kind);
    mera_json_text(json, "status", word != NULL ? word : "not-registered");
    if (r->kind != MERA_NOT_REGISTERED) {
        mera_json_text(json, "at", r->at);
        mera_json_text(json, "data_there", r->data);
        mera_json_text(json, "plugin_changed", r->plugin);
        mera_json_open(json, "changed", '[');
        for (size_t i = 0; i < r->n_settings; i++) {
            mera_json_open(json, NULL, '{');
            mera_json_text(json, "path", r->setting[i].path);
            mera_json_text(json, "registered", r->setting[i].value[0]);
            mera_json_text(json, "now", r->setting[i].value[1]);
            mera_json_close(json, '}');
        }
        mera_json_close(json, ']');
    }
    mera_json_close(json, '}');
}

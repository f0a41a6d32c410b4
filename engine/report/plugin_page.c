/* SPDX-License-Identifier: Apache-2.0 */
/** @file The reference page of a plugin, from its manifest alone. */
#include "lua/plugin.h"
#include "report/plugin.h"

#include <math.h>

#include "base/number.h"

static void page_fact(const char *label, const char *text, mera_text *out)
{
    if (text != NULL && *text != '\0') {
        mera_text_addf(out, "- %s: %s\n", label, text);
    }
}

static void page_list(const char *label, const mera_text_list *list, mera_text *out)
{
    if (list->n == 0) {
        return;
    }
    mera_text_addf(out, "- %s: ", label);
    for (size_t i = 0; i < list->n; i++) {
        mera_text_addf(out, "%s`%s`", i > 0 ? ", " : "", list->v[i]);
    }
    mera_text_add(out, "\n");
}

static mera_code page_params(const mera_manifest_params *params, mera_arena *arena, mera_text *out)
{
    if (params->n == 0) {
        return MERA_OK;
    }
    mera_text_add(out, "\n| parameter | type | default | allowed | unit | means |\n"
                       "| --- | --- | --- | --- | --- | --- |\n");
    for (size_t i = 0; i < params->n; i++) {
        const mera_param *p = &params->v[i];
        const char *type = mera_report_param_type(p, arena);
        const char *fallback = mera_report_param_default(p, arena);
        const char *limits = mera_report_param_limits(p, arena);

        if (type == NULL || fallback == NULL || limits == NULL) {
            return MERA_ENOMEM;
        }
        mera_text_addf(out, "| `%s` | %s | %s | %s | %s | %s |\n", p->name, type, fallback, limits,
                       p->unit == NULL ? "" : p->unit, p->help == NULL ? "" : p->help);
    }
    return MERA_OK;
}

static void page_range(const double *range, mera_text *out)
{
    char low[32], high[32];

    if (!isnan(range[0])) {
        mera_number_write(range[0], low);
        mera_number_write(range[1], high);
        mera_text_addf(out, "- range: %s to %s\n", low, high);
    }
}

static mera_code page_item(const mera_manifest_item *item, mera_arena *arena, mera_text *out)
{
    const char *title = item->title_en != NULL ? item->title_en : item->title_ru;

    mera_text_addf(out, "\n### %s\n\n", item->name);
    if (title != NULL) {
        mera_text_addf(out, "%s. ", title);
    }
    mera_text_addf(out, "%s\n\n", item->summary == NULL ? "" : item->summary);
    if (item->formula != NULL) {
        mera_text_addf(out, "    %s\n\n", item->formula);
    }
    page_fact("unit", item->unit, out);
    page_fact("direction",
              item->direction == MERA_HIGHER  ? "higher is better"
              : item->direction == MERA_LOWER ? "lower is better"
                                              : NULL,
              out);
    page_range(item->range, out);
    page_fact("who can change it", item->given ? "nobody (left out of priorities)" : NULL, out);
    page_list("reads", &item->reads, out);
    page_list("may be missing", &item->optional, out);
    page_list("texts of units", &item->attributes, out);
    page_list("scores", &item->scores, out);
    page_fact("periods", item->periods ? "looks at other periods too" : NULL, out);
    page_list("fitted", &item->fitted, out);
    page_fact("convention", item->conventions, out);
    page_fact("source", item->source, out);
    return page_params(&item->params, arena, out);
}

mera_code mera_report_plugin_page(const mera_plugin *plugin, mera_arena *arena, mera_text *out)
{
    const mera_manifest *m = &plugin->manifest;
    const char *section = "";

    mera_text_addf(out, "# %s %s\n\n%s\n\n", m->id, m->version,
                   m->title_en != NULL   ? m->title_en
                   : m->title_ru != NULL ? m->title_ru
                                         : "");
    page_fact("what", m->summary, out);
    page_fact("licence", m->licence, out);
    page_fact("source", m->source, out);
    page_list("regions", &m->regions, out);
    MERA_TRY(page_params(&m->params, arena, out));
    for (size_t i = 0; i < m->n_items; i++) {
        if (m->item[i].section != section) {
            section = m->item[i].section;
            mera_text_addf(out, "\n## %s\n", section);
        }
        MERA_TRY(page_item(&m->item[i], arena, out));
    }
    return out->failed ? MERA_ENOMEM : MERA_OK;
}

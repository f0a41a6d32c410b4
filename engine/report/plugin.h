/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Reports for authors of plugins: what tests found, what runs cost, what there is, and the pages
 * that come from the tables of functions and parameters.
 */
#ifndef MERA_REPORT_PLUGIN_H
#define MERA_REPORT_PLUGIN_H

#include "analysis/admission.h"
#include "lua/trial.h"
#include "report/report.h"

mera_code mera_report_trials_table(const mera_trials *trials, const mera_view *view,
                                   mera_arena *arena, mera_text *out);
mera_code mera_report_trials_json(const mera_trials *trials, mera_text *out);

mera_code mera_report_costs_table(const mera_cost *cost, size_t n, size_t units,
                                  const mera_view *view, mera_arena *arena, mera_text *out);
mera_code mera_report_costs_json(const mera_cost *cost, size_t n, size_t units, mera_text *out);

/** A plugin that a search met. */
typedef struct mera_plugin_found {
    const char *name; /**< of its folder */
    const char *folder;
    const char *state;   /**< "ok", "broken", "hidden" (one of that name comes first) */
    const char *version; /**< NULL when broken */
    const char *title;
    const char *offers; /**< "3 indicators, 1 check" */
    const char *why;    /**< of broken and hidden ones */
} mera_plugin_found;

mera_code mera_report_plugins_table(const mera_plugin_found *found, size_t n, const mera_view *view,
                                    mera_arena *arena, mera_text *out);
mera_code mera_report_plugins_rows(const mera_plugin_found *found, size_t n, mera_rows *rows);
mera_code mera_report_plugins_json(const mera_plugin_found *found, size_t n, mera_text *out);

mera_code mera_report_admission_table(const mera_admission *a, const mera_view *view,
                                      mera_text *out);
mera_code mera_report_admission_json(const mera_admission *a, mera_text *out);

/** The reference page of a plugin, in Markdown. */
mera_code mera_report_plugin_page(const mera_plugin *plugin, mera_arena *arena, mera_text *out);

/** The functions over columns: a page in Markdown, stubs for an editor (LuaLS), one line for one
 * name (false: there is none of it). */
mera_code mera_report_lua_page(mera_text *out);
mera_code mera_report_lua_stubs(mera_text *out);
bool mera_report_lua_help(const char *name, mera_text *out);

#endif

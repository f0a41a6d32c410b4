/* SPDX-License-Identifier: Apache-2.0 */
/** @file What tests of a plugin found, what its runs cost, and which plugins there are. */
#include "report/csv.h"
#include "report/grid.h"
#include "report/plugin.h"

#include <string.h>

#include "base/json.h"

static const char *const trial_words[] = {"ok", "failed", "skipped"};
static const mera_paint trial_paints[] = {MERA_PAINT_GOOD, MERA_PAINT_BAD, MERA_PAINT_DIM};

/* ---- trials ------------------------------------------------------------------------------ */

mera_code mera_report_trials_table(const mera_trials *trials, const mera_view *view,
                                   mera_arena *arena, mera_text *out)
{
    const char *subject = NULL;
    size_t count[3] = {0, 0, 0};

    (void)arena;
    for (size_t i = 0; i < trials->n; i++) {
        const mera_trial *trial = &trials->v[i];

        count[trial->state]++;
        if (subject == NULL || strcmp(subject, trial->subject) != 0) {
            subject = trial->subject;
            mera_style_add(out, view, MERA_PAINT_BOLD, subject);
            mera_text_add(out, "\n");
        }
        mera_text_add(out, "  ");
        mera_style_add(out, view, trial_paints[trial->state], trial_words[trial->state]);
        mera_style_repeat(out, " ", 9 - strlen(trial_words[trial->state]));
        mera_text_addf(out, "%s\n", trial->name);
        if (trial->why != NULL) {
            mera_style_wrap(out, view, 11, trial->why);
        }
    }
    mera_text_addf(out, "%zu ok, %zu failed, %zu skipped\n", count[0], count[1], count[2]);
    return out->failed ? MERA_ENOMEM : MERA_OK;
}

mera_code mera_report_trials_json(const mera_trials *trials, mera_text *out)
{
    mera_json json = {.out = out, .fresh = true, .pretty = true};

    mera_json_open(&json, NULL, '{');
    mera_json_open(&json, "trials", '[');
    for (size_t i = 0; i < trials->n; i++) {
        const mera_trial *trial = &trials->v[i];

        mera_json_open(&json, NULL, '{');
        mera_json_text(&json, "subject", trial->subject);
        mera_json_text(&json, "name", trial->name);
        mera_json_text(&json, "state", trial_words[trial->state]);
        mera_json_text(&json, "why", trial->why);
        mera_json_close(&json, '}');
    }
    mera_json_close(&json, ']');
    mera_json_close(&json, '}');
    mera_text_add(out, "\n");
    return out->failed ? MERA_ENOMEM : MERA_OK;
}

/* ---- costs ------------------------------------------------------------------------------- */

enum { COST_COLUMNS = 6 };

static mera_code cost_row(const mera_cost *cost, size_t units, mera_arena *arena, const char **cell)
{
    cell[0] = cost->subject;
    if (cost->failed != NULL) {
        cell[1] = cost->failed;
        return MERA_OK;
    }
    cell[1] = mera_arena_printf(arena, "%.2f", 1e3 * cost->seconds);
    cell[2] = mera_arena_printf(arena, "%.1f", 1e9 * cost->seconds / (double)units);
    cell[3] = mera_arena_printf(arena, "%llu", (unsigned long long)cost->instructions);
    cell[4] = mera_arena_printf(arena, "%.1f", (double)cost->instructions / (double)units);
    cell[5] = mera_arena_printf(arena, "%.1f", (double)cost->peak_bytes / (1024.0 * 1024.0));
    for (size_t j = 1; j < COST_COLUMNS; j++) {
        MERA_TRY_PTR(cell[j]);
    }
    return MERA_OK;
}

mera_code mera_report_costs_table(const mera_cost *cost, size_t n, size_t units,
                                  const mera_view *view, mera_arena *arena, mera_text *out)
{
    static const mera_grid_column columns[] = {
        {.title = "item"},
        {.title = "ms", .right = true},
        {.title = "ns/unit", .right = true},
        {.title = "instructions", .right = true},
        {.title = "a unit", .right = true},
        {.title = "peak MiB", .right = true},
    };
    mera_grid grid;

    MERA_TRY(mera_grid_new(columns, COST_COLUMNS, n, arena, &grid));
    for (size_t i = 0; i < n; i++) {
        MERA_TRY(cost_row(&cost[i], units, arena, grid.cell + i * COST_COLUMNS));
    }
    mera_text_addf(out, "%zu units, numbers made up; time is this machine's\n", units);
    return mera_grid_write(&grid, view, 0, arena, out);
}

mera_code mera_report_costs_json(const mera_cost *cost, size_t n, size_t units, mera_text *out)
{
    mera_json json = {.out = out, .fresh = true, .pretty = true};

    mera_json_open(&json, NULL, '{');
    mera_json_count(&json, "units", units);
    mera_json_open(&json, "items", '[');
    for (size_t i = 0; i < n; i++) {
        mera_json_open(&json, NULL, '{');
        mera_json_text(&json, "item", cost[i].subject);
        mera_json_number(&json, "seconds", cost[i].seconds);
        mera_json_number(&json, "instructions", (double)cost[i].instructions);
        mera_json_count(&json, "peak_bytes", cost[i].peak_bytes);
        mera_json_text(&json, "failed", cost[i].failed);
        mera_json_close(&json, '}');
    }
    mera_json_close(&json, ']');
    mera_json_close(&json, '}');
    mera_text_add(out, "\n");
    return out->failed ? MERA_ENOMEM : MERA_OK;
}

/* ---- lists ------------------------------------------------------------------------------- */

mera_code mera_report_plugins_table(const mera_plugin_found *found, size_t n, const mera_view *view,
                                    mera_arena *arena, mera_text *out)
{
    static const mera_grid_column columns[] = {
        {.title = "plugin"}, {.title = "version"}, {.title = "state"},
        {.title = "offers"}, {.title = "folder"},
    };
    mera_grid grid;

    MERA_TRY(mera_grid_new(columns, 5, n, arena, &grid));
    for (size_t i = 0; i < n; i++) {
        const char **cell = grid.cell + i * 5;

        cell[0] = found[i].name;
        cell[1] = found[i].version;
        cell[2] = found[i].state;
        cell[3] = found[i].offers;
        cell[4] = found[i].folder;
    }
    MERA_TRY(mera_grid_write(&grid, view, 0, arena, out));
    for (size_t i = 0; i < n; i++) {
        if (found[i].why != NULL) {
            mera_text_addf(out, "%s (%s): %s\n", found[i].name, found[i].folder, found[i].why);
        }
    }
    return out->failed ? MERA_ENOMEM : MERA_OK;
}

mera_code mera_report_plugins_csv(const mera_plugin_found *found, size_t n, mera_text *out)
{
    mera_csv csv = {.out = out};

    mera_text_add(out, "plugin,version,state,offers,folder,why\n");
    for (size_t i = 0; i < n; i++) {
        mera_csv_text(&csv, found[i].name);
        mera_csv_text(&csv, found[i].version);
        mera_csv_text(&csv, found[i].state);
        mera_csv_text(&csv, found[i].offers);
        mera_csv_text(&csv, found[i].folder);
        mera_csv_text(&csv, found[i].why);
        mera_csv_end(&csv);
    }
    return out->failed ? MERA_ENOMEM : MERA_OK;
}

mera_code mera_report_plugins_json(const mera_plugin_found *found, size_t n, mera_text *out)
{
    mera_json json = {.out = out, .fresh = true, .pretty = true};

    mera_json_open(&json, NULL, '{');
    mera_json_open(&json, "plugins", '[');
    for (size_t i = 0; i < n; i++) {
        mera_json_open(&json, NULL, '{');
        mera_json_text(&json, "name", found[i].name);
        mera_json_text(&json, "version", found[i].version);
        mera_json_text(&json, "title", found[i].title);
        mera_json_text(&json, "state", found[i].state);
        mera_json_text(&json, "offers", found[i].offers);
        mera_json_text(&json, "folder", found[i].folder);
        mera_json_text(&json, "why", found[i].why);
        mera_json_close(&json, '}');
    }
    mera_json_close(&json, ']');
    mera_json_close(&json, '}');
    mera_text_add(out, "\n");
    return out->failed ? MERA_ENOMEM : MERA_OK;
}

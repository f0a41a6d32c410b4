/* SPDX-License-Identifier: Apache-2.0 */
/** @file The record of a run in JSON, shared by results and audits. */
#include "report/record_json.h"

void mera_record_json_origin(mera_json *json, const mera_record *record)
{
    mera_json_text(json, "engine", record->engine);
    mera_json_open(json, "methodology", '{');
    mera_json_text(json, "path", record->methodology_path);
    mera_json_text(json, "id", record->methodology_id);
    mera_json_text(json, "version", record->methodology_version);
    mera_json_text(json, "sha256", record->methodology_sha256);
    mera_json_close(json, '}');
}

static void record_json_files(mera_json *json, const mera_record *record)
{
    mera_json_open(json, "data", '[');
    for (size_t i = 0; i < record->n_files; i++) {
        const mera_file *file = &record->file[i];
        mera_json_open(json, NULL, '{');
        mera_json_text(json, "path", file->path);
        mera_json_text(json, "sha256", file->sha256);
        mera_json_text(json, "encoding", file->encoding);
        if (file->sheet != NULL) {
            mera_json_text(json, "sheet", file->sheet);
        }
        mera_json_count(json, "rows", file->n_rows);
        mera_json_close(json, '}');
    }
    mera_json_close(json, ']');
}

static void record_json_plugins(mera_json *json, const mera_record *record)
{
    mera_json_open(json, "plugins", '[');
    for (size_t i = 0; i < record->n_plugins; i++) {
        const mera_plugin_record *plugin = &record->plugin[i];
        mera_json_open(json, NULL, '{');
        mera_json_text(json, "id", plugin->id);
        mera_json_text(json, "version", plugin->version);
        mera_json_text(json, "sha256", plugin->sha256);
        mera_json_count(json, "calls", plugin->calls);
        mera_json_count(json, "instructions", (size_t)plugin->instructions);
        mera_json_count(json, "cells_made", plugin->cells_made);
        mera_json_count(json, "cells_missing", plugin->cells_missing);
        mera_json_count(json, "cells_out_of_range", plugin->cells_out_of_range);
        mera_json_close(json, '}');
    }
    mera_json_close(json, ']');
}

void mera_record_json_inputs(mera_json *json, const mera_record *record)
{
    record_json_files(json, record);
    record_json_plugins(json, record);
    mera_json_count(json, "seed", (size_t)record->seed);
}

void mera_record_json_conventions(mera_json *json, const mera_record *record)
{
    mera_json_open(json, "conventions", '[');
    for (size_t i = 0; i < record->n_conventions; i++) {
        const mera_convention *convention = &record->convention[i];
        mera_json_open(json, NULL, '{');
        mera_json_text(json, "step", mera_step_name(convention->step));
        mera_json_text(json, "op", convention->op->name);
        mera_json_count(json, "version", (size_t)convention->op->version);
        mera_json_text(json, "plugin", convention->op->plugin);
        mera_json_text(json, "params", convention->params);
        mera_json_text(json, "reference", convention->reference);
        mera_json_text(json, "convention", convention->op->conventions);
        mera_json_open(json, "used_by", '[');
        for (size_t j = 0; j < convention->subjects.n; j++) {
            mera_json_text(json, NULL, convention->subjects.v[j]);
        }
        mera_json_close(json, ']');
        mera_json_close(json, '}');
    }
    mera_json_close(json, ']');
}

mera_code mera_record_json_open(mera_json *json, const mera_result *result, size_t period,
                                size_t node, mera_arena *arena)
{
    const mera_record *record;
    MERA_TRY(mera_record_of(result, arena, &record));
    mera_json_open(json, NULL, '{');
    mera_record_json_origin(json, record);
    mera_record_json_inputs(json, record);
    mera_json_text(json, "period", result->period[period]);
    mera_json_text(json, "node", result->methodology->node[node].id);
    return MERA_OK;
}

void mera_record_json_pair(mera_json *json, const char *key, const long pair[2],
                           const mera_dataset *data)
{
    mera_json_open(json, key, '[');
    for (int i = 0; i < 2 && pair[0] >= 0; i++) {
        mera_json_text(json, NULL, data->unit_key[pair[i]]);
    }
    mera_json_close(json, ']');
}

/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to report: the record of a run in JSON. */
#ifndef MERA_REPORT_RECORD_JSON_H
#define MERA_REPORT_RECORD_JSON_H

#include "base/json.h"
#include "journal/registration.h"
#include "run/record.h"

/** "engine" and "methodology". */
void mera_record_json_origin(mera_json *json, const mera_record *record);
/** "data", "plugins" and "seed". */
void mera_record_json_inputs(mera_json *json, const mera_record *record);
/** Opens the object of an analysis of one node in one period: origin, inputs, "period", "node". */
mera_code mera_record_json_open(mera_json *json, const mera_result *result, size_t period,
                                size_t node, mera_arena *arena);
/** "conventions": operations in force with their parameters. */
void mera_record_json_conventions(mera_json *json, const mera_record *record);
/** Keys of two units; an empty list where there are none (MERA_NOBODY). */
void mera_record_json_pair(mera_json *json, const char *key, const long pair[2],
                           const mera_dataset *data);
/** "registration", unless nobody looked. */
void mera_record_json_registered(mera_json *json, const mera_registered *registered);

#endif

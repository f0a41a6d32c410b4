/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Looking things up in a dataset. Searches are linear: names are asked for once, when a plan is
 * bound or a message is written.
 */
#include "mera/dataset.h"

#include <string.h>

const mera_column *mera_dataset_column(const mera_dataset *data, const char *name)
{
    for (size_t i = 0; i < data->n_columns; i++) {
        if (strcmp(data->column[i].name, name) == 0) {
            return &data->column[i];
        }
    }
    return NULL;
}

const mera_attribute *mera_dataset_attribute(const mera_dataset *data, const char *name)
{
    for (size_t i = 0; i < data->n_attributes; i++) {
        if (strcmp(data->attribute[i].name, name) == 0) {
            return &data->attribute[i];
        }
    }
    return NULL;
}

static size_t dataset_find(const char *const *list, size_t n, const char *text)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(list[i], text) == 0) {
            return i;
        }
    }
    return SIZE_MAX;
}

size_t mera_dataset_unit(const mera_dataset *data, const char *key)
{
    return dataset_find(data->unit_key, data->n_units, key);
}

size_t mera_dataset_period(const mera_dataset *data, const char *label)
{
    return dataset_find(data->period, data->n_periods, label);
}

bool mera_column_place(const mera_dataset *data, const mera_column *column, size_t cell,
                       mera_at *place)
{
    for (size_t i = 0; i < column->n_origins; i++) {
        const mera_origin *origin = &column->origins[i];
        if (origin->row[cell] != 0) {
            const mera_file *file = &data->file[origin->file];
            *place =
                (mera_at){file->shown == NULL ? file->path : file->shown, origin->row[cell],
                          origin->field + file->before, file->sheet == NULL ? 0 : MERA_AT_CELL};
            return true;
        }
    }
    return false;
}

const char *mera_reason_name(mera_reason reason)
{
    switch (reason) {
    case MERA_OBSERVED:
        return "observed";
    case MERA_ABSENT:
        return "absent";
    case MERA_SUPPRESSED:
        return "suppressed";
    case MERA_NOT_APPLICABLE:
        return "not applicable";
    case MERA_CENSORED:
        return "censored";
    case MERA_ZERO_MISSING:
        return "zero taken as missing";
    case MERA_UNREADABLE:
        return "unreadable";
    case MERA_UNDEFINED:
        return "undefined";
    }
    return "unknown";
}

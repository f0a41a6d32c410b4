/* SPDX-License-Identifier: Apache-2.0 */
/** @file The report of a reading: what each file and field was understood to be. */
#include "io/reader.h"

#include "base/math.h"

static void report_units(const read_file *f, mera_file_report *report)
{
    for (size_t u = 0; u < mera_builder_n_units(f->all->b); u++) {
        for (size_t p = 0; p < f->seen.room; p++) {
            if (u < f->seen.period[p].room && f->seen.period[p].line[u] != 0) {
                report->n_units++;
                break;
            }
        }
    }
    for (size_t p = 1; p < f->seen.room; p++) {
        report->n_periods += f->seen.period[p].line != NULL;
    }
}

/* Periods that field names say. */
static size_t report_header_periods(const read_file *f)
{
    size_t n = 0;
    for (size_t i = 0; i < f->table->n_fields; i++) {
        const read_number *number = f->number_of[i];
        bool known = number == NULL || number->period == READ_ROW_PERIOD;
        for (size_t k = 0; k < i && !known; k++) {
            known = f->number_of[k] != NULL && f->number_of[k]->period == number->period;
        }
        n += !known;
    }
    return n;
}

mera_code read_report_file(read_file *f)
{
    io_table *t = f->table;
    mera_file_report *report = &f->all->report[f->index];
    mera_field_report *fields = NULL;
    MERA_TRY_NEW(fields, f->all->arena, t->n_fields);
    io_table_report(t, report);
    report->n_rows = f->n_rows;
    report_units(f, report);
    report->n_periods += report_header_periods(f);
    for (size_t i = 0; i < t->n_fields; i++) {
        const read_number *n = f->number_of[i];
        fields[i] = (mera_field_report){.name = t->name[i], .min = NAN, .max = NAN, .example = ""};
        if (n != NULL) {
            const size_t gone = n->n_missing + n->n_censored + n->bad.n;
            fields[i].is_number = true;
            fields[i].n_missing = n->n_missing;
            fields[i].n_censored = n->n_censored;
            fields[i].n_unreadable = n->bad.n;
            fields[i].n_present = f->n_used > gone ? f->n_used - gone : 0;
        }
    }
    f->all->field_report[f->index] = fields;
    report->field = fields;
    report->n_fields = t->n_fields;
    return MERA_OK;
}

/* The range of what one file's field gave to a column. */
static void report_range(const mera_dataset *data, const mera_column *column,
                         const mera_origin *origin, mera_field_report *field)
{
    for (size_t cell = 0; cell < data->n_units * data->n_periods; cell++) {
        const double x = column->value[cell];
        if (origin->row[cell] != 0 && !isnan(x)) {
            field->min = field->min <= x ? field->min : x; /* NaN gives way */
            field->max = field->max >= x ? field->max : x;
        }
    }
}

void read_report_ranges(read_all *all, const mera_dataset *data)
{
    for (size_t i = 0; i < data->n_columns; i++) {
        for (size_t k = 0; k < data->column[i].n_origins; k++) {
            const mera_origin *origin = &data->column[i].origins[k];
            if (origin->field <= all->report[origin->file].n_fields) { /* not so in blocks */
                report_range(data, &data->column[i], origin,
                             &all->field_report[origin->file][origin->field - 1]);
            }
        }
    }
}

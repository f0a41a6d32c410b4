/* SPDX-License-Identifier: Apache-2.0 */
/** @file The findings of an audit as CSV, for trackers and spreadsheets. */
#include "report/audit_words.h"
#include "report/rows.h"

static const char *csv_id(const mera_audit *audit, size_t column)
{
    return column != SIZE_MAX ? audit->sheet->id[column] : NULL;
}

mera_code mera_report_audit_rows(const mera_audit *audit, const mera_view *view, mera_arena *arena,
                                 mera_rows *rows)
{
    mera_rows_begin(rows, "audit",
                    "section,level,limit,node,part,other,unit,method,count,number,bound,message,"
                    "way_out");
    for (size_t i = 0; i < audit->n_findings; i++) {
        const mera_audit_finding *f = &audit->finding[i];
        const mera_limit_row *row = &mera_limit_rows()[f->limit];
        const char *message = mera_audit_message(audit, f, view->language, arena);
        MERA_TRY_PTR(message);
        mera_rows_count(rows, (size_t)row->section);
        mera_rows_text(rows, mera_limit_levels[f->level]);
        mera_rows_text(rows, row->name);
        mera_rows_text(rows, csv_id(audit, f->node));
        mera_rows_text(rows, csv_id(audit, f->column));
        mera_rows_text(rows, csv_id(audit, f->other));
        mera_rows_text(rows, f->unit != SIZE_MAX ? audit->result->data->unit_key[f->unit] : NULL);
        mera_rows_text(rows, f->variant);
        mera_rows_count(rows, f->count);
        mera_rows_number(rows, f->number);
        mera_rows_number(rows, f->bound);
        mera_rows_text(rows, message);
        mera_rows_text(rows, mera_audit_words_of(f->limit, view->language).way);
        mera_rows_end(rows);
    }
    return mera_rows_done(rows);
}

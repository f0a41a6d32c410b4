/* SPDX-License-Identifier: Apache-2.0 */
/** @file The findings of an audit as CSV, for trackers and spreadsheets. */
#include "report/audit_words.h"
#include "report/csv.h"

static const char *csv_id(const mera_audit *audit, size_t column)
{
    return column != SIZE_MAX ? audit->sheet->id[column] : NULL;
}

mera_code mera_report_audit_csv(const mera_audit *audit, const mera_view *view, mera_arena *arena,
                                mera_text *out)
{
    mera_csv csv = {.out = out};
    mera_text_add(out, "section,level,limit,node,part,other,unit,method,count,number,bound,message,"
                       "way_out\n");
    for (size_t i = 0; i < audit->n_findings && !out->failed; i++) {
        const mera_audit_finding *f = &audit->finding[i];
        const mera_limit_row *row = &mera_limit_rows()[f->limit];
        const char *message = mera_audit_message(audit, f, view->language, arena);
        MERA_TRY_PTR(message);
        mera_csv_count(&csv, (size_t)row->section);
        mera_csv_text(&csv, mera_limit_levels[f->level]);
        mera_csv_text(&csv, row->name);
        mera_csv_text(&csv, csv_id(audit, f->node));
        mera_csv_text(&csv, csv_id(audit, f->column));
        mera_csv_text(&csv, csv_id(audit, f->other));
        mera_csv_text(&csv, f->unit != SIZE_MAX ? audit->result->data->unit_key[f->unit] : NULL);
        mera_csv_text(&csv, f->variant);
        mera_csv_count(&csv, f->count);
        mera_csv_number(&csv, f->number);
        mera_csv_number(&csv, f->bound);
        mera_csv_text(&csv, message);
        mera_csv_text(&csv, mera_audit_words_of(f->limit, view->language).way);
        mera_csv_end(&csv);
    }
    return out->failed ? MERA_ENOMEM : MERA_OK;
}

/* SPDX-License-Identifier: Apache-2.0 */
/** @file What every section of an audit's page writes alike. */
#include "report/audit_page.h"

#include <stdio.h>
#include <string.h>

const char *mera_audit_page_word(const audit_page *p, mera_word word)
{
    return mera_word_in(word, p->view->language);
}

void mera_audit_page_section(const audit_page *p, int section)
{
    mera_text_addf(p->out, "\n%2d  ", section);
    mera_style_add(p->out, p->view, MERA_PAINT_BOLD,
                   mera_audit_section(section, p->view->language));
    mera_text_add(p->out, "\n");
}

const char *mera_audit_page_title(const audit_page *p, size_t column)
{
    const char *text = mera_title_in(p->audit->sheet->title[column], p->view->language);
    return text != NULL ? text : p->audit->sheet->id[column];
}

const char *mera_audit_page_percent(const audit_page *p, double share)
{
    return share != share ? "–" : mera_arena_printf(p->arena, "%.1f%%", 100 * share);
}

const char *mera_audit_page_unit(const audit_page *p, size_t unit)
{
    return unit != SIZE_MAX ? p->audit->result->data->unit_name[unit] : "";
}

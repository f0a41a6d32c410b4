/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * An audit for a terminal: first what is beyond its limits, a line for each limit with those
 * concerned and the way out, then the numbers, section by section.
 */
#include <stdio.h>
#include <string.h>

#include "report/audit_page.h"
#include "run/record.h"

enum { AUDIT_NAMED = 6 };

/* ---- head ---- */

static size_t audit_count(const mera_audit *audit, mera_limit_level level)
{
    size_t n = 0;
    for (size_t i = 0; i < audit->n_findings; i++) {
        n += audit->finding[i].level == level;
    }
    return n;
}

static void audit_head(const audit_page *p)
{
    const mera_audit *a = p->audit;
    const char *period = a->result->period[a->period];
    mera_style_add(p->out, p->view, MERA_PAINT_BOLD, mera_audit_page_title(p, 0));
    mera_text_addf(p->out, " · %s %s", mera_audit_page_word(p, MERA_WORD_AUDIT),
                   a->result->methodology->id);
    if (period[0] != '\0') {
        mera_text_addf(p->out, " · %s", period);
    }
    mera_text_addf(p->out, " · %s: %zu · %s: %zu\n", mera_audit_page_word(p, MERA_WORD_UNITS_LEFT),
                   a->n_units, mera_audit_page_word(p, MERA_WORD_INDICATORS), a->n_indicators);
    mera_text_addf(p->out, "%s: %zu · %s: %zu · %s: %zu\n",
                   mera_audit_page_word(p, MERA_WORD_FAILS), audit_count(a, MERA_LEVEL_FAIL),
                   mera_audit_page_word(p, MERA_WORD_WARNINGS), audit_count(a, MERA_LEVEL_WARNING),
                   mera_audit_page_word(p, MERA_WORD_NOTES), audit_count(a, MERA_LEVEL_NOTE));
}

/* ---- findings ---- */

/** "hot_days (ecology) -0.11" of the first few, "and 7 more". */
static mera_code audit_named(const audit_page *p, mera_limit_id limit, mera_text *out)
{
    size_t named = 0, all = 0;
    for (size_t i = 0; i < p->audit->n_findings; i++) {
        const mera_audit_finding *f = &p->audit->finding[i];
        if (f->limit != limit || ++all > AUDIT_NAMED) {
            continue;
        }
        const char *where = mera_audit_where(p->audit, f, p->arena);
        const char *number = mera_audit_number(limit, f->number, p->arena);
        MERA_TRY_PTR(where);
        MERA_TRY_PTR(number);
        mera_text_addf(out, "%s%s %s", named++ > 0 ? ", " : "", where, number);
    }
    if (all > AUDIT_NAMED) {
        mera_text_addf(out, ", …+%zu", all - AUDIT_NAMED);
    }
    return MERA_OK;
}

static mera_code audit_limit(const audit_page *p, mera_limit_id limit, size_t n)
{
    const mera_audit_rules *rules = &p->audit->result->methodology->audit;
    const mera_limit_row *row = &mera_limit_rows()[limit];
    const mera_limit_level level = rules->limit[limit].level;
    const mera_audit_words words = mera_audit_words_of(limit, p->view->language);
    const char *bound = mera_audit_number(limit, rules->limit[limit].value, p->arena);
    mera_text named = {.arena = p->arena};
    MERA_TRY_PTR(bound);
    MERA_TRY(audit_named(p, limit, &named));
    MERA_TRY_PTR(mera_text_string(&named));
    mera_text_addf(p->out, "%2d  ", row->section);
    mera_style_add(p->out, p->view,
                   level == MERA_LEVEL_FAIL      ? MERA_PAINT_BAD
                   : level == MERA_LEVEL_WARNING ? MERA_PAINT_MARK
                                                 : MERA_PAINT_DIM,
                   mera_audit_level(level, p->view->language));
    mera_text_addf(
        p->out, " · %s · %zu · %s %s %s\n", words.what, n, row->name,
        mera_audit_page_word(p, row->side == MERA_AT_MOST ? MERA_WORD_AT_MOST : MERA_WORD_AT_LEAST),
        bound);
    mera_style_wrap(p->out, p->view, 6, mera_text_string(&named));
    const char *way = mera_arena_printf(p->arena, "→ %s", words.way);
    MERA_TRY_PTR(way);
    mera_style_wrap(p->out, p->view, 6, way);
    return MERA_OK;
}

static size_t audit_found(const mera_audit *audit, mera_limit_id limit)
{
    size_t n = 0;
    for (size_t i = 0; i < audit->n_findings; i++) {
        n += audit->finding[i].limit == limit;
    }
    return n;
}

static mera_code audit_findings(const audit_page *p)
{
    const mera_audit_rules *rules = &p->audit->result->methodology->audit;
    mera_text_add(p->out, "\n");
    if (p->audit->n_findings == 0) {
        mera_text_addf(p->out, "%s\n", mera_audit_page_word(p, MERA_WORD_NO_FINDINGS));
    }
    for (int level = MERA_LEVEL_FAIL; level >= 0; level--) { /* the worst first */
        for (int limit = 0; limit < MERA_N_LIMITS; limit++) {
            const size_t n = audit_found(p->audit, (mera_limit_id)limit);
            const bool here = n > 0 && (int)rules->limit[limit].level == level;
            MERA_TRY(here ? audit_limit(p, (mera_limit_id)limit, n) : MERA_OK);
        }
    }
    return MERA_OK;
}

/* ---- 13 ---- */

static void audit_convention(const audit_page *p, const mera_convention *c)
{
    mera_text_addf(p->out, "    %s", c->op != NULL ? c->op->name : mera_step_name(c->step));
    if (c->params[0] != '\0') {
        mera_text_addf(p->out, ": %s", c->params);
    }
    if (c->reference[0] != '\0') {
        mera_text_addf(p->out, " [%s]", c->reference);
    }
    mera_text_addf(p->out, " (%zu)\n", c->subjects.n);
}

static mera_code audit_conventions(const audit_page *p)
{
    const mera_record *record;
    MERA_TRY(mera_record_of(p->audit->result, p->arena, &record));
    mera_audit_page_section(p, 13);
    mera_text_addf(p->out, "    %s\n    %s %s %s · sha256 %s · %s %zu\n", record->engine,
                   record->methodology_path, record->methodology_id,
                   record->methodology_version != NULL ? record->methodology_version : "",
                   record->methodology_sha256, mera_audit_page_word(p, MERA_WORD_SEED),
                   (size_t)record->seed);
    for (size_t i = 0; i < record->n_files; i++) {
        mera_text_addf(p->out, "    %s · sha256 %s\n", record->file[i].path,
                       record->file[i].sha256);
    }
    for (size_t i = 0; i < record->n_plugins; i++) {
        mera_text_addf(p->out, "    %s %s · sha256 %s\n", record->plugin[i].id,
                       record->plugin[i].version, record->plugin[i].sha256);
    }
    for (size_t i = 0; i < record->n_conventions; i++) {
        audit_convention(p, &record->convention[i]);
    }
    mera_text_add(p->out, "\n");
    mera_style_wrap(p->out, p->view, 4, mera_audit_conventions(p->view->language));
    mera_text_add(p->out, "\n");
    mera_style_wrap(p->out, p->view, 0, mera_audit_not_covered(p->view->language));
    return MERA_OK;
}

mera_code mera_report_audit_table(const mera_audit *audit, const mera_view *view, mera_arena *arena,
                                  mera_text *out)
{
    const audit_page p = {.audit = audit, .view = view, .arena = arena, .out = out};
    audit_head(&p);
    MERA_TRY(audit_findings(&p));
    MERA_TRY(mera_audit_page_columns(&p));
    MERA_TRY(mera_audit_page_nodes(&p));
    MERA_TRY(mera_audit_page_methods(&p));
    MERA_TRY(audit_conventions(&p));
    return out->failed ? MERA_ENOMEM : MERA_OK;
}

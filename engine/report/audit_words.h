/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to report: the words of an audit in Russian and English. */
#ifndef MERA_REPORT_AUDIT_WORDS_H
#define MERA_REPORT_AUDIT_WORDS_H

#include "base/json.h"
#include "mera/audit.h"
#include "report/report.h"

/** How numbers of a limit are shown. */
typedef enum mera_audit_form {
    MERA_AUDIT_SHARE, /**< "35 %" */
    MERA_AUDIT_PLAIN, /**< "0.92" */
} mera_audit_form;

typedef struct mera_audit_words {
    mera_audit_form form;
    const char *what, *way; /**< what is the matter with those named; the way out */
} mera_audit_words;

mera_audit_words mera_audit_words_of(mera_limit_id limit, const char *language);

/** "coverage and treatment", of sections 1 to 13. */
const char *mera_audit_section(int section, const char *language);

/** A method of sections 8 and 10: "equal weights in every node". */
const char *mera_audit_method(const char *id, const char *language);

/** A limit's level: "warning". */
const char *mera_audit_level(mera_limit_level level, const char *language);

/** What the audit says of itself. */
const char *mera_audit_conventions(const char *language);
const char *mera_audit_not_covered(const char *language);

/** "35 %", "0.92". NULL when memory ran out. */
const char *mera_audit_number(mera_limit_id limit, double number, mera_arena *arena);

/** Who a finding is about, by ids: "hot_days in ecology", "a and b in c", "Oslo", "geometric". */
const char *mera_audit_where(const mera_audit *audit, const mera_audit_finding *finding,
                             mera_arena *arena);

/** "hot_days in ecology: goes badly with its node, -0.11 (at least 0.3)". */
const char *mera_audit_message(const mera_audit *audit, const mera_audit_finding *finding,
                               const char *language, mera_arena *arena);

/** Section 9 for programs. */
void mera_audit_json_sobol(mera_json *json, const mera_audit_sobol *s);

#endif

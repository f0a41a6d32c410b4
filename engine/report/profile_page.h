/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to report: what the parts of a territory's page share. */
#ifndef MERA_REPORT_PROFILE_PAGE_H
#define MERA_REPORT_PROFILE_PAGE_H

#include "report/report.h"
#include "report/style.h"
#include "report/words.h"

typedef struct mera_profile_page {
    const mera_profile *of;
    const mera_profile_view *view;
    mera_arena *arena;
    mera_text *out;
} mera_profile_page;

const char *mera_profile_word(const mera_profile_page *p, mera_word word);
const char *mera_profile_title(const mera_profile_page *p, mera_title title);

/** A heading after an empty line. */
void mera_profile_section(const mera_profile_page *p, mera_word word);

/** Writes what was put together, in the width of the page. */
mera_code mera_profile_wrap(const mera_profile_page *p, size_t indent, mera_text *line);

/** What the values are, and what was asked of whom. */
mera_code mera_profile_data_lines(const mera_profile_page *p);

/** Where they are from: kinds of sources, files with their hashes. */
mera_code mera_profile_sources(const mera_profile_page *p);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Registration: a methodology locked by its hash before its data come. A text file beside the
 * methodology, fit for git, holds the date, the hashes, those data files that were there already
 * and the effective methodology, so that later changes can be named.
 */
#ifndef MERA_JOURNAL_REGISTRATION_H
#define MERA_JOURNAL_REGISTRATION_H

#include "analysis/compare.h"

#define MERA_REGISTRATION_FILE "registration.yaml"

typedef enum mera_registered_kind {
    MERA_NOT_REGISTERED,
    MERA_REGISTERED,           /**< and none of the data were there */
    MERA_REGISTERED_WITH_DATA, /**< some of the data were there already */
    MERA_REGISTERED_CHANGED,   /**< the methodology or a plugin is not as registered */
} mera_registered_kind;

/** What a result's registration says. */
typedef struct mera_registered {
    mera_registered_kind kind;
    const char *at;   /**< "2026-11-24T12:00:00Z" */
    const char *data; /**< the first file that was there; NULL = none */
    size_t n_settings;
    const mera_compare_setting *setting; /**< changed since: value[0] as registered, value[1] now */
    const char *plugin;                  /**< the first that changed, or NULL */
} mera_registered;

/** "registered", "registered-with-data", "changed"; NULL when not registered. */
const char *mera_registered_word(mera_registered_kind kind);

/** The text of a registration of a project at a time. Data files of its `data:` that exist are
 * hashed. In `arena`. */
mera_code mera_registration_text(const mera_project *project, const char *at, mera_arena *arena,
                                 mera_diags *diags, const char **out);

/** Reads the file beside a result's methodology and sets it beside the result. A file that cannot
 * be read as one is an error; none at all is no registration. */
mera_code mera_registration_of(const mera_result *result, mera_arena *arena, mera_diags *diags,
                               mera_registered *out);

#endif

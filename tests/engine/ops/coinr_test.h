/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What the tests against COINr's golden cases share: COINr 1.1.14 on R 4.2.2, the open half in
 * ../shared/golden/coinr with definitions in its README, and the ASEM data they start from.
 */
#ifndef MERA_COINR_TEST_H
#define MERA_COINR_TEST_H

#include "ops_test.h"
#include "table.h"

#define COINR_GAPS "golden/coinr/inputs/asem_idata_na_A.csv"
#define COINR_META "data/asem/asem_imeta.csv"
#define COINR_META_MORE "golden/coinr/inputs/imeta_ext_A.csv"
#define COINR_RAW "data/asem/asem_idata.csv"
#define COINR_SCREENED "golden/coinr/pipeline/asem_example_all_steps.screened.csv"
#define COINR_TREATED "golden/coinr/pipeline/asem_example_all_steps.treated.csv"

/** A table of the shared data; the test is skipped when it is not there. */
const table *coinr_table(fixture *f, const char *below);

/** A table of the golden cases. */
const table *coinr_golden(fixture *f, const char *family, const char *name);

/** The number of a column, or SIZE_MAX. */
size_t coinr_place(const table *t, const char *name);

/** The row that holds a text in a column, or SIZE_MAX. */
size_t coinr_row(const table *t, const char *column, const char *text);

/** Does R say TRUE? */
bool coinr_is_true(const char *text);

/** Column `name` of `from`, its rows in the order of the units of `like`. */
const double *coinr_like(fixture *f, const table *from, const table *like, const char *name);

/** A number of the metadata, of an indicator. */
double coinr_number(const table *meta, const char *indicator, const char *key);

/** A text of the metadata, of an indicator. */
const char *coinr_text(const table *meta, const char *indicator, const char *key);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to report: how the cells of a workbook look. */
#ifndef MERA_REPORT_LOOK_H
#define MERA_REPORT_LOOK_H

#include "io/xlsx_write.h"

/** The number of a style in mera_looks. */
typedef enum look {
    LOOK_PLAIN,
    LOOK_HEADING,
    LOOK_CODE, /**< text, whatever it looks like */
    LOOK_POINTS,
    LOOK_PLACE,
    LOOK_IMPUTED,
    LOOK_TREATED,
    LOOK_INPUT,
    LOOK_WRAP,
    LOOK_BIG,
    LOOK_DIM,
    LOOK_FIGURE,                   /**< without decimals, then with two, then with four */
    LOOK_SIGNED = LOOK_FIGURE + 3, /**< likewise */
    LOOK_SHARE = LOOK_SIGNED + 3,
    LOOK_IMPUTED_FIGURE,                 /**< likewise, imputed */
    LOOK_TEXT = LOOK_IMPUTED_FIGURE + 3, /**< may stand after a number */
    LOOK_N
} look;

extern const io_xlsx_style mera_looks[LOOK_N];

#endif

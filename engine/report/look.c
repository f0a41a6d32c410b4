/* SPDX-License-Identifier: Apache-2.0 */
/** @file How the cells of a workbook look. */
#include "report/look.h"

const io_xlsx_style mera_looks[LOOK_N] = {
    [LOOK_HEADING] = {.bold = true, .wrap = true},
    [LOOK_CODE] = {.number = "@"},
    [LOOK_POINTS] = {.number = "0.00"},
    [LOOK_PLACE] = {.number = "0"},
    [LOOK_IMPUTED] = {.fill = 0xffe0b3, .italic = true}, /* so that it shows without colours too */
    [LOOK_TREATED] = {.fill = 0xcfe8ff},
    [LOOK_INPUT] = {.fill = 0xfff9c4},
    [LOOK_WRAP] = {.wrap = true},
    [LOOK_BIG] = {.bold = true, .size = 14},
    [LOOK_DIM] = {.ink = 0x666666},
    [LOOK_FIGURE] = {.number = "#,##0"},
    [LOOK_FIGURE + 1] = {.number = "#,##0.00"},
    [LOOK_FIGURE + 2] = {.number = "0.0000"},
    [LOOK_SIGNED] = {.number = "+#,##0;-#,##0;0"},
    [LOOK_SIGNED + 1] = {.number = "+#,##0.00;-#,##0.00;0"},
    [LOOK_SIGNED + 2] = {.number = "+0.0000;-0.0000;0"},
    [LOOK_IMPUTED_FIGURE] = {.number = "#,##0", .fill = 0xffe0b3, .italic = true},
    [LOOK_IMPUTED_FIGURE + 1] = {.number = "#,##0.00", .fill = 0xffe0b3, .italic = true},
    [LOOK_IMPUTED_FIGURE + 2] = {.number = "0.0000", .fill = 0xffe0b3, .italic = true},
    [LOOK_TEXT] = {.number = "@", .indented = true},
    [LOOK_SHARE] = {.number = "0.0%"},
};

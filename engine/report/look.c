/* SPDX-License-Identifier: Apache-2.0 */
/** @file How the cells of a workbook look, and how much room they take. */
#include "report/look.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

enum { INK_DIM = 0x666666, SIZE_DIM = 8, FILL_IMPUTED = 0xffe0b3, FILL_TREATED = 0xcfe8ff };

#define LOOK_NUMBERS(first, ...)                          \
    [(first)] = {.number = "#,##0", __VA_ARGS__},         \
    [(first) + 1] = {.number = "#,##0.0", __VA_ARGS__},   \
    [(first) + 2] = {.number = "#,##0.00", __VA_ARGS__},  \
    [(first) + 3] = {.number = "#,##0.000", __VA_ARGS__}, \
    [(first) + 4] = {.number = "#,##0.0000", __VA_ARGS__}

const io_xlsx_style mera_looks[LOOK_N] = {
    [LOOK_HEADING] = {.bold = true, .wrap = true},
    [LOOK_POINTS] = {.number = "0.00"},
    [LOOK_PLACE] = {.number = "0"},
    [LOOK_IMPUTED] = {.fill = FILL_IMPUTED, .italic = true}, /* shows without colours too */
    [LOOK_TREATED] = {.fill = FILL_TREATED},
    [LOOK_INPUT] = {.fill = 0xfff9c4},
    [LOOK_BIG] = {.bold = true, .size = 14},
    [LOOK_SHARE] = {.number = "0.0%"},
    [LOOK_WRAP] = {.wrap = true},
    [LOOK_WRAP + 1] = {.wrap = true, .indented = true},
    [LOOK_CODE] = {.number = "@"},
    [LOOK_CODE + 1] = {.number = "@", .indented = true},
    [LOOK_HEAD + LOOK_LEFT] = {.bold = true, .wrap = true, .low = true},
    [LOOK_HEAD + LOOK_RIGHT] = {.bold = true, .wrap = true, .low = true, .right = true},
    [LOOK_HEAD + LOOK_AFTER] = {.bold = true, .wrap = true, .low = true, .indented = true},
    [LOOK_DIM + LOOK_LEFT] = {.ink = INK_DIM, .size = SIZE_DIM},
    [LOOK_DIM + LOOK_RIGHT] = {.ink = INK_DIM, .size = SIZE_DIM, .right = true},
    [LOOK_DIM + LOOK_AFTER] = {.ink = INK_DIM, .size = SIZE_DIM, .indented = true},
    LOOK_NUMBERS(LOOK_FIGURE, .right = false),
    [LOOK_SIGNED] = {.number = "+#,##0;-#,##0;0"},
    [LOOK_SIGNED + 1] = {.number = "+#,##0.0;-#,##0.0;0"},
    [LOOK_SIGNED + 2] = {.number = "+#,##0.00;-#,##0.00;0"},
    [LOOK_SIGNED + 3] = {.number = "+#,##0.000;-#,##0.000;0"},
    [LOOK_SIGNED + 4] = {.number = "+#,##0.0000;-#,##0.0000;0"},
    LOOK_NUMBERS(LOOK_IMPUTED_FIGURE, .fill = FILL_IMPUTED, .italic = true),
    LOOK_NUMBERS(LOOK_TREATED_FIGURE, .fill = FILL_TREATED),
};

unsigned mera_look_decimals(double size)
{
    return size >= 10000 || size == 0 ? 0 : size >= 1 ? 2 : 4;
}

unsigned mera_look_lines(const char *text, unsigned width)
{
    unsigned lines = 1, used = 0;
    for (const char *at = text; *at != '\0';) {
        const size_t bytes = strcspn(at, " ");
        unsigned word = (unsigned)mera_utf8_count(at, bytes);
        if (used > 0 && used + 1 + word > width) {
            lines++;
            used = 0;
        }
        for (; word > width; word -= width) { /* longer than a line: breaks inside */
            lines++;
        }
        used += word + (used > 0);
        at += bytes + (at[bytes] == ' ');
    }
    return lines;
}

unsigned mera_look_longest(const char *text)
{
    unsigned longest = 0;
    for (const char *at = text; *at != '\0';) {
        const size_t bytes = strcspn(at, " ");
        const unsigned word = (unsigned)mera_utf8_count(at, bytes);
        longest = word > longest ? word : longest;
        at += bytes + (at[bytes] == ' ');
    }
    return longest;
}

unsigned mera_look_width(double value, unsigned decimals)
{
    char text[400];
    const int n = snprintf(text, sizeof text, "%.*f", (int)decimals, value);
    const unsigned whole = (unsigned)n - (decimals > 0 ? decimals + 1 : 0) - (value < 0);
    return (unsigned)n + (whole - 1) / 3;
}

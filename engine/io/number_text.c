/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Numbers as people write them. The grammar, after blanks at both ends are taken off:
 *
 *     [+ - U+2212] digits [decimal digits] [e [+ -] digits]
 *     digits = plain, or 1 to 3 digits and groups of 3 behind one kind of separator:
 *              space, U+00A0, U+202F, apostrophe
 */
#include "io/number_text.h"

#include "base/math.h"
#include "base/number.h"

enum { NUMBER_ROOM = 128 };

const double io_power_of_ten[20] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,
                                    1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19};

__extension__ typedef unsigned __int128 number_wide;

/* 2^e for a normal exponent. */
static double number_power_of_two(int e)
{
    const uint64_t bits = (uint64_t)(1023 + e) << 52;
    double out = 0;
    memcpy(&out, &bits, sizeof out);
    return out;
}

/* Long division of the two, shifted until their top bits are set; 64 bits of quotient and the
 * remainder say all that rounding to 53 bits, half to even, needs to know. */
double io_number_quotient(uint64_t m, unsigned power)
{
    uint64_t divisor = 1;
    for (unsigned i = 0; i < power; i++) {
        divisor *= 10;
    }
    if (m == 0 || power > 19) {
        return m == 0 ? 0 : NAN;
    }
    const int shift_m = __builtin_clzll(m), shift_d = __builtin_clzll(divisor);
    m <<= shift_m;
    divisor <<= shift_d;
    const int bits = m >= divisor ? 63 : 64;
    const number_wide numerator = (number_wide)m << bits;
    const uint64_t quotient = (uint64_t)(numerator / divisor);
    const bool rest = numerator % divisor != 0;
    uint64_t top = quotient >> 11;
    const uint64_t low = quotient & 0x7ff;
    if (low > 0x400 || (low == 0x400 && (rest || (top & 1) != 0))) {
        top++;
    }
    return (double)top * number_power_of_two(11 - bits + shift_d - shift_m);
}

static bool number_is_digit(mera_slice text, size_t i)
{
    return i < text.n && text.at[i] >= '0' && text.at[i] <= '9';
}

/* Bytes of the thousands separator at `i`, 0 when there is none. */
static size_t number_separator(mera_slice text, size_t i)
{
    static const char *const separators[] = {" ", "'", "\xC2\xA0", "\xE2\x80\xAF"};
    for (size_t k = 0; k < sizeof separators / sizeof *separators; k++) {
        const size_t n = strlen(separators[k]);
        if (i + n <= text.n && memcmp(text.at + i, separators[k], n) == 0) {
            return n;
        }
    }
    return 0;
}

/** A number as copied so far, in the form mera_number_read() takes. */
typedef struct number_copy {
    char text[NUMBER_ROOM];
    size_t n;
} number_copy;

static size_t number_copy_digits(mera_slice text, size_t i, number_copy *copy)
{
    for (; number_is_digit(text, i) && copy->n < NUMBER_ROOM; i++) {
        copy->text[copy->n++] = text.at[i];
    }
    return i;
}

/* Groups of three digits behind one kind of separator; what does not fit is left where it is. */
static size_t number_copy_groups(mera_slice text, size_t i, number_copy *copy)
{
    const size_t size = number_separator(text, i);
    const char *separator = text.at + i;
    while (size > 0 && i + size + 3 <= text.n && memcmp(text.at + i, separator, size) == 0 &&
           number_is_digit(text, i + size) && number_is_digit(text, i + size + 1) &&
           number_is_digit(text, i + size + 2) && !number_is_digit(text, i + size + 3) &&
           copy->n + 3 <= NUMBER_ROOM) {
        memcpy(copy->text + copy->n, text.at + i + size, 3);
        copy->n += 3;
        i += size + 3;
    }
    return i;
}

static size_t number_copy_exponent(mera_slice text, size_t i, number_copy *copy)
{
    if (i >= text.n || (text.at[i] != 'e' && text.at[i] != 'E')) {
        return i;
    }
    size_t digits = i + 1;
    const bool sign = digits < text.n && (text.at[digits] == '+' || text.at[digits] == '-');
    digits += sign;
    if (!number_is_digit(text, digits) || copy->n + 2 > NUMBER_ROOM) {
        return i;
    }
    copy->text[copy->n++] = 'e';
    if (sign) {
        copy->text[copy->n++] = text.at[digits - 1];
    }
    return number_copy_digits(text, digits, copy);
}

bool io_number_people(mera_slice text, char decimal, double *value, size_t *used)
{
    number_copy copy = {.n = 0};
    size_t i = 0;
    if (text.n >= 3 && memcmp(text.at, "\xE2\x88\x92", 3) == 0) {
        copy.text[copy.n++] = '-';
        i = 3;
    } else if (text.n >= 1 && (text.at[0] == '-' || text.at[0] == '+')) {
        copy.text[copy.n++] = text.at[i++];
    }
    const size_t start = i;
    i = number_copy_digits(text, i, &copy);
    size_t n_digits = i - start;
    if (n_digits >= 1 && n_digits <= 3) {
        i = number_copy_groups(text, i, &copy);
    }
    if (i < text.n && text.at[i] == decimal && copy.n < NUMBER_ROOM &&
        (n_digits > 0 || number_is_digit(text, i + 1))) {
        copy.text[copy.n++] = '.';
        const size_t end = number_copy_digits(text, i + 1, &copy);
        n_digits += end - i - 1;
        i = end;
    }
    if (n_digits == 0 || copy.n == NUMBER_ROOM) {
        return false;
    }
    i = number_copy_exponent(text, i, &copy);
    *used = i;
    if (copy.n == NUMBER_ROOM || !mera_number_read(copy.text, copy.n, value)) {
        return false;
    }
    *value = *value == 0 ? 0 : *value; /* no minus zero */
    return true;
}

static const struct {
    const char *text;
    size_t n;
} number_marks[] = {{"-", 1},
                    {"NA", 2},
                    {"..", 2},
                    {"...", 3},
                    {"N/A", 3},
                    {"n/a", 3},
                    {"NaN", 3},
                    {"nan", 3},
                    {"null", 4},
                    {"NULL", 4},
                    {"#N/A", 4},
                    {"\xE2\x80\x93", 3},
                    {"\xE2\x80\x94", 3},
                    {"\xE2\x80\xA6", 3}}; /* en dash, em dash, ellipsis */

bool io_is_declared_mark(const io_cell_rules *rules, mera_slice text, mera_reason *reason)
{
    for (size_t i = 0; i < rules->n_mark; i++) {
        if (mera_slice_eq(text, rules->mark[i].text)) {
            *reason = rules->mark[i].reason;
            return true;
        }
    }
    return false;
}

bool io_is_mark(const io_cell_rules *rules, mera_slice text, mera_reason *reason)
{
    *reason = MERA_ABSENT;
    if (text.n == 0 || io_is_declared_mark(rules, text, reason)) {
        return true;
    }
    for (size_t i = 0; !rules->only_marks && i < sizeof number_marks / sizeof *number_marks; i++) {
        if (text.n == number_marks[i].n && memcmp(text.at, number_marks[i].text, text.n) == 0) {
            return true;
        }
    }
    return false;
}

/* "-999,0" is the mark "-999": a mark that is a number stands for the number, however written. */
static bool number_is_mark(const io_cell_rules *rules, double value, mera_reason *reason)
{
    for (size_t i = 0; rules->digit_mark && i < rules->n_mark; i++) {
        const char *text = rules->mark[i].text;
        const mera_slice mark = {text, strlen(text)};
        double is = 0;
        if (io_number_plain(mark, rules->decimal, &is) && is == value) {
            *reason = rules->mark[i].reason;
            return true;
        }
    }
    return false;
}

static mera_slice number_rest(mera_slice text, size_t used)
{
    return mera_slice_trim((mera_slice){text.at + used, text.n - used});
}

/* "<5": the bound that is given, or what the methodology makes of it. */
static bool number_bound(const io_cell_rules *rules, mera_slice text, io_cell *cell)
{
    double bound = 0;
    size_t used = 0;
    const mera_slice rest = number_rest(text, 1);
    if (text.at[0] != '<' || !io_number_people(rest, rules->decimal, &bound, &used)) {
        return false;
    }
    cell->unit = number_rest(rest, used);
    if (cell->unit.n > 0 && !rules->in_text) {
        return false;
    }
    cell->kind = IO_CELL_CENSORED;
    cell->reason = MERA_CENSORED;
    cell->value = rules->censored == MERA_CENSORED_BOUND  ? bound
                  : rules->censored == MERA_CENSORED_HALF ? bound / 2
                                                          : NAN;
    return true;
}

io_cell io_cell_read(const io_cell_rules *rules, mera_slice text)
{
    io_cell cell = {.kind = IO_CELL_UNREADABLE, .value = NAN, .reason = MERA_UNREADABLE};
    double value = 0;
    text = mera_slice_trim(text);
    if (io_is_mark(rules, text, &cell.reason)) {
        cell.kind = IO_CELL_MISSING;
        return cell;
    }
    if (io_number_plain(text, rules->decimal, &value)) {
        if (number_is_mark(rules, value, &cell.reason)) {
            cell.kind = IO_CELL_MISSING;
            return cell;
        }
        return (io_cell){.kind = IO_CELL_NUMBER,
                         .value = value,
                         .reason = MERA_OBSERVED,
                         .unit = {text.at + text.n, 0}};
    }
    cell.reason = MERA_UNREADABLE;
    size_t used = 0;
    if (number_bound(rules, text, &cell) ||
        !io_number_people(text, rules->decimal, &value, &used)) {
        return cell;
    }
    cell.unit = number_rest(text, used);
    if (cell.unit.n > 0 && !rules->in_text) {
        return cell;
    }
    cell.kind = IO_CELL_NUMBER;
    cell.reason = MERA_OBSERVED;
    cell.value = value;
    cell.leading_zero = text.n > 1 && text.at[0] == '0' && number_is_digit(text, 1);
    return cell;
}

char io_decimal_vote(mera_slice text, bool in_text)
{
    text = mera_slice_trim(text);
    for (size_t k = 0; k < 2; k++) {
        const char decimal = k == 0 ? '.' : ',';
        const char *mark = text.n == 0 ? NULL : memchr(text.at, decimal, text.n);
        const size_t at = mark == NULL ? SIZE_MAX : (size_t)(mark - text.at);
        double value = 0;
        size_t used = 0;
        if (mark != NULL && io_number_people(text, decimal, &value, &used) && used > at + 1 &&
            (used == text.n || in_text)) {
            return decimal;
        }
    }
    return 0;
}

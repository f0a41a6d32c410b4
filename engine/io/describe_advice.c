/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What a person would notice in a file that was taken at its word: a title above the header, tables
 * one below the other, totals among the units, codes that a spreadsheet damaged. Nothing is changed
 * by it: each finding says what to write.
 */
#include "io/describe_advice.h"

#include <string.h>

enum { ADVICE_ROWS = 1000 };

#define ADVICE_AT(d, kind, at, en, ru, ...)                                      \
    io_find_in(&(d)->table->findings, (kind), (at),                              \
               mera_arena_printf((d)->table->findings.arena, (en), __VA_ARGS__), \
               mera_arena_printf((d)->table->findings.arena, (ru), __VA_ARGS__))

/* ---- rows ---- */

static mera_slice advice_field(const describe *d, size_t i)
{
    return mera_slice_trim(d->table->csv.field[i]);
}

static bool advice_is_year(mera_slice text)
{
    if (text.n < 4 || (text.n > 4 && text.at[4] != ' ') ||
        (memcmp(text.at, "19", 2) != 0 && memcmp(text.at, "20", 2) != 0)) {
        return false;
    }
    return text.at[2] >= '0' && text.at[2] <= '9' && text.at[3] >= '0' && text.at[3] <= '9';
}

/* A sum or mean over the rows, which is no unit. */
static bool advice_is_total(mera_slice text)
{
    static const char *const words[] = {"Итого",   "ИТОГО", "итого", "Всего",   "ВСЕГО",
                                        "всего",   "Сумма", "сумма", "Среднее", "В среднем",
                                        "В целом", "Total", "TOTAL", "total"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const size_t n = strlen(words[i]);
        if (text.n >= n && memcmp(text.at, words[i], n) == 0 &&
            (text.n == n || text.at[n] == ' ' || text.at[n] == ':')) {
            return true;
        }
    }
    return false;
}

static mera_code glance_total(describe *d)
{
    for (size_t i = 0; i < 2 && i < d->table->csv.n_fields; i++) {
        const mera_slice text = advice_field(d, i);
        if (advice_is_total(text)) {
            return DESCRIBE_CASE(d, &d->total,
                                 "'%.*s': a total among the units? Delete the row, or leave it out "
                                 "with 'where' or 'exclude'",
                                 "'%.*s': итог среди территорий? Удалите строку или исключите её "
                                 "ключом 'where' или 'exclude'",
                                 (int)text.n, text.at);
        }
    }
    return MERA_OK;
}

mera_code describe_glance(describe *d)
{
    const io_table *t = d->table;
    size_t n_said = 0, n_years = 0;
    if (t->source->layout == MERA_LAYOUT_BLOCKS || io_table_blank(t)) {
        return MERA_OK;
    }
    /* A title has its table near; years without a name have nothing in the first field. */
    const bool look = advice_field(d, 0).n == 0 || (d->wider_line == 0 && d->n_rows < ADVICE_ROWS);
    for (size_t i = 0; look && i < t->csv.n_fields; i++) {
        const mera_slice text = advice_field(d, i);
        n_said += text.n > 0;
        n_years += i > 0 && advice_is_year(text);
    }
    if (n_years >= 2 && n_years == n_said) {
        d->years_line = d->n_years == 0 ? io_table_line(t) : d->years_line;
        d->n_years++;
    }
    if (n_said > d->n_named && n_said > 1 && d->wider_line == 0) {
        d->wider_line = io_table_line(t);
        d->n_wider = t->csv.n_fields;
    }
    if (t->csv.n_fields != t->n_fields) {
        d->n_alike += d->ragged.n == 0 || t->csv.n_fields == d->ragged_fields;
        d->ragged_fields = d->ragged.n == 0 ? t->csv.n_fields : d->ragged_fields;
        return MERA_OK;
    }
    d->first_line = d->first_line == 0 ? io_table_line(t) : d->first_line;
    return glance_total(d);
}

/* ---- fields ---- */

/* UTF-8 that was read by another table of letters and saved so: every second letter is of two. */
static bool advice_is_broken(const char *text)
{
    const char *at = text, *const end = text + strlen(text);
    size_t n = 0, n_lead = 0;
    while (at < end) {
        const uint32_t code = mera_utf8_next(&at, end);
        n++;
        n_lead += code == 0x420 || code == 0x421 || code == 0xD0 || code == 0xD1;
    }
    return n >= 6 && n_lead * 5 >= n * 2;
}

static mera_code advise_letters(describe *d, const char *text)
{
    return advice_is_broken(text)
               ? DESCRIBE_FIND(d, "broken-letters",
                               "'%s' is UTF-8 that was read as another encoding and saved so: ask "
                               "for the file anew",
                               "'%s': это UTF-8, прочитанный в другой кодировке и так сохранённый: "
                               "получите файл заново",
                               text)
               : MERA_OK;
}

/* Codes of 8 or 11 digits, some of which are one digit short. */
static mera_code advise_lost_zero(describe *d, const io_field *f, const char *name)
{
    for (size_t n = 8; n <= 11; n += 3) {
        const size_t full = f->n_length[n], less = f->n_length[n - 1];
        if (less > 0 && full > less && full + less == f->n_rows && f->distinct.n == f->n_rows) {
            return DESCRIBE_FIND(d, "lost-zero",
                                 "'%s': %zu codes of %zu digits and %zu of one less: were leading "
                                 "zeros lost? 'match' with a list of units finds them",
                                 "'%s': кодов %zu по %zu цифр и %zu на цифру короче: потеряны нули "
                                 "впереди? Их найдёт 'match' со списком территорий",
                                 name, full, n, less);
        }
    }
    return f->n_exponent == 0 || f->n_exponent + f->n_digits < f->n_rows
               ? MERA_OK
               : DESCRIBE_FIND(
                     d, "shortened-number",
                     "'%s': cells like '8,07E+07': %zu; a spreadsheet has cut digits off: "
                     "make the column text there and save it anew",
                     "'%s': ячеек вида '8,07E+07': %zu; табличная программа отбросила "
                     "цифры: сделайте столбец текстом и сохраните заново",
                     name, f->n_exponent);
}

/* Texts that would be numbers if something was said or mended. */
static mera_code advise_numbers(describe *d, const io_field *f, const char *name)
{
    if (f->n_percent > 0) {
        return ADVICE_AT(
            d, "percent", f->other_at,
            "'%s': percent signs behind numbers: %zu, the first '%s'; take them out of "
            "the file",
            "'%s': чисел со знаком процента: %zu, первое '%s'; уберите знаки из файла", name,
            f->n_percent, f->other);
    }
    if (f->n_footnote > 0) {
        return ADVICE_AT(d, "footnote", f->other_at,
                         "'%s': marks of footnotes at numbers: %zu, the first '%s'; 'footnotes: "
                         "true' takes them off",
                         "'%s': чисел со знаком сноски: %zu, первое '%s'; их снимает "
                         "'footnotes: true'",
                         name, f->n_footnote, f->other);
    }
    if (f->n_behind > 0 && f->min >= 1900 && f->max <= 2100) {
        return ADVICE_AT(d, "year-in-text", f->other_at,
                         "'%s': years are written in several ways: with text behind them %zu, the "
                         "first '%s'; periods are told apart letter by letter: make them one",
                         "'%s': годы записаны по-разному: с текстом после них %zu, первый '%s'; "
                         "периоды различаются буква в букву: запишите их одинаково",
                         name, f->n_behind, f->other);
    }
    if (f->n_behind > 0 && f->n_behind * 2 >= f->n_other) {
        return ADVICE_AT(d, "number-in-text", f->other_at,
                         "'%s': numbers with text behind them: %zu, the first '%s'; "
                         "'numbers_in_text: true' takes the number, when all say the same unit",
                         "'%s': чисел с текстом после них: %zu, первое '%s'; число возьмёт "
                         "'numbers_in_text: true', если единица везде одна",
                         name, f->n_behind, f->other);
    }
    if (f->n_mark > 0) {
        return ADVICE_AT(d, "two-decimal-marks", f->other_at,
                         "'%s': numbers with another decimal mark than the rest of the file: %zu, "
                         "the first '%s'; make them one",
                         "'%s': чисел с другим десятичным знаком, чем в остальном файле: %zu, "
                         "первое '%s'; сделайте его одинаковым",
                         name, f->n_mark, f->other);
    }
    const size_t n_said = f->n_rows - f->n_missing;
    return f->is_number || f->n_number * 2 < n_said || f->n_other == 0
               ? MERA_OK
               : ADVICE_AT(d, "mostly-numbers", f->other_at,
                           "'%s': numbers in %zu of %zu cells; the first of the others is '%s'",
                           "'%s': чисел %zu из %zu; первая из остальных ячеек '%s'", name,
                           f->n_number, n_said, f->other);
}

mera_code describe_advise_field(describe *d, size_t field)
{
    const io_field *f = &d->field[field];
    const char *name = d->table->name[field];
    MERA_TRY(advise_letters(d, name));
    if (d->table->source->layout == MERA_LAYOUT_BLOCKS || f->n_rows == 0 || d->misread) {
        return MERA_OK;
    }
    MERA_TRY(advise_letters(d, f->example));
    MERA_TRY(advise_lost_zero(d, f, name));
    return f->is_code ? MERA_OK : advise_numbers(d, f, name);
}

/* ---- the table ---- */

/* Texts in the first row under fields of numbers: a header of two rows. */
static mera_code advise_header_rows(describe *d)
{
    size_t n = 0;
    for (size_t i = 0; i < d->table->n_fields; i++) {
        const io_field *f = &d->field[i];
        n += f->is_number && f->n_other == 1 && f->other_at.line == d->first_line;
    }
    const mera_at at = {d->table->findings.path, d->first_line, 0, 0};
    return n < 2 ? MERA_OK
                 : ADVICE_AT(d, "second-header", at,
                             "texts over numbers in %zu fields: a header of two rows? "
                             "'header_rows: %d' joins them",
                             "тексты над числами в полях (%zu): заголовок из двух строк? "
                             "'header_rows: %d' их соединит",
                             n, 2);
}

static mera_code advise_blocks(describe *d)
{
    const mera_at at = {d->table->findings.path, d->years_line, 0, 0};
    return ADVICE_AT(d, "years-in-row", at,
                     "rows of years without a name: %zu; 'layout: blocks' reads tables that stand "
                     "one below the other (docs/data.md, Blocks)",
                     "строк с годами без названия: %zu; таблицы одну под другой читает "
                     "'layout: blocks' (docs/data.md, Blocks)",
                     d->n_years);
}

static mera_code advise_title(describe *d)
{
    const mera_at at = {d->table->findings.path, d->wider_line, 0, 0};
    return ADVICE_AT(d, "title-above", at,
                     "the first row names %zu fields and this one has %zu: is it the header? "
                     "'skip_rows: %u' begins there",
                     "первая строка называет полей %zu, а в этой их %zu: это заголовок? "
                     "'skip_rows: %u' начнёт с неё",
                     d->n_named, d->n_wider, d->wider_line - 1);
}

mera_code describe_advise(describe *d)
{
    const io_table *t = d->table;
    const size_t n_columns = d->n_wider > t->n_fields ? d->n_wider : t->n_fields;
    if (t->source->layout == MERA_LAYOUT_BLOCKS) {
        return MERA_OK;
    }
    d->misread = d->n_years > 0 ||
                 (d->wider_line > 0 && d->n_named * 2 <= n_columns && t->source->range == NULL);
    if (d->misread) {
        return d->n_years > 0 ? advise_blocks(d) : advise_title(d);
    }
    if (d->n_rows == 0 && d->ragged.n > 0 && d->n_alike == d->ragged.n) {
        return DESCRIBE_FIND(
            d, "all-ragged",
            "every row has %zu fields and the header %zu: is a name missing in the "
            "header, or a text with a delimiter without quotes?",
            "в каждой строке полей %zu, а в заголовке %zu: в нём нет одного имени, "
            "или текст с разделителем стоит без кавычек?",
            d->ragged_fields, t->n_fields);
    }
    if (d->n_rows == 0 && d->n_elsewhere == 0) {
        return DESCRIBE_FIND(d, "no-rows", "the file has a header (%zu fields) and no rows",
                             "в файле заголовок (полей %zu) и ни одной строки", t->n_fields);
    }
    return advise_header_rows(d);
}

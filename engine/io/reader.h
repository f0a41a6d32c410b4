/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What the parts of reading share: all files (read.c), the fields of one (read_header.c), its rows
 * (read_row.c), its numbers (read_number.c), and the layouts (read_wide.c, read_long.c,
 * read_survey.c).
 */
#ifndef MERA_IO_READER_H
#define MERA_IO_READER_H

#include "base/map.h"
#include "data/builder.h"
#include "io/alike.h"
#include "io/table.h"

struct read_file;

/** All files. */
typedef struct read_all {
    const mera_read_request *request;
    mera_arena *arena;   /**< of the dataset and the report */
    mera_arena *scratch; /**< for the time of the reading */
    mera_diags *diags;
    mera_builder *b;
    mera_map *columns;    /**< wanted, by their index in the request; NULL = every number */
    mera_map *attributes; /**< wanted, by their index in the request */
    mera_map *periods;    /**< wanted; NULL = all */
    mera_map *excluded;   /**< keys, by their index in the request; NULL = none */
    mera_map *labels;     /**< all labels of periods that were met, wanted or not */
    mera_map *names;      /**< names of units: the first unit of each */
    io_alike alike; /**< keys of the units, which may differ in no more than a letter's look */
    bool *column_seen, *attribute_seen, *excluded_seen;
    const char **fields; /**< of all files, for suggestions */
    size_t n_fields, room_fields;
    const mera_source *name_asked, *period_asked; /**< the first that names such a field, or NULL */
    bool name_seen, period_seen;
    bool broken;        /**< a file could not be read, so what is not there may have been in it */
    bool timed;         /**< some file has periods */
    bool *timeless;     /**< by source: numbers that no period was named for */
    const char **label; /**< the same labels, in the order met */
    size_t n_labels, room_labels;
    mera_file_report *report;         /**< by source */
    mera_field_report **field_report; /**< by source and field */
    size_t n_errors;
    struct read_shared_match **match; /**< lists of units with their approvals (read_match.h) */
    size_t n_matches, room_matches;
    struct code_table **codes; /**< changes of codes, by the source that first needed them */
    bool waiting; /**< a match waits for approval: its unit is not known to later files */
    mera_code (*collecting)(struct read_file *); /**< instead of the layout: mera_data_match() */
    unsigned approve;                            /**< likewise: what is approved */
    bool russian;
} read_all;

/** A text to take from each row. */
typedef struct read_text {
    size_t field, attribute;
    size_t period; /**< READ_ROW_PERIOD or the header's */
} read_text;

/** The way out of a refused duplicate. */
#define READ_DUPLICATE_HINT(f)                                                                    \
    ((f)->n_recoded == 0 ? READ_DUPLICATE_WAY                                                     \
                         : "rows of two codes are one unit here, by 'codes' of 'units': is it a " \
                           "merger? 'merged: separate' needs it in that table")
#define READ_DUPLICATE_WAY \
    "'duplicates: first' or 'duplicates: last' in the entry of 'data' keeps one of them"

#define READ_ROW_PERIOD (SIZE_MAX - 1)

/** Lines by unit and period: where each was first read in this file. */
typedef struct read_seen {
    struct read_lines {
        uint32_t *line; /**< by unit; 0 = not yet */
        size_t room;
    } * period; /**< [0] = no period, [p + 1] = period p */
    size_t room;
} read_seen;

/** A column of numbers in one file. */
typedef struct read_number {
    const char *name;
    size_t field, column;
    size_t period; /**< READ_ROW_PERIOD or the header's */
    bool zero_missing;
    io_tally bad;
    size_t n_missing, n_censored, n_zero_led;
    const char *unit; /**< numbers_in_text: what stands behind the numbers; NULL = not known yet */
} read_number;

/** One file. */
typedef struct read_file {
    read_all *all;
    io_table *table;
    const mera_source *source;
    size_t index;  /**< of the source */
    size_t number; /**< of the file in the builder */
    size_t key[4], n_key;
    size_t name, period, indicator, value; /**< fields, or SIZE_MAX */
    size_t whole_period;                   /**< of every row without a field, or SIZE_MAX */
    bool skip_all;                         /**< its one period is not wanted */
    bool must_match;                       /**< units that are not known yet are not added */
    read_text *text;
    size_t n_texts;
    read_number **number_of; /**< by field, for the report; NULL = not read as a number */
    size_t n_elsewhere;      /**< rows that it leaves out */
    io_tally ragged, quote, no_key, no_period, unmatched, duplicate, conflict, namesake, alike;
    const char *alike_first; /**< the first case of `alike` in words */
    mera_map *unmatched_keys;
    read_seen seen;
    size_t n_trimmed;
    size_t n_rows;            /**< with a key */
    size_t n_used;            /**< of them, not left out */
    struct code_table *codes; /**< changes of codes (codes.h), or NULL */
    io_tally late, ambiguous; /**< codes that were replaced before, or not told apart */
    size_t n_recoded;         /**< rows under a later code */
    bool no_order;            /**< periods of file and table cannot be compared, which was said */
    struct read_match *match; /**< of rows that name units of a list; or NULL */
    mera_text joined;         /**< a key of several fields, or what is given to match */
    mera_slice last_label;
    size_t last_period;
    bool last_wanted;
} read_file;

/** A row that is to be used. */
typedef struct read_row {
    size_t unit, period; /**< period SIZE_MAX = every period */
    uint32_t line;
} read_row;

mera_code read_start(read_all *all);

/** One source, whatever becomes of it: the next one is looked at all the same. */
mera_code read_source(read_all *all, size_t index);

/** The field of a role. `must`: it is an error when it is not there. SIZE_MAX when `name` is NULL
 * or it is not there. */
mera_code read_role(read_file *f, const char *name, const char *what, bool must, size_t *field);

/** Finds the fields for keys, names, periods and texts. All that is missing is said. */
mera_code read_header(read_file *f);

/** Splits a field's name by the pattern of `header_period`: "le_2010" into "le" and "2010". */
bool read_split(const mera_source *source, const char *name, mera_slice *column,
                mera_slice *period);

/** Is there a digit in it? */
bool read_has_digit(mera_slice text);

/** Does the file have fields whose period part has a digit? Then only those are periods. */
bool read_split_by_digits(const read_file *f);

/** The builder's number of a period's label; *wanted is false when it is left out. */
mera_code read_period(read_file *f, mera_slice label, size_t *period, bool *wanted);

/** Is a column or attribute wanted? The index in the request or SIZE_MAX. */
size_t read_wants(const mera_map *wanted, mera_slice name);

/** Who and when the row at hand is; *use is false when it is left out, which has been counted. */
mera_code read_row_of(read_file *f, read_row *row, bool *use);

/** Reads the table of changes of codes that the source names. */
mera_code read_codes_start(read_file *f);

/** The key of a row as the last code of its unit. */
mera_code read_codes_follow(read_file *f, mera_slice *key);
mera_code read_codes_end(read_file *f);

/** Notes tables of codes among the files of the dataset. */
mera_code read_codes_files(read_all *all);

/** A unit that is new: does it differ from one before in nothing but how it is written? */
mera_code read_alike(read_file *f, mera_slice key);
/** A unit that earlier files do not know: the one they have that differs from it in no more. */
mera_code read_alike_hint(read_file *f, mera_slice key);
mera_code read_alike_end(read_file *f);

/** Takes the texts of a row. */
mera_code read_row_texts(read_file *f, const read_row *row);

/** The line on which a unit and period stood before in this file, or 0; and notes this one. */
mera_code read_seen_before(read_file *f, const read_row *row, uint32_t *before);

/** Says at the end of a file what was counted. */
mera_code read_rows_end(read_file *f);

/** Sets up a column of numbers. */
void read_number_new(const read_file *f, const char *name, size_t field, size_t column,
                     size_t period, read_number *out);

/** Reads a cell that is not plain digits, or whose column has wishes of its own. */
mera_code read_number_cell(read_file *f, read_number *n, double *value, uint8_t *state);

/** May the cell be set? Decides against what another file said of it. */
mera_code read_number_may(read_file *f, read_number *n, const read_row *row, size_t period,
                          uint8_t state, bool *may);

mera_code read_number_end(read_file *f, const read_number *n);

mera_code read_wide(read_file *f);
mera_code read_long(read_file *f);
mera_code read_survey(read_file *f);

/** What is only known when all files are read: what none has, what was never met. */
mera_code read_check_all(read_all *all);
mera_code read_check_dataset(read_all *all, const mera_dataset *data);

/** Fills the report of one file. */
mera_code read_report_file(read_file *f);

/** Adds the smallest and largest numbers to the reports. */
void read_report_ranges(read_all *all, const mera_dataset *data);

#endif

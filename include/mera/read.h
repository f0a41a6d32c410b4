/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Reading data files as they arrive into one dataset. Nothing is guessed in silence: what was
 * chosen (encoding, delimiter, decimal mark) is in the report, what was refused is listed by line.
 */
#ifndef MERA_READ_H
#define MERA_READ_H

#include "mera/dataset.h"

typedef enum mera_layout {
    MERA_LAYOUT_WIDE,
    MERA_LAYOUT_LONG,
    MERA_LAYOUT_SURVEY,
    MERA_LAYOUT_BLOCKS,
} mera_layout;
typedef enum mera_policy {
    MERA_REFUSE,
    MERA_FIRST,
    MERA_LAST,
    MERA_SKIP,
    MERA_AS_MISSING,
    MERA_ADD
} mera_policy;
typedef enum mera_merged { MERA_MERGED_FIRST, MERA_MERGED_FILL, MERA_MERGED_REFUSE } mera_merged;
typedef enum mera_censored {
    MERA_CENSORED_MISSING,
    MERA_CENSORED_HALF,
    MERA_CENSORED_BOUND
} mera_censored;

/** A renamed field. */
typedef struct mera_rename {
    const char *from, *to;
} mera_rename;

/** A declared missing mark and what it means. */
typedef struct mera_mark {
    const char *text;
    mera_reason reason; /**< MERA_ABSENT, MERA_SUPPRESSED or MERA_NOT_APPLICABLE */
} mera_mark;

/**
 * A question of a survey: what its answers become. With `positive` the share of these answers in
 * percent, else the mean of numbers. Columns: the name itself, then with _n answers, _se standard
 * error in the same unit, _deff design effect, _neff effective number of answers.
 */
typedef struct mera_question {
    const char *name;
    mera_at at;
    const char *answer;          /**< the field; NULL = called as the question */
    const char *const *positive; /**< answers that count as yes; none = a mean */
    size_t n_positive;
    const char *const *negative; /**< with `positive`: the other answers; none = any other answer */
    size_t n_negative;
    bool has_scale; /**< answers are numbers from low to high */
    double low, high;
} mera_question;

/** Rows to keep: those whose field holds one of the texts. */
typedef struct mera_where {
    const char *field;
    const char *const *text;
    size_t n;
} mera_where;

typedef struct mera_match mera_match;
typedef struct mera_recode mera_recode;

/** How one file is to be read. Zero-initialised means: look and see. */
typedef struct mera_source {
    const char *path;
    mera_at at; /**< where the methodology names it; or nowhere */
    mera_layout layout;
    const char *encoding; /**< "utf-8", "utf-16", "windows-1251", "windows-1252", "cp866", "koi8-r";
                             NULL = look */
    char delimiter;       /**< 0 = look: comma, semicolon or tab */
    char decimal;         /**< '.' or ','; 0 = look per file */
    const char *key[4];   /**< fields of the unit's key, joined by " / " when several */
    size_t n_key;
    const char *name;      /**< field of the unit's name, or NULL */
    const char *period;    /**< field of the period, or NULL */
    const char *period_is; /**< the period of the whole file when no field says it, or NULL */
    const char
        *header_period;    /**< pattern like "{column}_{period}" that splits field names, or NULL */
    const char *indicator; /**< long: field that names the column */
    const char *value;     /**< long: field that holds the number */
    const char *const *of_year; /**< blocks: the parts of a year whose value is the year's, the best
                                   first; none = those that usually are */
    size_t n_of_year;
    const char *table;    /**< of a database; or NULL */
    const char *query;    /**< of a database: one SELECT; or NULL */
    const char *database; /**< of a PostgreSQL server: how to reach it; `path` then only names it */
    size_t skip_rows;     /**< lines above the header */
    const char
        *sheet; /**< of a workbook: its name or number from 1; NULL = the first with a table */
    const char *range;  /**< of a sheet: "A5:H200"; NULL = all of it */
    size_t header_rows; /**< 0 = 1; names of several are joined by " / " */
    mera_merged merged; /**< merged cells among the data; those of the header are always filled */
    const char *indicator_is; /**< wide: the column of numbers whose fields are named by period
                                 only; header_period then is a pattern with {period} alone */
    bool footnotes;           /**< marks of footnotes at the ends of fields are taken off */
    const mera_where *where;  /**< all must hold */
    size_t n_where;
    const mera_rename *rename;
    size_t n_rename;
    const mera_mark *mark; /**< in addition to the customary ones: see docs/data.md */
    size_t n_mark;
    bool only_marks; /**< the declared marks replace the customary ones (empty always counts) */
    const char *const *zero_missing; /**< columns in which 0 means missing */
    size_t n_zero_missing;
    mera_censored censored;  /**< what "<5" becomes */
    mera_policy duplicates;  /**< REFUSE, FIRST or LAST */
    mera_policy bad_rows;    /**< too many or too few fields: REFUSE or SKIP */
    mera_policy bad_numbers; /**< REFUSE or AS_MISSING */
    mera_policy unmatched;   /**< units that earlier files do not know: ADD (default for the first),
                                REFUSE, SKIP */
    const mera_question *question; /**< survey: a row an answer sheet */
    size_t n_questions;
    const char *weight;  /**< survey: field of the weight of the row; NULL = all weigh the same */
    const char *stratum; /**< survey: field of the stratum within the unit, or NULL */
    const char *cluster; /**< survey: field of the cluster within unit and stratum, or NULL */
    size_t least;        /**< survey: fewer answers give no value */
    bool numbers_in_text; /**< take the leading number of "14,8 тыс. чел." (the unit said must be
                             one in the column) */
    const mera_match *match;  /**< rows name units of a list; NULL = their keys are the units' */
    const mera_recode *codes; /**< changes of codes between periods, or NULL */
} mera_source;

enum { MERA_REGION_FIELDS = 4 };

/** The units there are. Of its source, key and name say the fields of the code and the name. */
typedef struct mera_unit_list {
    mera_source source;
    const char *region[MERA_REGION_FIELDS]; /**< their texts, joined by a blank, are the region */
    size_t n_region;
} mera_unit_list;

/** A table of changes of codes: what was `from` is `to`, from the period on that it says. */
struct mera_recode {
    mera_source source;
    const char *from, *to;
    const char *period; /**< field of the first period of the new code; NULL = codes for good */
    bool separate;      /**< mergers and splits: leave the units apart; else they are refused */
};

/** How the rows of a file name units of a list. At least one of `key` and `name` is said. */
struct mera_match {
    const mera_unit_list *list;
    mera_at at;
    const char *key, *name; /**< fields of the code and the name, or NULL */
    const char *region[MERA_REGION_FIELDS];
    size_t n_region;
    const char *region_is; /**< the region of the whole file, or NULL */
    const char *approved;  /**< file of approvals; it need not be there */
};

typedef enum mera_match_state {
    MERA_MATCH_EXACT,
    MERA_MATCH_PROPOSED,
    MERA_MATCH_AMBIGUOUS,
    MERA_MATCH_NONE,
} mera_match_state;

/** Why a match is not exact, as bits; mera_match_why_name() says them in one word each. */
enum {
    MERA_MATCH_BLANKS = 1 << 0,        /**< blanks */
    MERA_MATCH_CASE = 1 << 1,          /**< upper and lower case */
    MERA_MATCH_YO = 1 << 2,            /**< ё and е */
    MERA_MATCH_MARKS = 1 << 3,         /**< dashes, quotes, dots, brackets */
    MERA_MATCH_LETTERS = 1 << 4,       /**< Latin letters that look Cyrillic */
    MERA_MATCH_KIND = 1 << 5,          /**< the kind of place: «г.», «посёлок» */
    MERA_MATCH_REGION = 1 << 6,        /**< the region is written otherwise */
    MERA_MATCH_OTHER_REGION = 1 << 7,  /**< the region is only alike, or not known */
    MERA_MATCH_ZERO = 1 << 8,          /**< a code without its leading zero */
    MERA_MATCH_DIGITS = 1 << 9,        /**< a code with blanks or dashes */
    MERA_MATCH_LEVEL = 1 << 10,        /**< a code of 8 digits for one of 11, or the reverse */
    MERA_MATCH_SPELLING = 1 << 11,     /**< a slip or two in the name */
    MERA_MATCH_UNKNOWN_CODE = 1 << 12, /**< the list does not know the code; the name tells */
    MERA_MATCH_OTHER_NAME = 1 << 13,   /**< the code is known, and the name is another one */
    MERA_N_MATCH_WHYS = 14,
};

/** What is wanted from the files. */
typedef struct mera_read_request {
    const mera_source *source;
    size_t n_sources;
    const char *const
        *column; /**< names of columns wanted as numbers; NULL = every one that reads as numbers */
    size_t n_columns;
    const mera_at
        *column_at; /**< where each is asked for, to say so when no file has it; or NULL */
    const char *const *attribute; /**< names of fields wanted as text */
    size_t n_attributes;
    const mera_at *attribute_at; /**< likewise, or NULL */
    const char *const *period;   /**< periods wanted; NULL = all */
    size_t n_periods;
    const char *const *exclude; /**< keys of units to leave out (aggregates among units) */
    size_t n_exclude;
    unsigned threads; /**< 0 = all processors */
} mera_read_request;

/** Something that was refused, skipped or kept though odd. */
typedef struct mera_finding {
    const char *kind; /**< "duplicate", "ragged-row", "unparsable-number", "unmatched-unit",
                         "namesake", "censored", ... */
    mera_at at;
    const char *text;
    const char *ru; /**< the text in Russian; the same where there is none */
} mera_finding;

/** What a column of a file was understood to be. */
typedef struct mera_field_report {
    const char *name;
    bool is_number;
    size_t n_present, n_missing, n_censored, n_unreadable, n_distinct_text;
    double min, max; /**< NaN when there is no number */
    const char *example;
} mera_field_report;

typedef struct mera_file_report {
    const char *path, *encoding, *layout;
    const char *sheet; /**< of a workbook, else NULL */
    char delimiter, decimal;
    bool bom;
    size_t n_bytes, n_lines, n_rows, n_units, n_periods;
    const mera_field_report *field;
    size_t n_fields;
    const mera_finding *finding; /**< the first 1,000 of each kind */
    size_t n_findings;
} mera_file_report;

typedef struct mera_read_report {
    const mera_file_report *file;
    size_t n_files;
} mera_read_report;

/**
 * Reads the files into a dataset. MERA_EINPUT when anything is refused; all problems are in
 * `diags`. A wanted column or attribute that no file has is an error with a suggestion. `report`
 * may be NULL.
 */
mera_code mera_data_read(const mera_read_request *request, mera_arena *arena, mera_diags *diags,
                         mera_dataset **out, mera_read_report *report);

/** What mera_data_match() made of one file of approvals. Counts are of different units as given. */
typedef struct mera_match_file {
    const char *path, *list; /**< of the approvals, of the list of units */
    size_t n_exact, n_approved, n_refused, n_proposed, n_ambiguous, n_none;
    size_t n_why[MERA_N_MATCH_WHYS]; /**< of the proposals that wait */
    size_t n_kept;                   /**< decisions on what is not in the data now */
} mera_match_file;

/** "blanks", "case", ... of bit number `i`; in Russian too. */
const char *mera_match_why_name(size_t i, bool russian);

/**
 * Looks for the unit of each row of the sources that have `match`, and writes the files of
 * approvals: a row for all that is not exact, decisions kept. `approve`: bits; proposals with no
 * other reason are approved. MERA_EINPUT when a file cannot be read; nothing is written then.
 */
mera_code mera_data_match(const mera_read_request *request, unsigned approve, bool russian,
                          mera_arena *arena, mera_diags *diags, const mera_match_file **out,
                          size_t *n);

/** Looks through one file as `source` says, without a methodology's columns: every field's kind,
 * gaps, examples, oddities, and what its layout, roles and filters come to. */
mera_code mera_data_describe(const mera_source *source, mera_arena *arena, mera_diags *diags,
                             mera_file_report *out);

#endif

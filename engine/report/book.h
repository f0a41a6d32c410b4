/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Private to report: a result as a workbook whose formulas make the numbers again. On every sheet
 * with units the same row is the same unit and period; a formula is written only where it gives
 * the engine's number, and elsewhere the number stands.
 */
#ifndef MERA_REPORT_BOOK_H
#define MERA_REPORT_BOOK_H

#include "io/xlsx_write.h"
#include "report/look.h"
#include "report/report.h"
#include "report/words.h"

typedef enum book_page {
    BOOK_ABOUT,
    BOOK_SCORES,
    BOOK_RANKS,
    BOOK_WEIGHTS,
    BOOK_POINTS, /**< normalised */
    BOOK_DATA,
    BOOK_VALUES, /**< of indicators whose raw values are not what is normalised */
    BOOK_SCALES,
    BOOK_N_PAGES
} book_page;

enum {
    BOOK_HEAD = 4, /**< rows above the first unit: title, id, weight or unit, parent or direction */
    BOOK_LEFT = 3, /**< columns before the first number: key, name, period */
    BOOK_ROW = 1,  /**< stands for the number of the row in a formula's text */
    BOOK_TITLE = 0, /**< rows of the head */
    BOOK_ID = 1,
    BOOK_WEIGHT = 2,
    BOOK_PARENT = 3,
    BOOK_COLUMN = 13,       /**< letters of a column of numbers */
    BOOK_WORD = 24,         /**< and of one with a long word in its title at most */
    BOOK_TITLE_LINES = 6,   /**< of its title at most */
    BOOK_LEFT_LETTERS = 50, /**< of the columns before the numbers, about */
    BOOK_STEPS = 12         /**< operations of a chain at most; longer ones stand as numbers */
};

/* columns of the sheet of weights and of that of scales */
enum {
    WEIGHTS_PARENT,
    WEIGHTS_PARENT_TITLE,
    WEIGHTS_ID,
    WEIGHTS_TITLE,
    WEIGHTS_KIND,
    WEIGHTS_WEIGHT,
    WEIGHTS_SHARE,
    WEIGHTS_INDEX
};
enum {
    SCALES_ID,
    SCALES_TITLE,
    SCALES_OP,
    SCALES_DIRECTION,
    SCALES_GROUP,
    SCALES_PERIOD,
    SCALES_LOW,
    SCALES_HIGH,
    SCALES_FROM,
    SCALES_TO,
    SCALES_SPAN,
    SCALES_WIDTH,
    SCALES_N
};

/** A column of the sheet of points: an indicator under a node; node SIZE_MAX = under none. */
typedef struct book_point {
    size_t node, child, indicator;
} book_point;

/** How many numbers of a column have no formula, and why. */
typedef struct book_stands {
    size_t n, of;
    mera_word why; /**< for the whole column; MERA_N_WORDS = a formula is there */
    const mera_op *op;
} book_stands;

/** Where the children of a node are, and its own column. */
typedef struct book_node {
    size_t column;                 /**< on the sheets of scores and ranks */
    size_t point, n_points;        /**< children that are indicators, on the sheet of points */
    size_t child_node, n_children; /**< children that are nodes: first column of scores */
    size_t weights;                /**< first row on the sheet of weights */
    size_t index_row; /**< row of the node itself there, SIZE_MAX = the root: share of the index */
} book_node;

/** An operation that a formula can say, with its numbers: for looking whether it says the same. */
typedef struct book_step {
    enum {
        STEP_TURN,
        STEP_TARGET,
        STEP_LINE,
        STEP_LOG_LINE,
        STEP_DEVIATION,
        STEP_SCALE,
        STEP_ROUND,
        STEP_GIVEN
    } kind;
    double p[6];
} book_step;

/** A chain of operations as a formula; `text` NULL = no formula can say it, see `why`. */
typedef struct book_chain {
    const char *text; /**< BOOK_ROW stands for the row */
    mera_word why;
    const mera_op *op; /**< that no formula can say; or NULL */
    book_step step[BOOK_STEPS];
    size_t n;
} book_chain;

typedef struct book {
    io_xlsx *workbook;
    io_xlsx_sheet *sheet[BOOK_N_PAGES];
    const char *ref[BOOK_N_PAGES]; /**< "Scores!", quoted where it has to be */
    mera_plan *plan;
    const mera_result *r;
    const mera_score_view *view;
    mera_arena *arena;
    size_t *order; /**< nodes in the order of columns */
    book_node *node;
    book_point *point;
    size_t n_points;
    size_t *values_column; /**< per indicator its column on the sheet of values; SIZE_MAX = the raw
                                data are normalised as they are */
    size_t n_values;
    size_t *fit, *fit_start; /**< fits of the result by subject */
    const size_t *scale_row; /**< per fit of the result; SIZE_MAX = not on the sheet */
    book_stands *point_stands, *node_stands;
    look points;        /**< of scores and points */
    unsigned *decimals; /**< per indicator of its data, then of its values; LOOK_DECIMALS = as the
                             program likes */
    bool failed;
} book;

/* book.c */
const char *book_word(const book *b, mera_word word);
const char *book_title(const book *b, mera_title title);
void book_text(book *b, book_page page, size_t row, size_t column, const char *text, look as);
void book_number(book *b, book_page page, size_t row, size_t column, double value, look as);
/** `text` with BOOK_ROW for the number of the row; the value is kept beside it. */
void book_formula(book *b, book_page page, size_t row, size_t column, const char *text,
                  double value, look as);
/** "Data!$F$12" for one cell, on its own sheet without the sheet. NULL = no memory. */
const char *book_cell(book *b, book_page from, book_page page, size_t row, size_t column);
/** Title, id and what else stands over a column of numbers, in the row of the head. */
void book_over(book *b, book_page page, size_t row, size_t column, const char *text);
/** Widths and print of a sheet with units: `columns` of numbers, their titles in so many lines. */
void book_units_page(book *b, book_page page, size_t columns, unsigned lines);
/** Key, name and period of a unit. */
void book_unit(book *b, book_page page, size_t cell);
size_t book_row(size_t cell);

/* book_data.c */
/** The titles of key, unit and period. */
void book_left(book *b, book_page page);
/** What a row below the titles is, left of the first number. */
void book_rows(book *b, book_page page, size_t row, mera_word weight, mera_word parent);
/** The lines of the title above a column of numbers, or `lines` when these are more. */
unsigned book_lines(const book *b, mera_title title, unsigned lines);

/* book_layout.c */
mera_code book_lay_out(book *b);
/** "Data!F\1", the value that is normalised; NULL = no memory. */
const char *book_value_cell(book *b, size_t indicator);
/** "Data!F$5:F$120", n cells from one on. */
const char *book_value_range(book *b, size_t indicator, size_t cell, size_t n);
/** The subject of fits: an index into fit_start. */
size_t book_subject_of(const book *b, size_t indicator, size_t node);

/* book_chain.c */

/** Whose chain it is, and what its operations are fitted on here. */
typedef struct book_subject {
    size_t indicator, node; /**< one is SIZE_MAX */
    mera_direction direction;
    const double *target;
    const char *group; /**< NULL = the fit over all units */
    size_t period;
} book_subject;

/** Adds the operations to what `chain` says already. */
mera_code book_chain_add(book *b, const mera_use_list *uses, const book_subject *subject,
                         book_chain *chain);
double book_chain_value(const book_chain *chain, double x);
/** Is `made` the number that the engine has? */
bool book_is(double made, double x);
/** The number of a parameter by its name: F64, INT, ENUM, BOOL, or item `i` of a list. */
double book_param(const mera_use *use, const char *name, size_t i);
/** Of a list of operations, the grouping that some is fitted by; false when there are two. */
bool book_grouping(const mera_use_list *uses, const char **by);

/* book_node.c */

/** The formulas of a node in one period and group. */
typedef struct book_node_formula {
    book_chain full, some; /**< all children there, or not all */
} book_node_formula;

mera_code book_node_says(book *b, size_t node, size_t period, const char *group,
                         book_node_formula *out);
/** What the aggregator gives for a unit, before `then`; *full says whether no child is missing. */
double book_node_value(const book *b, size_t node, size_t cell, bool *full);
/** A weight as it stands on the sheet of weights. */
double book_weight(const book *b, size_t node, size_t child);

/* the sheets */
mera_code book_data(book *b);
mera_code book_points(book *b);
mera_code book_scores(book *b);
mera_code book_weights(book *b);
mera_code book_scales(book *b);
mera_code book_about(book *b);

#endif

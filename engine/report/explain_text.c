/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Why a unit's score is what it is, as a tree that somebody who did not make the index can read:
 * what each part adds against the mean of all units, then each number down to its cell.
 */
#include "report/explain_text.h"
#include "report/fitted_words.h"

#include "base/math.h"

enum {
    EXPLAIN_BAR = 10,
    EXPLAIN_NUMBER = 8,
    EXPLAIN_PULLS = 3,
    EXPLAIN_FIGURES = 29, /* columns that the numbers after a bar take, with what is between */
    EXPLAIN_MEAN = 10,   /* of them the mean in brackets, for which narrow terminals have no room */
    EXPLAIN_NARROW = 90, /* terminals with less than this have no room for bars */
    EXPLAIN_NAME = 24    /* least columns of a title; most of a name after a share */
};

static const char *explain_title(mera_title title, const char *id, const mera_explaining *e)
{
    const char *text = mera_title_in(title, e->view->view.language);
    return text != NULL ? text : id;
}

/** Scores of a child or node over the units of the period: the scale of its bar. */
static mera_series explain_series(const mera_explaining *e, const double *all)
{
    const mera_result *r = e->view->result;
    return mera_series_of(all + e->view->period * r->n_units, r->n_units);
}

static mera_series explain_child_series(const mera_explaining *e, const mera_trace_child *child)
{
    const mera_result *r = e->view->result;
    return explain_series(
        e, child->node != NULL
               ? r->node[child->node->node].score
               : r->indicator[child->indicator->indicator].stage[MERA_STAGE_NORMALISED]);
}

/** "+0.72", or "+5%" where parts multiply. NULL when it is not split. */
static const char *explain_pull(const mera_explaining *e, const mera_trace_child *child,
                                mera_split split)
{
    if (split == MERA_SPLIT_NONE || isnan(child->contribution)) {
        return NULL;
    }
    if (split == MERA_SPLIT_LOG) {
        return mera_arena_printf(e->arena, "%+.1f%%", (mera_exp(child->contribution) - 1) * 100);
    }
    const int digits = explain_child_series(e, child).digits;
    return mera_arena_printf(e->arena, "%+.*f", digits, child->contribution);
}

/** Columns of a bar with the blanks before it; 0 on a narrow terminal. */
static size_t explain_bar_width(const mera_explaining *e)
{
    return e->view->view.width < EXPLAIN_NARROW ? 0 : EXPLAIN_BAR + 2;
}

/** Columns that the notes after a bar take in the language of the page, the mean in brackets with
 * them. */
static size_t explain_all_notes(const mera_explaining *e)
{
    const mera_node *top = &e->m->node[e->top];
    const size_t title = mera_utf8_width(explain_title(top->title, top->id, e));
    const size_t name = title < EXPLAIN_NAME ? title : EXPLAIN_NAME;
    const size_t whole =
        e->top == 0 ? mera_utf8_width(mera_explain_word(e, MERA_WORD_SHARE_OF_INDEX))
                    : mera_utf8_width(mera_explain_word(e, MERA_WORD_SHARE_OF_NODE)) + 1 + name;
    return whole + mera_utf8_width(mera_explain_word(e, MERA_WORD_CONTRIBUTION)) + EXPLAIN_FIGURES;
}

static bool explain_shows_mean(const mera_explaining *e)
{
    return EXPLAIN_NAME + EXPLAIN_NUMBER + explain_all_notes(e) <= e->view->view.width;
}

static size_t explain_notes_width(const mera_explaining *e)
{
    return explain_all_notes(e) - (explain_shows_mean(e) ? 0 : EXPLAIN_MEAN);
}

/** Number and bar, after the title. */
static void explain_number(const mera_explaining *e, const mera_series *series)
{
    mera_text bar = {.arena = e->arena}, padded = {.arena = e->arena};
    const size_t unit = e->view->unit;
    const char *number = mera_style_number(series->value[unit], series->digits, e->arena);
    mera_style_bar(&bar, mera_series_share(series, unit), EXPLAIN_BAR);
    const char *bar_text = mera_text_string(&bar);
    if (number == NULL || bar_text == NULL) {
        e->out->failed = true;
        return;
    }
    mera_style_pad(e->out, number, EXPLAIN_NUMBER, true);
    if (explain_bar_width(e) == 0) {
        return;
    }
    mera_style_pad(&padded, bar_text, EXPLAIN_BAR, false);
    const char *padded_text = mera_text_string(&padded);
    mera_text_add(e->out, "  ");
    mera_style_add(e->out, &e->view->view, MERA_PAINT_GOOD, padded_text == NULL ? "" : padded_text);
}

/** "23.5% of the index", or "of Health" when only that node is explained. */
static void explain_share(const mera_explaining *e, double share)
{
    const mera_node *top = &e->m->node[e->top];
    const char *name =
        mera_style_cut(explain_title(top->title, top->id, e), EXPLAIN_NAME, e->arena);
    e->out->failed |= name == NULL;
    if (e->sums) { /* weights are no shares: points are added up */
        mera_text_addf(e->out, "  %s %s", mera_explain_word(e, MERA_WORD_WEIGHT),
                       mera_style_value(share, e->arena));
        return;
    }
    mera_text_addf(e->out, "  %5.1f%% ", share * 100);
    if (e->top == 0) {
        mera_text_add(e->out, mera_explain_word(e, MERA_WORD_SHARE_OF_INDEX));
    } else {
        mera_text_addf(e->out, "%s %s", mera_explain_word(e, MERA_WORD_SHARE_OF_NODE),
                       name == NULL ? "" : name);
    }
}

static void explain_child_notes(const mera_explaining *e, const mera_trace_child *child,
                                mera_split split)
{
    const char *pull = explain_pull(e, child, split);
    const char *mean =
        mera_style_number(child->mean, explain_child_series(e, child).digits, e->arena);
    explain_share(e, child->index_share);
    if (isnan(child->used)) {
        mera_text_addf(e->out, " · %s", mera_explain_word(e, MERA_WORD_LEFT_OUT));
    } else if (pull != NULL) {
        mera_text_add(e->out, " · ");
        mera_style_add(e->out, &e->view->view,
                       child->contribution < 0 ? MERA_PAINT_BAD : MERA_PAINT_GOOD, pull);
        mera_text_addf(e->out, " %s", mera_explain_word(e, MERA_WORD_CONTRIBUTION));
        if (explain_shows_mean(e)) {
            mera_text_addf(e->out, " (%s)", mean == NULL ? "" : mean);
        }
    } else if (!isnan(child->mean)) {
        mera_text_addf(e->out, " · %s %s", mera_explain_word(e, MERA_WORD_MEAN_ALL),
                       mean == NULL ? "" : mean);
    }
    mera_text_add(e->out, "\n");
}

static void explain_child_line(const mera_explaining *e, const mera_trace_child *child,
                               mera_split split, const char *prefix, bool last)
{
    const size_t taken = EXPLAIN_NUMBER + explain_bar_width(e) + explain_notes_width(e);
    const size_t room = e->view->view.width > taken ? e->view->view.width - taken : 0;
    const size_t width = room > 48 ? 48 : room < 24 ? 24 : room;
    const size_t used = mera_utf8_width(prefix) + 3;
    const mera_series series = explain_child_series(e, child);
    mera_style_add(e->out, &e->view->view, MERA_PAINT_DIM, prefix);
    mera_style_add(e->out, &e->view->view, MERA_PAINT_DIM, last ? "└─ " : "├─ ");
    mera_style_pad(e->out, explain_title(child->title, child->id, e),
                   used + 8 < width ? width - used : 8, false);
    explain_number(e, &series);
    explain_child_notes(e, child, split);
}

static bool explain_has_gaps(const mera_trace_node *node)
{
    for (size_t j = 0; j < node->n_children; j++) {
        if (isnan(node->child[j].value)) {
            return true;
        }
    }
    return false;
}

/** "; split by Shapley values from the score of all means, 52.3": of splits that are not plain. */
static void explain_split(const mera_explaining *e, const mera_trace_node *node, mera_text *text)
{
    static const mera_word how[] = {
        [MERA_SPLIT_LOG] = MERA_WORD_SPLIT_LOG,
        [MERA_SPLIT_SHAPLEY] = MERA_WORD_SPLIT_SHAPLEY,
        [MERA_SPLIT_PROPORTIONAL] = MERA_WORD_SPLIT_PROPORTIONAL,
    };
    const mera_series series = explain_series(e, e->view->result->node[node->node].score);
    if (node->split == MERA_SPLIT_NONE || node->split == MERA_SPLIT_LINEAR) {
        return;
    }
    mera_text_addf(text, "; %s %s", mera_explain_word(e, MERA_WORD_SPLIT),
                   mera_explain_word(e, how[node->split]));
    if (node->split_orders > 0) {
        mera_text_addf(text, " (%zu ", node->split_orders);
        mera_text_addf(text, "%s ", mera_explain_word(e, MERA_WORD_SPLIT_ORDERS));
        mera_text_addf(text, "%.2g)", node->split_error);
    }
    mera_text_addf(text, " %s, ", mera_explain_word(e, MERA_WORD_SPLIT_FROM));
    mera_text_addf(text, "%.*f", series.digits, node->baseline);
}

/** What rules and rounding add, each on a line of its own. */
static void explain_remainders(const mera_explaining *e, const mera_trace_node *node,
                               const char *prefix)
{
    const double points[] = {node->rule, node->rounding};
    static const mera_word word[] = {MERA_WORD_RULE_ADDS, MERA_WORD_ROUNDING_ADDS};
    for (size_t i = 0; i < 2; i++) {
        if (points[i] != 0) {
            const char *line = mera_arena_printf(e->arena, "%s%s: %+.3g\n", prefix,
                                                 mera_explain_word(e, word[i]), points[i]);
            e->out->failed |= line == NULL;
            mera_style_add(e->out, &e->view->view, MERA_PAINT_DIM, line == NULL ? "" : line);
        }
    }
}

/** How the node was made of its children; what missing ones do is said when one is missing, and
 * always where all is told. */
static mera_code explain_rule(const mera_explaining *e, const mera_trace_node *node,
                              const char *prefix)
{
    const char *params = e->view->full ? node->settings : node->chosen;
    mera_text text = {.arena = e->arena};
    mera_text_addf(
        &text, "%s: %s",
        mera_explain_word(e, node->op != NULL ? MERA_WORD_AGGREGATED : MERA_WORD_FORMULA),
        node->op != NULL ? node->op->name : "");
    if (params != NULL && params[0] != '\0') {
        mera_text_addf(&text, "%s%s", node->op != NULL ? "; " : "", params);
    }
    if (node->missing != NULL && (e->view->full || explain_has_gaps(node))) {
        const char *missing = mera_missing_in(&e->m->node[node->node], node->missing,
                                              e->view->view.language, e->arena);
        MERA_TRY_PTR(missing);
        mera_text_addf(&text, "; %s", missing);
    }
    explain_split(e, node, &text);
    const char *line = mera_text_string(&text);
    MERA_TRY_PTR(line);
    mera_explain_wrap(e, prefix, line);
    for (size_t i = 0; i < node->n_then; i++) {
        MERA_TRY(mera_explain_step_line(e, &node->then[i], NULL, prefix));
    }
    return MERA_OK;
}

static mera_code explain_children(const mera_explaining *e, const mera_trace_node *node,
                                  const char *prefix, size_t depth);

/** What stands under a child's line: its own children, or the steps of an indicator. */
static mera_code explain_below(const mera_explaining *e, const mera_trace_child *child,
                               const char *prefix, bool last, size_t depth)
{
    const char *below = mera_arena_printf(e->arena, "%s%s", prefix, last ? "   " : "│  ");
    MERA_TRY_PTR(below);
    if (child->node != NULL) {
        return depth > 1 ? explain_children(e, child->node, below, depth - 1) : MERA_OK;
    }
    const char *under = mera_arena_printf(e->arena, "%s   ", below);
    MERA_TRY_PTR(under);
    return e->view->steps ? mera_explain_indicator_lines(e, child->indicator, under) : MERA_OK;
}

static mera_code explain_children(const mera_explaining *e, const mera_trace_node *node,
                                  const char *prefix, size_t depth)
{
    MERA_TRY(explain_rule(e, node, prefix));
    explain_remainders(e, node, prefix);
    for (size_t j = 0; j < node->n_children; j++) {
        const mera_trace_child *child = &node->child[j];
        const bool last = j + 1 == node->n_children;
        explain_child_line(e, child, node->split, prefix, last);
        MERA_TRY(explain_below(e, child, prefix, last, depth));
    }
    return MERA_OK;
}

static void explain_heading(const mera_explaining *e, const mera_trace_node *node)
{
    const mera_result *r = e->view->result;
    const mera_view *view = &e->view->view;
    const mera_series series = explain_series(e, r->node[node->node].score);
    const char *score = mera_style_number(node->score, series.digits, e->arena);
    mera_style_add(e->out, view, MERA_PAINT_BOLD, r->data->unit_name[e->view->unit]);
    mera_text_addf(e->out, "  %s",
                   explain_title(e->m->node[node->node].title, e->m->node[node->node].id, e));
    if (r->period[e->view->period][0] != '\0') {
        mera_text_addf(e->out, "  %s", r->period[e->view->period]);
    }
    mera_text_addf(e->out, "\n%s ", mera_explain_word(e, MERA_WORD_SCORE));
    mera_style_add(e->out, view, MERA_PAINT_BOLD, score == NULL ? "" : score);
    if (!isnan(node->rank)) {
        mera_text_addf(e->out, " · %s ", mera_explain_word(e, MERA_WORD_PLACE_OF));
        mera_text_addf(e->out, "%g %s %zu", node->rank, mera_explain_word(e, MERA_WORD_OUT_OF),
                       node->n_ranked);
    }
    if (node->class_label != NULL) {
        mera_text_addf(e->out, " · %s %s", mera_explain_word(e, MERA_WORD_CLASS),
                       node->class_label);
    }
    mera_text_addf(e->out, " · %s %.0f%%\n", mera_explain_word(e, MERA_WORD_COVERAGE),
                   floor(node->coverage * 100 + 1e-9));
}

/** The child that pulls most one way and was not named yet; SIZE_MAX when none is left. */
static size_t explain_strongest(const mera_trace_node *node, int sign, const bool *named)
{
    size_t best = SIZE_MAX;
    for (size_t j = 0; j < node->n_children; j++) {
        const double pull = node->child[j].contribution * sign;
        if (!named[j] && pull > 0 &&
            (best == SIZE_MAX || pull > node->child[best].contribution * sign)) {
            best = j;
        }
    }
    return best;
}

static mera_code explain_pulls(const mera_explaining *e, const mera_trace_node *node, int sign,
                               mera_word word)
{
    bool *named, said = false;
    size_t used = 0; /* columns of the line */
    MERA_TRY_NEW(named, e->arena, node->n_children);
    for (size_t i = 0; i < EXPLAIN_PULLS; i++) {
        const size_t j = explain_strongest(node, sign, named);
        const char *pull = j == SIZE_MAX ? NULL : explain_pull(e, &node->child[j], node->split);
        if (pull == NULL) {
            break;
        }
        const char *title = explain_title(node->child[j].title, node->child[j].id, e);
        const size_t width = mera_utf8_width(title) + mera_utf8_width(pull) + 5;
        named[j] = true;
        if (i == 0) {
            mera_text_addf(e->out, "%s:", mera_explain_word(e, word));
            used = mera_utf8_width(mera_explain_word(e, word)) + 1;
        }
        const bool full = used + width > e->view->view.width;
        mera_text_addf(e->out, "%s%s %s (", i > 0 ? "," : "", full ? "\n   " : "", title);
        used = full ? 3 + width : used + width;
        mera_style_add(e->out, &e->view->view, sign < 0 ? MERA_PAINT_BAD : MERA_PAINT_GOOD, pull);
        mera_text_add(e->out, ")");
        said = true;
    }
    mera_text_add(e->out, said ? "\n" : "");
    return MERA_OK;
}

/** Do the children's weights make more than the whole? */
static bool explain_sums(const mera_trace_node *node)
{
    double all = 0;
    for (size_t j = 0; j < node->n_children; j++) {
        all += node->child[j].index_share;
    }
    return all > 1 + 1e-9;
}

mera_code mera_report_explain_text(const mera_trace_node *trace, const mera_explain_view *view,
                                   mera_arena *arena, mera_text *out)
{
    mera_explain_sets sets;
    const mera_explaining e = {.view = view,
                               .m = view->result->methodology,
                               .top = trace->node,
                               .sums = explain_sums(trace),
                               .arena = arena,
                               .out = out,
                               .sets = view->full ? &sets : NULL};
    MERA_TRY(mera_explain_sets_of(trace, arena, &sets));
    explain_heading(&e, trace);
    MERA_TRY(explain_pulls(&e, trace, 1, MERA_WORD_PULLS_UP));
    MERA_TRY(explain_pulls(&e, trace, -1, MERA_WORD_PULLS_DOWN));
    mera_text_add(out, "\n");
    MERA_TRY(explain_children(&e, trace, "", view->depth));
    MERA_TRY(view->full ? mera_explain_sources(&e) : MERA_OK);
    return out->failed ? MERA_ENOMEM : MERA_OK;
}

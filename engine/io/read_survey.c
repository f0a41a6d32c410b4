/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Surveys: a row a sheet of answers of one respondent, who lives in a unit. Answers are summed as
 * they come; at the end of the file each question becomes columns over units and periods.
 */
#include "base/grow.h"
#include "io/survey.h"

#include <string.h>

const char *const survey_suffix[SURVEY_STATISTICS] = {"", "_n", "_se", "_deff", "_neff"};

/* The columns that a question gives; only those that somebody asked for. */
static mera_code survey_columns(read_file *f, survey_question *q)
{
    read_all *all = f->all;
    for (size_t s = 0; s < SURVEY_STATISTICS; s++) {
        const char *name = mera_arena_printf(all->arena, "%s%s", q->says->name, survey_suffix[s]);
        MERA_TRY_PTR(name);
        const size_t wanted = read_wants(all->columns, (mera_slice){name, strlen(name)});
        /* Answers and error go with a value: whoever reads it is told how sure it is. */
        const bool beside =
            (s == SURVEY_N || s == SURVEY_SE) && q->column[SURVEY_VALUE] != SIZE_MAX;
        q->column[s] = SIZE_MAX;
        if (all->columns != NULL && wanted == SIZE_MAX && !beside) {
            continue;
        }
        if (wanted != SIZE_MAX) {
            all->column_seen[wanted] = true;
        }
        q->wanted = true;
        MERA_TRY(mera_builder_column(all->b, name, &q->column[s]));
    }
    return MERA_OK;
}

/* "4" and "4.0" are the same answer on a scale. */
static mera_code survey_numbers(read_file *f, survey_question *q)
{
    const mera_question *says = q->says;
    MERA_TRY_NEW(q->yes, f->table->scratch, says->n_positive);
    for (size_t i = 0; i < says->n_positive; i++) {
        const io_cell cell =
            io_cell_read(&(io_cell_rules){.decimal = '.'},
                         (mera_slice){says->positive[i], strlen(says->positive[i])});
        q->yes[i] = cell.value;
        if (cell.kind != IO_CELL_NUMBER || cell.value < says->low || cell.value > says->high) {
            IO_FAIL(&f->table->findings, "survey-positive", says->at,
                    "question '%s': the positive answer '%s' is not on the scale from %g to %g",
                    says->name, says->positive[i], says->low, says->high);
        }
    }
    return MERA_OK;
}

static mera_code survey_question_new(read_file *f, const mera_question *says, survey_question *q)
{
    const bool refuse = f->source->bad_numbers == MERA_REFUSE;
    const char *answer = says->answer != NULL ? says->answer : says->name;
    size_t field = 0;
    *q = (survey_question){.says = says,
                           .outside = {.kind = "outside-scale", .refuse = refuse},
                           .few = {.kind = "few-answers"},
                           .lonely = {.kind = "lonely-cluster"},
                           .alone = {.kind = "lonely-cluster"}};
    MERA_TRY(survey_columns(f, q));
    if (!q->wanted) {
        return MERA_OK;
    }
    MERA_TRY(read_role(f, answer, "answers to a question", true, &field));
    read_number_new(f, says->name, field, q->column[SURVEY_VALUE], READ_ROW_PERIOD, &q->number);
    f->number_of[field] = &q->number;
    return says->has_scale ? survey_numbers(f, q) : MERA_OK;
}

static mera_code survey_worse(mera_code a, mera_code b)
{
    return a > b ? a : b;
}

static mera_code survey_start(read_file *f, survey_plan *plan)
{
    const mera_source *s = f->source;
    size_t weight = SIZE_MAX;
    MERA_TRY_NEW(plan->question, f->table->scratch, s->n_questions);
    MERA_TRY(mera_map_new(f->table->scratch, 64, &plan->clusters));
    mera_code code = read_role(f, s->weight, "weight of a sheet", true, &weight);
    code = survey_worse(code, read_role(f, s->stratum, "stratum", true, &plan->stratum));
    code = survey_worse(code, read_role(f, s->cluster, "cluster", true, &plan->cluster));
    for (size_t i = 0; i < s->n_questions; i++) {
        code = survey_worse(
            code, survey_question_new(f, &s->question[plan->n], &plan->question[plan->n]));
        plan->n++;
    }
    plan->weighs = s->weight != NULL && weight != SIZE_MAX;
    plan->bad_weight = (io_tally){.kind = "bad-weight", .refuse = s->bad_numbers == MERA_REFUSE};
    plan->no_weight = (io_tally){.kind = "no-weight"};
    plan->weightless = (io_tally){.kind = "no-weight"};
    if (plan->weighs) {
        read_number_new(f, s->weight, weight, SIZE_MAX, READ_ROW_PERIOD, &plan->weight);
    }
    mera_builder_expect(f->all->b, 0);
    return code;
}

static mera_code survey_unit_of(read_file *f, survey_plan *plan, const read_row *row,
                                survey_unit **out)
{
    mera_arena *scratch = f->table->scratch;
    const size_t at = row->period == SIZE_MAX ? 0 : row->period + 1;
    survey_slot *slots =
        mera_grown(scratch, plan->slot, &plan->room_slots, at + 1, sizeof *plan->slot);
    MERA_TRY_PTR(slots);
    plan->slot = slots;
    survey_unit *units =
        mera_grown(scratch, slots[at].unit, &slots[at].room, row->unit + 1, sizeof *units);
    MERA_TRY_PTR(units);
    slots[at].unit = units;
    *out = &units[row->unit];
    (*out)->line = (*out)->line == 0 ? row->line : (*out)->line;
    return MERA_OK;
}

static mera_code survey_stratum_of(read_file *f, survey_plan *plan, survey_unit *unit,
                                   survey_stratum **out)
{
    const bool has = plan->stratum != SIZE_MAX;
    const mera_slice label =
        has ? mera_slice_trim(f->table->csv.field[plan->stratum]) : (mera_slice){"", 0};
    for (survey_stratum *s = unit->first; s != NULL; s = s->next) {
        if (s->label.n == label.n && memcmp(s->label.at, label.at, label.n) == 0) {
            *out = s;
            return MERA_OK;
        }
    }
    survey_stratum *s = NULL;
    MERA_TRY_NEW(s, f->table->scratch, 1);
    MERA_TRY_NEW(s->sums, f->table->scratch, plan->n);
    s->label.at = mera_arena_strndup(f->table->scratch, label.at, label.n);
    MERA_TRY_PTR(s->label.at);
    s->label.n = label.n;
    s->number = plan->n_strata++;
    s->next = unit->first;
    unit->first = s;
    unit->n_strata++;
    *out = s;
    return MERA_OK;
}

static mera_code survey_cluster_new(read_file *f, survey_plan *plan, survey_stratum *stratum)
{
    survey_cluster **list = mera_grown(f->table->scratch, plan->cluster_list, &plan->room_clusters,
                                       plan->n_clusters + 1, sizeof(survey_cluster *));
    MERA_TRY_PTR(list);
    plan->cluster_list = list;
    survey_cluster *c = NULL;
    MERA_TRY_NEW(c, f->table->scratch, 1);
    MERA_TRY_NEW(c->a, f->table->scratch, plan->n);
    MERA_TRY_NEW(c->b, f->table->scratch, plan->n);
    MERA_TRY_NEW(c->n, f->table->scratch, plan->n);
    c->stratum = stratum;
    list[plan->n_clusters++] = c;
    return MERA_OK;
}

/* Clusters are told apart within their stratum; a sheet that names none is one of its own (NULL).
 */
static mera_code survey_cluster_of(read_file *f, survey_plan *plan, survey_stratum *stratum,
                                   survey_cluster **out)
{
    *out = NULL;
    if (plan->cluster == SIZE_MAX) {
        return MERA_OK;
    }
    const mera_slice label = mera_slice_trim(f->table->csv.field[plan->cluster]);
    if (label.n == 0) {
        return MERA_OK;
    }
    f->joined.n = 0;
    f->joined.arena = f->table->scratch;
    mera_text_addf(&f->joined, "%llu ", (unsigned long long)stratum->number);
    mera_text_add_n(&f->joined, label.at, label.n);
    MERA_TRY_PTR(mera_text_string(&f->joined));
    bool added = false;
    size_t index = 0;
    MERA_TRY(mera_map_put(plan->clusters, f->joined.data, f->joined.n, plan->n_clusters, &index,
                          &added));
    MERA_TRY(added ? survey_cluster_new(f, plan, stratum) : MERA_OK);
    *out = plan->cluster_list[index];
    return MERA_OK;
}

static mera_code survey_row(read_file *f, survey_plan *plan)
{
    read_row row;
    bool use = false;
    double weight = 1;
    uint32_t before = 0;
    survey_unit *unit = NULL;
    survey_stratum *stratum = NULL;
    survey_cluster *cluster = NULL;
    MERA_TRY(read_row_of(f, &row, &use));
    if (!use) {
        return MERA_OK;
    }
    MERA_TRY(read_seen_before(f, &row, &before)); /* for the count of units */
    MERA_TRY(survey_weight(f, plan, &weight));
    MERA_TRY(survey_unit_of(f, plan, &row, &unit));
    unit->counts = unit->counts || weight > 0;
    MERA_TRY(survey_stratum_of(f, plan, unit, &stratum));
    MERA_TRY(survey_cluster_of(f, plan, stratum, &cluster));
    for (size_t i = 0; i < plan->n; i++) {
        if (plan->question[i].wanted) {
            MERA_TRY(survey_answer(f, plan, i, weight, stratum, cluster));
        }
    }
    return MERA_OK;
}

mera_code read_survey(read_file *f)
{
    survey_plan plan = {.stratum = SIZE_MAX, .cluster = SIZE_MAX};
    MERA_TRY(survey_start(f, &plan));
    for (bool more = true; more;) {
        MERA_TRY(io_table_next(f->table, &more));
        MERA_TRY(more ? survey_row(f, &plan) : MERA_OK);
    }
    return survey_end(f, &plan);
}

/* SPDX-License-Identifier: Apache-2.0 */
/** @file The end of a survey: columns of what was summed, and what is told of it. */
#include "base/math.h"
#include "io/survey.h"

/* A cell, unless another file has said it. */
static mera_code survey_cell(read_file *f, survey_question *q, size_t statistic,
                             const read_row *row, double value, mera_reason reason)
{
    mera_builder *b = f->all->b;
    const size_t column = q->column[statistic];
    mera_cell_seen seen;
    if (column == SIZE_MAX) {
        return MERA_OK;
    }
    if (mera_builder_seen(b, column, row->unit, row->period, &seen) && seen.state != MERA_ABSENT) {
        const mera_at at = {f->table->findings.path, row->line, 0, 0};
        MERA_TRY(IO_CASE(&f->table->findings, &f->conflict, at,
                         "column '%s%s' of unit '%s' already comes from %s", q->says->name,
                         survey_suffix[statistic], mera_builder_unit_key(b, row->unit),
                         mera_builder_file_path(b, seen.file)));
        io_first_hint(&f->table->findings, &f->conflict, READ_DUPLICATE_HINT(f));
        if (f->source->duplicates != MERA_LAST) {
            return MERA_OK;
        }
    }
    return mera_builder_cell(b, column, row->unit, row->period, isnan(value) ? NAN : value,
                             (uint8_t)reason, f->number, row->line, (uint32_t)q->number.field + 1);
}

/* What is to be told of a unit's answers. */
static mera_code survey_remarks(read_file *f, survey_question *q, const read_row *row,
                                const survey_estimate *e)
{
    io_findings *found = &f->table->findings;
    const mera_at at = {found->path, row->line, 0, 0};
    const char *unit = mera_builder_unit_key(f->all->b, row->unit);
    const char *question = q->says->name;
    if (e->n < f->source->least) {
        return IO_CASE(found, &q->few, at,
                       "question '%s': unit '%s' has %zu answers of the %zu that "
                       "a value needs",
                       question, unit, e->n, f->source->least);
    }
    if (e->n > 0 && isnan(e->se)) {
        return IO_CASE(found, &q->alone, at,
                       "question '%s': unit '%s' has one %s, which says "
                       "nothing of the error",
                       question, unit, e->n > 1 ? "cluster" : "answer");
    }
    if (e->lonely > 0) {
        return IO_CASE(found, &q->lonely, at,
                       "question '%s': unit '%s' has %zu strata with one "
                       "cluster or answer",
                       question, unit, e->lonely);
    }
    return MERA_OK;
}

static mera_code survey_write(read_file *f, survey_question *q, const read_row *row,
                              const survey_estimate *e)
{
    const bool share = q->says->n_positive > 0;
    const double unit = share ? 100 : 1, from = share ? 0 : q->says->low;
    const bool few = e->n < f->source->least;
    const mera_reason none = few ? MERA_SUPPRESSED : MERA_ABSENT;
    const mera_reason error = isnan(e->se) ? MERA_UNDEFINED : MERA_OBSERVED;
    MERA_TRY(survey_remarks(f, q, row, e));
    MERA_TRY(survey_cell(f, q, SURVEY_N, row, (double)e->n, MERA_OBSERVED));
    const bool gone = few || e->n == 0;
    const mera_reason state = gone ? none : error;
    MERA_TRY(survey_cell(f, q, SURVEY_VALUE, row, gone ? NAN : from + unit * e->mean,
                         gone ? none : MERA_OBSERVED));
    MERA_TRY(survey_cell(f, q, SURVEY_SE, row, gone ? NAN : unit * e->se, state));
    MERA_TRY(survey_cell(f, q, SURVEY_DEFF, row, gone ? NAN : e->deff, state));
    const mera_reason endless = !gone && isnan(e->n_eff) ? MERA_UNDEFINED : state;
    return survey_cell(f, q, SURVEY_N_EFF, row, gone ? NAN : e->n_eff, endless);
}

/* A unit without a sheet that counts has no value, whatever was answered. */
static mera_code survey_weightless(read_file *f, survey_plan *plan, const read_row *row)
{
    return IO_CASE(&f->table->findings, &plan->weightless,
                   ((mera_at){f->table->findings.path, row->line, 0, 0}),
                   "unit '%s' has no sheet of a weight above 0: it is left without a value",
                   mera_builder_unit_key(f->all->b, row->unit));
}

static mera_code survey_unit_end(read_file *f, survey_plan *plan, const read_row *row,
                                 const survey_unit *unit)
{
    const bool designed = plan->stratum != SIZE_MAX || plan->cluster != SIZE_MAX;
    const survey_sums **strata = NULL;
    MERA_TRY_NEW(strata, f->table->scratch, unit->n_strata);
    MERA_TRY(unit->counts ? MERA_OK : survey_weightless(f, plan, row));
    for (size_t i = 0; i < plan->n; i++) {
        survey_estimate e;
        size_t n = 0;
        for (const survey_stratum *s = unit->first; s != NULL; s = s->next) {
            strata[n++] = &s->sums[i];
        }
        survey_estimate_of(strata, n, designed, &e);
        MERA_TRY(plan->question[i].wanted ? survey_write(f, &plan->question[i], row, &e) : MERA_OK);
    }
    return MERA_OK;
}

static mera_code survey_tell(read_file *f, const survey_question *q)
{
    io_findings *found = &f->table->findings;
    const struct {
        const io_tally *tally;
        const char *what;
    } told[] = {
        {&q->outside, "answers outside the scale taken as missing"},
        {&q->few, "units with too few answers left without a value"},
        {&q->alone, "units with one answer or cluster left without a standard error"},
        {&q->lonely, "units with strata of one cluster, taken about the mean of the unit"},
    };
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        const char *what =
            mera_arena_printf(found->arena, "question '%s': %s", q->says->name, told[i].what);
        MERA_TRY_PTR(what);
        MERA_TRY(io_tally_end(found, told[i].tally, what));
    }
    if (q->number.n_missing > 0) {
        mera_note(found->diags, "no-answer", (mera_at){.file = found->path},
                  "question '%s': %zu of %zu sheets have no answer", q->says->name,
                  q->number.n_missing, f->n_used);
    }
    return read_number_end(f, &q->number);
}

/* What is told of the weights of sheets. */
static mera_code survey_tell_weights(read_file *f, const survey_plan *plan, size_t n_units)
{
    io_findings *found = &f->table->findings;
    if (!plan->weighs) {
        return MERA_OK;
    }
    MERA_TRY(read_number_end(f, &plan->weight));
    MERA_TRY(io_tally_end(found, &plan->bad_weight,
                          "sheets left out, whose weight is not a number from 0"));
    if (n_units == 0 || plan->weightless.n < n_units || found->n_errors > 0) {
        MERA_TRY(io_tally_end(found, &plan->no_weight, "sheets of weight 0, which do not count"));
        return io_tally_end(found, &plan->weightless,
                            "units without a sheet of a weight above 0, left without a value");
    }
    IO_FAIL(found, "no-weight", io_table_header_at(f->table, plan->weight.field),
            "no sheet has a weight above 0 in the field '%s' (sheets: %zu), so no answer counts",
            f->source->weight, f->n_used);
    mera_hint(found->diags,
              "name the field with the weights as 'weight' in the entry of 'data', or "
              "leave 'weight' out: all sheets weigh the same then");
    return MERA_OK;
}

mera_code survey_end(read_file *f, survey_plan *plan)
{
    for (size_t c = 0; c < plan->n_clusters; c++) {
        const survey_cluster *cluster = plan->cluster_list[c];
        for (size_t i = 0; i < plan->n; i++) {
            if (cluster->n[i] > 0) {
                survey_add_psu(&cluster->stratum->sums[i], cluster->a[i], cluster->b[i]);
            }
        }
    }
    size_t n_units = 0;
    for (size_t p = 0; p < plan->room_slots; p++) {
        for (size_t u = 0; u < plan->slot[p].room; u++) {
            const survey_unit *unit = &plan->slot[p].unit[u];
            const read_row row = {u, p == 0 ? SIZE_MAX : p - 1, unit->line};
            n_units += unit->line != 0;
            MERA_TRY(unit->line == 0 ? MERA_OK : survey_unit_end(f, plan, &row, unit));
        }
    }
    for (size_t i = 0; i < plan->n; i++) {
        MERA_TRY(plan->question[i].wanted ? survey_tell(f, &plan->question[i]) : MERA_OK);
    }
    return survey_tell_weights(f, plan, n_units);
}

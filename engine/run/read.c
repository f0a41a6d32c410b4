/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Reading the data a project needs. Files given by the caller replace those of the methodology,
 * but are read as it says: a file takes the entry of `data:` that has its name, else the entry of
 * its place, else the last one; without entries, `units:` names the fields.
 */
#include "io/file.h"
#include "run/needs.h"

/** The fields that `units:` names, for files that no entry of `data:` describes. */
static void read_from_units(const mera_value *tree, mera_source *source)
{
    const mera_value *units = mera_value_get(tree, "units");
    const mera_value *key = mera_value_get(units, "key");
    const mera_value *name = mera_value_get(units, "name");
    const mera_value *period = mera_value_get(units, "period");

    if (key != NULL && key->kind == MERA_VALUE_LIST) {
        for (size_t i = 0; i < key->n && source->n_key < 4; i++) {
            source->key[source->n_key++] = key->items[i]->text;
        }
    } else if (key != NULL && key->text != NULL) {
        source->key[source->n_key++] = key->text;
    }
    source->name = name != NULL ? name->text : NULL;
    source->period = period != NULL ? period->text : NULL;
}

/** How a file given by the caller is to be read. */
static mera_source read_template(const mera_project *project, const char *file, size_t place)
{
    const mera_methodology *m = project->methodology;
    mera_source source = {.path = NULL};

    for (size_t i = 0; i < m->n_sources; i++) {
        if (m->source[i].path != NULL &&
            mera_streq(mera_path_name(m->source[i].path), mera_path_name(file))) {
            return m->source[i];
        }
    }
    if (m->n_sources > 0) {
        return m->source[place < m->n_sources ? place : m->n_sources - 1];
    }
    read_from_units(project->tree, &source);
    source.codes = source.n_key == 1 ? m->codes : NULL;
    return source;
}

/** A single period names the period of files that do not say theirs: the methodology knows when its
 * data are of, a --period only hopes so. */
static void read_name_period(const mera_methodology *m, mera_source *source, mera_diags *diags)
{
    const mera_value *period = mera_value_get(m->tree, "period");
    if (m->period_use != MERA_USE_NAMED || m->n_periods != 1 || source->period != NULL ||
        source->header_period != NULL ||
        (source->period_is != NULL && source->period_is != m->period[0])) {
        return;
    }
    source->period_is = m->period[0]; /* as entries of `data` have it already */
    if (period != NULL && period->origin != NULL) {
        mera_warn(diags, "period-assumed", (mera_at){.file = source->path},
                  "nothing says which period the values are of: all are taken as those of '%s', "
                  "which was asked for",
                  source->period_is);
        mera_hint(diags,
                  "in the entry of 'data' 'period' names the field that says it, 'period_is' "
                  "says it for the whole file");
    }
}

/** Every source has a file, or it is said which has none. */
static mera_code read_named(const mera_methodology *m, const mera_source *source, size_t n,
                            mera_diags *diags)
{
    mera_code code = MERA_OK;

    if (n == 0 || (n == 1 && source[0].path == NULL)) {
        mera_fail(diags, MERA_EUSAGE, "no-data", MERA_NOWHERE,
                  "methodology '%s' names no file of data, and none was given", m->id);
        mera_hint(diags, "give one with --data FILE, or name it in the methodology: "
                         "data: {file: data/towns.csv}");
        return MERA_EUSAGE;
    }
    for (size_t i = 0; i < n; i++) {
        if (source[i].path == NULL) {
            code = mera_fail(diags, MERA_EUSAGE, "no-data", source[i].at,
                             "entry %zu of 'data' names no file, and none was given", i + 1);
            mera_hint(diags, "add 'file' to the entry, or give all files with --data");
        }
    }
    return code;
}

mera_code mera_project_sources(const mera_project *project, const char *const *files,
                               size_t n_files, mera_arena *arena, mera_diags *diags,
                               mera_source **out, size_t *n)
{
    const mera_methodology *m = project->methodology;
    const size_t count = n_files > 0 ? n_files : m->n_sources;
    mera_source *source;

    MERA_TRY_NEW(source, arena, count);
    for (size_t i = 0; i < count; i++) {
        if (n_files > 0) {
            source[i] = read_template(project, files[i], i);
            source[i].path = files[i];
            source[i].database = NULL;
            source[i].at = MERA_NOWHERE;
        } else {
            source[i] = m->source[i];
        }
        read_name_period(m, &source[i], diags);
    }
    *out = source;
    *n = count;
    return read_named(m, source, count, diags);
}

/** One choice of a factor: what it needs is read too. A choice that is refused needs nothing; who
 * draws it says why. */
static mera_code read_choice(const mera_project *project, const mera_factor *factor, size_t c,
                             mera_arena *arena, run_needs *needs)
{
    const bool set = factor->kind == MERA_FACTOR_CHOICE;
    mera_diags *aside = mera_diags_new(arena);
    mera_change *change;
    mera_project *varied;
    run_needs more;

    MERA_TRY_PTR(aside);
    MERA_TRY_NEW(change, arena, factor->n_paths);
    for (size_t p = 0; set && p < factor->n_paths; p++) {
        change[p] = (mera_change){factor->path[p], factor->at, factor->value[c]};
    }
    const mera_code rc = mera_project_vary(project, set ? NULL : factor->label[c], change,
                                           set ? factor->n_paths : 0, aside, &varied);
    if (rc != MERA_OK) {
        return rc == MERA_ENOMEM ? rc : MERA_OK;
    }
    mera_code joined = mera_run_needs(varied->methodology, NULL, arena, &more);
    joined = joined == MERA_OK ? mera_run_needs_join(needs, &more, arena) : joined;
    mera_project_close(varied);
    return joined;
}

/** What the factors of `uncertainty:` need besides. */
static mera_code read_choices(const mera_project *project, mera_arena *arena, run_needs *needs)
{
    const mera_uncertainty *rules = &project->methodology->uncertainty;

    for (size_t f = 0; f < rules->n_factors; f++) {
        for (size_t c = 0; c < rules->factor[f].n; c++) {
            MERA_TRY(read_choice(project, &rules->factor[f], c, arena, needs));
        }
    }
    return MERA_OK;
}

mera_code mera_project_match(const mera_project *project, const char *const *files, size_t n_files,
                             unsigned approve, bool russian, mera_arena *arena, mera_diags *diags,
                             const mera_match_file **out, size_t *n)
{
    const mera_methodology *m = project->methodology;
    mera_read_request request = {.exclude = m->exclude, .n_exclude = m->n_exclude};
    mera_source *source;

    MERA_TRY(
        mera_project_sources(project, files, n_files, arena, diags, &source, &request.n_sources));
    request.source = source;
    return mera_data_match(&request, approve, russian, arena, diags, out, n);
}

mera_code mera_project_read(mera_project *project, const char *const *files, size_t n_files,
                            mera_arena *arena, mera_diags *diags, mera_dataset **out,
                            mera_read_report *report)
{
    const mera_methodology *m = project->methodology;
    mera_read_request request = {.exclude = m->exclude,
                                 .n_exclude = m->n_exclude,
                                 .threads = project->engine->options.threads};
    mera_source *source;
    run_needs needs;

    MERA_TRY(mera_run_needs(m, project->core == NULL ? NULL : project->core->methodology, arena,
                            &needs));
    MERA_TRY(read_choices(project, arena, &needs));
    MERA_TRY(
        mera_project_sources(project, files, n_files, arena, diags, &source, &request.n_sources));
    request.source = source;
    request.column = needs.columns.name;
    request.n_columns = needs.columns.n;
    request.column_at = needs.columns.at;
    request.attribute = needs.attributes.name;
    request.n_attributes = needs.attributes.n;
    request.attribute_at = needs.attributes.at;
    if (!needs.all_periods) {
        request.period = needs.periods.name;
        request.n_periods = needs.periods.n;
    }
    return mera_data_read(&request, arena, diags, out, report);
}

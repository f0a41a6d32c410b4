/* SPDX-License-Identifier: Apache-2.0 */
/** @file A methodology on its way to a result, as far as a command needs it. */
#include "cli/session.h"

#include <string.h>
#include <unistd.h>

#include "base/math.h"
#include "io/file.h"

mera_code cli_split_set(cli *c, const char *text, mera_set *out)
{
    const char *equals = strchr(text, '=');
    if (equals == NULL || equals == text) {
        const mera_code code = mera_fail(c->diags, MERA_EUSAGE, "bad-set", MERA_NOWHERE,
                                         "'--set %s' is not of the form path=value", text);
        mera_hint(c->diags, "for example: --set framework.health.weight=4");
        return code;
    }
    out->path = mera_arena_strndup(c->arena, text, (size_t)(equals - text));
    out->text = equals + 1;
    return out->path == NULL ? MERA_ENOMEM : MERA_OK;
}

/** Refuses a range and choices, which only 'mera compare' knows, and there are taken out before. */
static mera_code session_one_value(cli *c, const mera_set *set)
{
    mera_axis axis = {.path = set->path, .at = MERA_NOWHERE};
    mera_diags *aside = mera_diags_new(c->arena);
    MERA_TRY_PTR(aside);
    const mera_code read = mera_axis_read(set->text, c->arena, aside, &axis);
    if (read == MERA_ENOMEM || axis.n == 0) {
        return read == MERA_ENOMEM ? read : MERA_OK;
    }
    const mera_code code = mera_fail(c->diags, MERA_EUSAGE, "several-values", MERA_NOWHERE,
                                     "'--set %s=%s' has %zu values and 'mera %s' takes one",
                                     set->path, set->text, axis.n, c->command->name);
    mera_hint(c->diags, "'mera compare' tries them all; a text with these signs stands in quotes");
    return code;
}

/** "2019,2020" as the list that the key `period` takes, "2019" as one label; labels are quoted,
 * they are text. */
static const char *session_period(cli *c, const char *labels)
{
    mera_text text = {.arena = c->arena};
    if (mera_streq(labels, "all") || mera_streq(labels, "latest")) {
        return labels;
    }
    const bool one = strchr(labels, ',') == NULL;
    const char *separator = one ? "" : "[";
    while (*labels != '\0') {
        const size_t n = strcspn(labels, ",");
        mera_text_addf(&text, "%s'", separator);
        for (size_t i = 0; i < n; i++) {
            mera_text_add_n(&text, labels[i] == '\'' ? "''" : labels + i,
                            labels[i] == '\'' ? 2 : 1);
        }
        mera_text_add(&text, "'");
        separator = ", ";
        labels += n + (labels[n] == ',');
    }
    mera_text_add(&text, text.n == 0 ? "''" : one ? "" : "]");
    return mera_text_string(&text);
}

/** A text as YAML in single quotes. */
static const char *session_quoted(cli *c, const char *text)
{
    mera_text out = {.arena = c->arena};
    mera_text_add(&out, "'");
    for (const char *at = text; at != NULL && *at != '\0'; at++) {
        mera_text_add_n(&out, *at == '\'' ? "''" : at, *at == '\'' ? 2 : 1);
    }
    mera_text_add(&out, "'");
    return text == NULL ? NULL : mera_text_string(&out);
}

/** A path as seen from the folder that mera was started in, not from the methodology's. NULL = no
 * memory. */
static const char *session_absolute(cli *c, const char *path)
{
    char here[4096];
    return path[0] == '/' || getcwd(here, sizeof here) == NULL
               ? path
               : mera_path_join(here, path, c->arena);
}

/** The changes of --period and --seed, and those of --set before them when asked for. */
static mera_code session_changes(cli *c, bool with_set, const cli_more *more, const mera_set **out,
                                 size_t *n)
{
    mera_set *set;
    size_t count = 0;
    mera_code code = MERA_OK;
    MERA_TRY_NEW(set, c->arena, c->args.set.n + (more != NULL ? more->n : 0) + 3);
    for (size_t i = 0; with_set && i < c->args.set.n; i++) {
        mera_code one = cli_split_set(c, c->args.set.v[i], &set[count]);
        one = one == MERA_OK ? session_one_value(c, &set[count]) : one;
        count++;
        code = code == MERA_OK ? one : code;
    }
    MERA_TRY(code);
    for (size_t i = 0; more != NULL && i < more->n; i++) {
        set[count++] = more->set[i];
    }
    if (c->args.period != NULL) {
        set[count].path = "period";
        set[count].text = session_period(c, c->args.period);
        MERA_TRY_PTR(set[count].text);
        count++;
    }
    if (c->args.seed.given) {
        set[count].path = "seed";
        set[count].text = mera_arena_printf(c->arena, "%zu", c->args.seed.value);
        MERA_TRY_PTR(set[count].text);
        count++;
    }
    if (c->args.frozen != NULL) {
        set[count].path = "frozen";
        set[count].text = session_quoted(c, session_absolute(c, c->args.frozen));
        MERA_TRY_PTR(set[count].text);
        count++;
    }
    *out = set;
    *n = count;
    return MERA_OK;
}

mera_code cli_changes(cli *c, const mera_set **out, size_t *n)
{
    return session_changes(c, true, NULL, out, n);
}

mera_code cli_engine(cli *c)
{
    mera_text_list path, shipped, trusted;
    if (c->engine != NULL) {
        return MERA_OK;
    }
    MERA_TRY(cli_plugin_path(c, &path));
    MERA_TRY(cli_shipped_path(c, &shipped));
    MERA_TRY(cli_trusted(c, &trusted));
    const mera_options options = {
        .plugin_path = path.v,
        .n_plugin_paths = path.n,
        .worker = c->worker,
        .trusted = trusted.v,
        .n_trusted = trusted.n,
        .trusted_path = shipped.v,
        .n_trusted_paths = shipped.n,
        .threads = c->args.threads.given ? (unsigned)c->args.threads.value : 0,
    };
    return mera_engine_open(&options, &c->engine);
}

static mera_code session_open(cli *c, const char *path, const char *variant, const mera_set *set,
                              size_t n, cli_stage stage, cli_session **out)
{
    cli_session *session;
    MERA_TRY(cli_engine(c));
    MERA_TRY_NEW(session, c->arena, 1);
    session->next = c->session;
    c->session = *out = session;
    MERA_TRY(mera_project_open(c->engine, path, variant, set, n, c->diags, &session->project));
    return cli_session_go_on(c, session, stage);
}

/** The last session before that reads the same data, whatever it makes of them, or NULL. */
static mera_code session_beside(const cli_session *session, const cli_session **out)
{
    bool same = false;
    for (*out = session->next; *out != NULL; *out = (*out)->next) {
        if ((*out)->data != NULL && (*out)->plan != NULL && (*out)->result != NULL) {
            MERA_TRY(mera_project_same_data(session->project, (*out)->project, &same));
            break; /* of many sides only the last is asked: hashing takes a while */
        }
    }
    *out = same ? *out : NULL;
    return MERA_OK;
}

/** An earlier session that sees the data in the same way, or NULL. */
static const cli_session *session_alike(const cli_session *session)
{
    const mera_methodology *m = mera_project_methodology(session->project);
    for (const cli_session *s = session->next; s != NULL; s = s->next) {
        const mera_methodology *other =
            s->data != NULL ? mera_project_methodology(s->project) : NULL;
        if (other != NULL && s->plan != NULL && mera_streq(m->path, other->path) &&
            mera_streq(m->stages_sha256, other->stages_sha256)) {
            return s;
        }
    }
    return NULL;
}

mera_code cli_session_go_on(cli *c, cli_session *session, cli_stage stage)
{
    if (stage == CLI_PROJECT) {
        return MERA_OK;
    }
    const cli_session *alike = session_alike(session);
    if (alike == NULL) {
        MERA_TRY(session_beside(session, &alike));
    }
    if (alike != NULL) {
        session->data = alike->data;
    } else {
        MERA_TRY(mera_project_read(session->project, c->args.data.v, c->args.data.n, c->arena,
                                   c->diags, &session->data, NULL));
    }
    MERA_TRY(mera_plan_open(session->project, session->data, c->diags, &session->plan));
    if (stage == CLI_PLAN) {
        return MERA_OK;
    }
    return mera_plan_score_after(session->plan, alike != NULL ? alike->result : NULL, c->arena,
                                 c->diags, &session->result);
}

mera_code cli_session_open(cli *c, const char *path, const char *variant, cli_stage stage,
                           cli_session **out)
{
    const mera_set *set;
    size_t n;
    MERA_TRY(cli_changes(c, &set, &n));
    return session_open(c, path, variant, set, n, stage, out);
}

mera_code cli_session_open_with(cli *c, const char *path, const cli_more *more, cli_stage stage,
                                cli_session **out)
{
    const mera_set *set;
    size_t n;
    MERA_TRY(session_changes(c, true, more, &set, &n));
    return session_open(c, path, NULL, set, n, stage, out);
}

mera_code cli_session_open_as_written(cli *c, const char *path, cli_stage stage, cli_session **out)
{
    const mera_set *set;
    size_t n;
    MERA_TRY(session_changes(c, false, NULL, &set, &n));
    return session_open(c, path, NULL, set, n, stage, out);
}

void cli_sessions_close(cli *c)
{
    for (cli_session *session = c->session; session != NULL; session = session->next) {
        if (session->plan != NULL) {
            mera_plan_close(session->plan);
        }
        if (session->project != NULL) {
            mera_project_close(session->project);
        }
    }
    if (c->engine != NULL) {
        mera_engine_close(c->engine);
    }
}

mera_code cli_one_variant(cli *c, const char **out)
{
    *out = c->args.variant.n > 0 ? c->args.variant.v[0] : NULL;
    if (c->args.variant.n > 1) {
        const mera_code code = mera_fail(c->diags, MERA_EUSAGE, "several-variants", MERA_NOWHERE,
                                         "'mera %s' takes one --variant, %zu are given",
                                         c->command->name, c->args.variant.n);
        mera_hint(c->diags, "'mera compare' takes several");
        return code;
    }
    return MERA_OK;
}

mera_code cli_find_unit(cli *c, const mera_result *result, const char *wanted, size_t *out)
{
    return cli_find_unit_at(c, result, wanted, MERA_NOWHERE, out);
}

void cli_hint_unit(cli *c, const char *wanted, const char *const *name, const char *const *key,
                   size_t n)
{
    const char *near = mera_containing(wanted, name, n);
    near = near != NULL ? near : mera_nearest(wanted, name, n);
    near = near != NULL ? near : mera_nearest(wanted, key, n);
    if (near != NULL) {
        mera_hint(c->diags, "did you mean '%s'?", near);
    } else if (n > 0) {
        mera_hint(c->diags, "the data have %zu units, the first is '%s' (key '%s')", n, name[0],
                  key[0]);
    }
}

mera_code cli_find_unit_at(cli *c, const mera_result *result, const char *wanted, mera_at at,
                           size_t *out)
{
    const mera_dataset *data = result->data;
    const mera_code kind = at.file != NULL ? MERA_EINPUT : MERA_EUSAGE;
    size_t named = 0;
    *out = mera_dataset_unit(data, wanted);
    if (*out != SIZE_MAX) {
        return MERA_OK;
    }
    for (size_t i = 0; i < data->n_units; i++) {
        if (mera_streq(data->unit_name[i], wanted)) {
            *out = i;
            named++;
        }
    }
    if (named == 1) {
        return MERA_OK;
    }
    if (named > 1) {
        return mera_fail(c->diags, kind, "ambiguous-unit", at,
                         "%zu units are named '%s': give the key of one, for example '%s'", named,
                         wanted, data->unit_key[*out]);
    }
    const mera_code code =
        mera_fail(c->diags, kind, "unknown-unit", at, "no unit has the key or name '%s'", wanted);
    cli_hint_unit(c, wanted, data->unit_name, data->unit_key, data->n_units);
    return code;
}

mera_code cli_find_node(cli *c, const mera_methodology *m, const char *wanted, size_t *out)
{
    const char **id;
    *out = wanted == NULL ? 0 : mera_methodology_node(m, wanted);
    if (*out != SIZE_MAX) {
        return MERA_OK;
    }
    MERA_TRY_NEW(id, c->arena, m->n_nodes);
    for (size_t i = 0; i < m->n_nodes; i++) {
        id[i] = m->node[i].id;
    }
    const mera_code code = mera_fail(c->diags, MERA_EUSAGE, "unknown-node", MERA_NOWHERE,
                                     "methodology '%s' has no node '%s'", m->id, wanted);
    if (mera_methodology_indicator(m, wanted) != SIZE_MAX) {
        mera_hint(c->diags, "'%s' is an indicator; it is shown below its node", wanted);
        return code;
    }
    MERA_TRY(mera_suggest(c->diags, wanted, id, m->n_nodes, "nodes", c->arena));
    return code;
}

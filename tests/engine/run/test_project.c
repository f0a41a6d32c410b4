/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * A project on disk: files found, plugins looked for, data read as the methodology says, records.
 */
#include "run_fixture.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "run/record.h"

/** A folder of its own under the build, with what a test writes there. */
typedef struct project_files {
    run_fixture *f;
    char folder[512];
} project_files;

static const char *const project_plugin =
    "return mera.plugin {\n"
    "  id = \"double\", version = \"1.2.0\", api = 1,\n"
    "  title = { en = \"Doubling\" }, licence = \"CC0-1.0\", source = \"a test\",\n"
    "  indicators = {\n"
    "    twice = { title = { en = \"Twice x\" }, unit = \"points\", direction = \"higher\",\n"
    "      reads = { \"x\" }, compute = function(d, p) return d.x * 2 end },\n"
    "  },\n"
    "}\n";

static void project_write(const project_files *p, const char *name, const char *text)
{
    char path[1024];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", p->folder, name);
    file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void project_folder(const project_files *p, const char *name)
{
    char path[1024];

    snprintf(path, sizeof path, "%s/%s", p->folder, name);
    assert_int_equal(mkdir(path, 0755), 0);
}

static int project_setup(void **state)
{
    project_files *p = calloc(1, sizeof *p);
    void *fixture;

    assert_non_null(p);
    assert_int_equal(run_setup(&fixture), 0);
    p->f = fixture;
    snprintf(p->folder, sizeof p->folder, "%s/run-project-XXXXXX", MERA_BINARY_DIR);
    assert_non_null(mkdtemp(p->folder));
    *state = p;
    return 0;
}

static int project_teardown(void **state)
{
    project_files *p = *state;
    char command[1100];
    void *fixture = p->f;

    snprintf(command, sizeof command, "rm -rf '%s'", p->folder);
    assert_int_equal(system(command), 0);
    run_teardown(&fixture);
    free(p);
    return 0;
}

static mera_code project_open_with(project_files *p, const mera_options *options)
{
    run_fixture *f = p->f;

    assert_int_equal(mera_engine_open(options, &f->engine), MERA_OK);
    return mera_project_open(f->engine, p->folder, NULL, f->set, f->n_set, f->diags, &f->project);
}

static mera_code project_open(project_files *p)
{
    return project_open_with(p, &(mera_options){.threads = 1});
}

static void project_say(const project_files *p)
{
    for (size_t i = 0; i < mera_diags_size(p->f->diags); i++) {
        print_error("%s", mera_diag_text(p->f->diags, mera_diags_get(p->f->diags, i), p->f->arena));
    }
}

static void project_score(project_files *p, const char *const *files, size_t n)
{
    run_fixture *f = p->f;

    if (project_open(p) != MERA_OK ||
        mera_project_read(f->project, files, n, f->arena, f->diags, &f->data, NULL) != MERA_OK ||
        mera_plan_open(f->project, f->data, f->diags, &f->plan) != MERA_OK ||
        mera_plan_score(f->plan, f->arena, f->diags, &f->result) != MERA_OK) {
        project_say(p);
        fail();
    }
}

static const char *const project_plain = "mera: 1\nid: t\nunits: {key: code, name: town}\n"
                                         "data: {file: data.csv}\n"
                                         "indicators: {x: {direction: higher}}\n"
                                         "steps: {normalise: none, aggregate: arithmetic}\n"
                                         "framework: {id: root, indicators: [x]}\n";

static void a_folder_is_scored_with_its_own_data(void **state)
{
    project_files *p = *state;

    project_write(p, "methodology.yaml", project_plain);
    project_write(p, "data.csv", "code,town,x,unused\n01,Ust,5,a\n02,Kut,7,b\n");
    project_score(p, NULL, 0);
    assert_close(run_score_of(p->f, "root", "01", 0), 5, 1e-15);
    assert_string_equal(p->f->data->unit_name[1], "Kut");
    assert_int_equal(p->f->data->n_columns, 1); /* what nobody uses is not read */
    assert_int_equal(p->f->result->n_plugins, 0);
}

static void files_given_replace_those_of_the_methodology(void **state)
{
    project_files *p = *state;
    char path[1024];
    const char *files[1] = {path};

    project_write(p, "methodology.yaml", project_plain);
    project_write(p, "other.csv", "code,town,x\n01,Ust,50\n");
    snprintf(path, sizeof path, "%s/other.csv", p->folder);
    project_score(p, files, 1);
    assert_int_equal(p->f->data->n_units, 1);
    assert_close(run_score_of(p->f, "root", "01", 0), 50, 1e-15);
}

static void units_describe_files_when_the_methodology_names_none(void **state)
{
    project_files *p = *state;
    char path[1024];
    const char *files[1] = {path};

    project_write(p, "methodology.yaml",
                  "mera: 1\nid: t\nunits: {key: [region, code], period: year}\nperiod: 2021\n"
                  "indicators: {x: {direction: higher}}\n"
                  "steps: {normalise: none, aggregate: arithmetic}\n"
                  "framework: {id: root, indicators: [x]}\n");
    project_write(p, "panel.csv", "region,code,year,x\nR,1,2020,5\nR,1,2021,6\n");
    snprintf(path, sizeof path, "%s/panel.csv", p->folder);
    project_score(p, files, 1);
    assert_string_equal(p->f->data->unit_key[0], "R / 1");
    assert_int_equal(p->f->result->n_periods, 1);
    assert_close(run_score_of(p->f, "root", "R / 1", 0), 6, 1e-15);
}

static void a_project_without_data_says_so(void **state)
{
    project_files *p = *state;

    project_write(p, "methodology.yaml",
                  "mera: 1\nid: t\nunits: {key: code}\n"
                  "indicators: {x: {direction: higher}}\n"
                  "steps: {normalise: none, aggregate: arithmetic}\n"
                  "framework: {id: root, indicators: [x]}\n");
    assert_int_equal(project_open(p), MERA_OK);
    assert_int_equal(
        mera_project_read(p->f->project, NULL, 0, p->f->arena, p->f->diags, &p->f->data, NULL),
        MERA_EUSAGE);
    assert_said(p->f->diags, "methodology 't' names no file of data, and none was given");
}

static void project_write_plugin_methodology(project_files *p, const char *version)
{
    char text[1024];

    snprintf(text, sizeof text,
             "mera: 1\nid: t\nunits: {key: code}\ndata: {file: data.csv}\n"
             "plugins: [{use: double, version: \"%s\"}]\n"
             "indicators: {t: {from: double.twice}}\n"
             "steps: {normalise: none, aggregate: arithmetic}\n"
             "framework: {id: root, indicators: [t]}\n",
             version);
    project_write(p, "methodology.yaml", text);
    project_write(p, "data.csv", "code,x\n01,5\n02,\n");
    project_folder(p, "plugins");
    project_folder(p, "plugins/double");
    project_write(p, "plugins/double/plugin.lua", project_plugin);
}

static void a_plugin_beside_the_methodology_is_found(void **state)
{
    project_files *p = *state;

    project_write_plugin_methodology(p, ">=1.2 <2");
    project_score(p, NULL, 0);
    assert_close(run_score_of(p->f, "root", "01", 0), 10, 1e-15);
    assert_missing(run_score_of(p->f, "root", "02", 0));
    assert_int_equal(p->f->result->indicator[0].state[0], MERA_DERIVED);
    assert_int_equal(p->f->result->indicator[0].state[1], MERA_DERIVED | MERA_ABSENT);
    assert_int_equal(p->f->result->n_plugins, 1);
    assert_string_equal(p->f->result->plugin[0].id, "double");
    assert_string_equal(p->f->result->plugin[0].version, "1.2.0");
    assert_true(p->f->result->plugin[0].calls >= 1);
}

static void a_plugin_of_another_version_is_refused(void **state)
{
    project_files *p = *state;

    project_write_plugin_methodology(p, ">=2");
    assert_int_equal(project_open(p), MERA_EINPUT);
    assert_said(p->f->diags, "plugin 'double' is version 1.2.0, but \">=2\" is asked for");
}

static void a_missing_plugin_gets_a_suggestion_and_keeps_its_caret(void **state)
{
    project_files *p = *state;
    const char *text;

    project_write_plugin_methodology(p, ">=1");
    project_write(p, "methodology.yaml",
                  "mera: 1\nid: t\nunits: {key: code}\nplugins: [duoble]\n"
                  "indicators: {x: {direction: higher}}\n"
                  "steps: {normalise: none, aggregate: arithmetic}\n"
                  "framework: {id: root, indicators: [x]}\n");
    assert_int_equal(project_open(p), MERA_EINPUT);
    text = run_first_problem(p->f); /* the refused project's file is still at hand */
    assert_non_null(strstr(text, "no plugin 'duoble' was found; looked in "));
    assert_non_null(strstr(text, "    4 | plugins: [duoble]\n"));
    assert_non_null(strstr(text, "did you mean 'double'?"));
}

static void a_record_names_what_was_in_force(void **state)
{
    project_files *p = *state;
    const mera_record *record;

    project_write(
        p, "methodology.yaml",
        "mera: 1\nid: t\nversion: 3\nseed: 7\nunits: {key: code}\ndata: {file: data.csv}\n"
        "indicators: {x: {direction: higher}, y: {direction: higher}}\n"
        "steps: {impute: mean, normalise: {op: minmax, range: [0, 10], round: 1}, "
        "aggregate: {op: arithmetic, floor: 1}}\n"
        "framework: {id: root, indicators: [x, y]}\n");
    project_write(p, "data.csv", "code,x,y\n01,5,1\n02,7,\n03,8,3\n");
    project_score(p, NULL, 0);
    assert_int_equal(mera_record_of(p->f->result, p->f->arena, &record), MERA_OK);
    assert_string_equal(record->methodology_id, "t");
    assert_int_equal(strlen(record->methodology_sha256), 64);
    assert_int_equal(record->seed, 7);
    assert_int_equal(record->n_files, 1);
    assert_int_equal(strlen(record->file[0].sha256), 64);
    assert_int_equal(record->n_imputed, 1);
    assert_int_equal(record->n_conventions, 3);
    assert_string_equal(record->convention[0].op->name, "impute.mean");
    assert_string_equal(record->convention[0].reference, "all units of the period");
    assert_int_equal(record->convention[0].subjects.n, 2);
    assert_non_null(strstr(record->convention[1].params, "range [0, 10]"));
    assert_non_null(strstr(record->convention[1].params, "round 1"));
    assert_non_null(strstr(record->convention[2].params, "floor 1"));
    assert_true(strncmp(record->engine, "mera ", 5) == 0);
}

/* What --set names is in no file: frozen numbers are looked for beside the methodology. */
static void a_frozen_file_of_a_change_is_found_beside_the_methodology(void **state)
{
    project_files *p = *state;
    static const mera_set ways[] = {
        {"steps.normalise", "{op: minmax, reference: {frozen: old/fits.csv}}"},
        {"steps.normalise.reference", "{frozen: old/fits.csv}"},
        {"steps.normalise.reference.frozen", "old/fits.csv"},
    };

    project_folder(p, "old");
    project_folder(p, "parent");
    project_write(p, "old/fits.csv",
                  "step,op,indicator,group,period,name,value\n"
                  "normalise,normalise.minmax,x,,,lower,0\n"
                  "normalise,normalise.minmax,x,,,upper,10\n");
    project_write(p, "data.csv", "code,town,x,unused\n01,Ust,5,a\n02,Kut,7,b\n");
    project_write(p, "parent/parent.yaml",
                  "mera: 1\nid: t\nunits: {key: code, name: town}\n"
                  "indicators: {x: {direction: higher}}\n"
                  "steps: {normalise: {op: minmax, reference: {frozen: none.csv}}, "
                  "aggregate: arithmetic}\nframework: {id: root, indicators: [x]}\n");
    project_write(p, "methodology.yaml", "extends: parent/parent.yaml\ndata: {file: data.csv}\n");
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        p->f->set[0] = ways[i];
        p->f->n_set = 1;
        project_score(p, NULL, 0);
        assert_close(run_score_of(p->f, "root", "01", 0), 50, 1e-12);
        assert_close(run_score_of(p->f, "root", "02", 0), 70, 1e-12);
        run_again(p->f);
    }
}

/* The worker here is a program that is not there: whoever is sent to it fails. */
static void only_plugins_that_the_user_trusts_run_in_this_process(void **state)
{
    project_files *p = *state;
    const char *const trusted[] = {"other", "double"};
    char beside[600];
    const char *const folders[] = {beside};

    snprintf(beside, sizeof beside, "%s/plugins", p->folder);
    project_write_plugin_methodology(p, ">=1.2 <2");
    assert_int_equal(project_open_with(p, &(mera_options){.worker = "/nowhere/mera"}),
                     MERA_ESYSTEM);
    assert_said(p->f->diags, "the plugin needs a process of its own");
    run_again(p->f);
    assert_int_equal(
        project_open_with(
            p, &(mera_options){.worker = "/nowhere/mera", .trusted = trusted, .n_trusted = 1}),
        MERA_ESYSTEM);
    run_again(p->f);
    assert_int_equal(
        project_open_with(
            p, &(mera_options){.worker = "/nowhere/mera", .trusted = trusted, .n_trusted = 2}),
        MERA_OK);
    run_again(p->f);
    assert_int_equal(project_open_with(p, &(mera_options){.worker = "/nowhere/mera",
                                                          .trusted_path = folders,
                                                          .n_trusted_paths = 1}),
                     MERA_OK); /* it came with the engine */
}

int main(void)
{
#define RUN_TEST(name) cmocka_unit_test_setup_teardown(name, project_setup, project_teardown)
    const struct CMUnitTest tests[] = {
        RUN_TEST(a_folder_is_scored_with_its_own_data),
        RUN_TEST(files_given_replace_those_of_the_methodology),
        RUN_TEST(units_describe_files_when_the_methodology_names_none),
        RUN_TEST(a_project_without_data_says_so),
        RUN_TEST(a_plugin_beside_the_methodology_is_found),
        RUN_TEST(a_plugin_of_another_version_is_refused),
        RUN_TEST(a_missing_plugin_gets_a_suggestion_and_keeps_its_caret),
        RUN_TEST(only_plugins_that_the_user_trusts_run_in_this_process),
        RUN_TEST(a_record_names_what_was_in_force),
        RUN_TEST(a_frozen_file_of_a_change_is_found_beside_the_methodology),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

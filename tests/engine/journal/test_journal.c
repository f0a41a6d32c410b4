/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The record of runs: made, opened again, written by several processes at once, damaged, in a
 * folder that cannot be written, made by a later version.
 */
#include "run_fixture.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "io/file.h"
#include "journal/journal.h"

#define JOURNAL_YAML                                       \
    "mera: 1\nid: small\nunits: {key: unit}\ndata: [{}]\n" \
    "indicators: {a: {direction: higher}}\n"               \
    "steps: {normalise: none, aggregate: arithmetic}\n"    \
    "framework: {id: index, indicators: {a: 1}}\n"

static const char cells[] = "unit,a\nu1,3\nu2,5.25\nu3,.\nu4,5.25\n";
static const char other[] = "unit,a\nu1,9\nu2,5\nu3,1\nu4,2\n";

typedef struct journal_test {
    run_fixture *f;
    char folder[64], path[96];
    mera_journal *journal;
    const char *why;
} journal_test;

static int journal_setup(void **state)
{
    journal_test *t = calloc(1, sizeof *t);
    void *run = NULL;
    if (t == NULL || run_setup(&run) != 0) {
        return -1;
    }
    t->f = run;
    strcpy(t->folder, "/tmp/mera-journal-XXXXXX");
    if (mkdtemp(t->folder) == NULL) {
        return -1;
    }
    snprintf(t->path, sizeof t->path, "%s/.mera/runs.sqlite", t->folder);
    *state = t;
    return 0;
}

static int journal_teardown(void **state)
{
    journal_test *t = *state;
    char command[200];
    void *run = t->f;
    mera_journal_close(t->journal);
    snprintf(command, sizeof command, "chmod -R u+w %s && rm -rf %s", t->folder, t->folder);
    const int gone = system(command);
    run_teardown(&run);
    free(t);
    return gone;
}

static mera_code journal_open(journal_test *t, bool write)
{
    mera_journal_close(t->journal);
    return mera_journal_open(t->path, write, t->f->arena, &t->journal, &t->why);
}

static void journal_must(journal_test *t, bool write)
{
    const mera_code code = journal_open(t, write);
    if (code != MERA_OK) {
        fail_msg("%s: %s", t->path, t->why);
    }
}

static void journal_refuses(journal_test *t, bool write, const char *why)
{
    assert_int_equal(journal_open(t, write), MERA_ESYSTEM);
    assert_null(t->journal);
    if (strstr(t->why, why) == NULL) {
        fail_msg("'%s' has no '%s'", t->why, why);
    }
}

/* What a command adds of the fixture's result. */
static mera_run_new journal_of(const journal_test *t, const char *side)
{
    const mera_methodology *m = t->f->result->methodology;
    return (mera_run_new){.result = t->f->result,
                          .run = {.at = "2026-01-02T03:04:05Z",
                                  .command = "compare",
                                  .side = side,
                                  .methodology = m->id,
                                  .sha256 = m->sha256,
                                  .engine = mera_version(),
                                  .data = "",
                                  .plugins = "",
                                  .node = "index",
                                  .period = ""}};
}

static mera_run *journal_runs(journal_test *t, size_t n)
{
    mera_run *run;
    size_t found;
    assert_int_equal(mera_journal_runs(t->journal, t->f->arena, &run, &found), MERA_OK);
    assert_int_equal(found, n);
    return run;
}

static void what_is_added_is_read_back(void **state)
{
    journal_test *t = *state;
    const mera_run_setting setting = {"steps.normalise", "minmax", NULL};
    run_must(t->f, JOURNAL_YAML, cells);
    journal_must(t, true);
    mera_run_new first = journal_of(t, NULL), again = journal_of(t, "equal");
    again.run.n_settings = 1;
    again.run.setting = &setting;
    assert_int_equal(mera_journal_add(t->journal, &first), MERA_OK);
    again.batch = first.run.id;
    assert_int_equal(mera_journal_add(t->journal, &again), MERA_OK);
    assert_int_equal(again.run.result, first.run.result); /* kept once */
    journal_must(t, false);
    const mera_run *run = journal_runs(t, 2);
    assert_string_equal(run[0].at, "2026-01-02T03:04:05Z");
    assert_string_equal(run[0].top, "u2, u4, u1");
    assert_int_equal(run[0].n_ranked, 3);
    assert_null(run[0].side);
    assert_null(run[0].version);
    assert_true(isnan(run[0].mean_shift));
    assert_int_equal(run[1].batch, run[0].id);
    assert_string_equal(run[1].side, "equal");
    assert_true(run[1].mean_shift == 0); /* against the last run as written */
    assert_int_equal(run[1].n_settings, 1);
    assert_string_equal(run[1].setting[0].written, "minmax");
    assert_null(run[1].setting[0].used);
}

static void places_are_those_of_the_result_to_the_bit(void **state)
{
    journal_test *t = *state;
    mera_run_place *place;
    size_t n;
    run_must(t->f, JOURNAL_YAML, cells);
    journal_must(t, true);
    mera_run_new add = journal_of(t, NULL);
    assert_int_equal(mera_journal_add(t->journal, &add), MERA_OK);
    assert_int_equal(mera_journal_places(t->journal, add.run.result, t->f->arena, &place, &n),
                     MERA_OK);
    assert_int_equal(n, 4);
    assert_string_equal(place[0].key, "u2");
    assert_true(place[0].score == 5.25 && place[0].rank == place[1].rank);
    assert_string_equal(place[3].key, "u3");
    assert_true(isnan(place[3].score) && isnan(place[3].rank));
    assert_int_equal(mera_journal_unit(t->journal, "u1", t->f->arena, &place, &n), MERA_OK);
    assert_int_equal(n, (size_t)add.run.result + 1);
    assert_true(place[add.run.result].score == 3);
    assert_int_equal(mera_journal_unit(t->journal, "nobody", t->f->arena, &place, &n), MERA_OK);
    assert_null(place[add.run.result].key);
}

static void other_data_are_another_result(void **state)
{
    journal_test *t = *state;
    run_must(t->f, JOURNAL_YAML, cells);
    journal_must(t, true);
    mera_run_new one = journal_of(t, NULL);
    assert_int_equal(mera_journal_add(t->journal, &one), MERA_OK);
    const char *key = mera_journal_key(t->f->result, 0, 0, t->f->arena);
    run_again(t->f);
    t->f->set[0] = (mera_set){"steps.aggregate", "geometric"};
    t->f->n_set = 1;
    run_must(t->f, JOURNAL_YAML, other);
    assert_string_not_equal(key, mera_journal_key(t->f->result, 0, 0, t->f->arena));
    mera_run_new two = journal_of(t, "other");
    two.base = one.run.result;
    assert_int_equal(mera_journal_add(t->journal, &two), MERA_OK);
    assert_int_not_equal(one.run.result, two.run.result);
    /* from 3, 1, none, 1 to 1, 2, 4, 3: three units moved 2, 1 and 2 places */
    assert_close(two.run.mean_shift, 5.0 / 3, 1e-12);
}

/* Each writer is a process that opens the file on its own; all of them make it at once. */
static void several_processes_write_at_once(void **state)
{
    enum { WRITERS = 4, RUNS = 5 };
    journal_test *t = *state;
    pid_t writer[WRITERS];
    run_must(t->f, JOURNAL_YAML, cells);
    for (int w = 0; w < WRITERS; w++) {
        writer[w] = fork();
        assert_true(writer[w] >= 0);
        if (writer[w] == 0) {
            mera_code code = mera_journal_open(t->path, true, t->f->arena, &t->journal, &t->why);
            for (int r = 0; r < RUNS && code == MERA_OK; r++) {
                mera_run_new add = journal_of(t, r == 0 ? "first" : "later");
                code = mera_journal_add(t->journal, &add);
            }
            mera_journal_close(t->journal);
            _exit(code == MERA_OK ? 0 : 1);
        }
    }
    for (int w = 0; w < WRITERS; w++) {
        int status;
        assert_int_equal(waitpid(writer[w], &status, 0), writer[w]);
        assert_int_equal(status, 0);
    }
    journal_must(t, false);
    const mera_run *run = journal_runs(t, WRITERS * RUNS);
    for (size_t i = 0; i < WRITERS * RUNS; i++) {
        assert_int_equal(run[i].id, i + 1);
        assert_int_equal(run[i].result, run[0].result);
    }
}

static void journal_write_file(const journal_test *t, const char *bytes, size_t n)
{
    char folder[96];
    snprintf(folder, sizeof folder, "%s/.mera", t->folder);
    (void)mkdir(folder, 0777);
    assert_int_equal(mera_file_write(t->path, bytes, n, NULL), MERA_OK);
}

static void a_damaged_file_is_refused_and_left_as_it_is(void **state)
{
    static const char text[] = "these are no runs, but a text of somebody's";
    journal_test *t = *state;
    struct stat after;
    journal_write_file(t, text, sizeof text);
    journal_refuses(t, true, "not a database");
    journal_refuses(t, false, "not a database");
    assert_int_equal(stat(t->path, &after), 0);
    assert_int_equal(after.st_size, sizeof text);
}

static void journal_damage(const journal_test *t, long from, long n)
{
    FILE *file = fopen(t->path, "r+b");
    assert_non_null(file);
    assert_int_equal(fseek(file, from, SEEK_SET), 0);
    for (long i = 0; i < n; i++) {
        fputc(0xA5, file);
    }
    assert_int_equal(fclose(file), 0);
}

/* Pages in the middle are overwritten: reading says so, or gives what is whole; nothing crashes. */
static void a_file_damaged_in_the_middle_says_so(void **state)
{
    journal_test *t = *state;
    mera_run *run;
    size_t n;
    struct stat whole;
    run_must(t->f, JOURNAL_YAML, cells);
    journal_must(t, true);
    mera_run_new add = journal_of(t, NULL);
    assert_int_equal(mera_journal_add(t->journal, &add), MERA_OK);
    mera_journal_close(t->journal);
    assert_int_equal(stat(t->path, &whole), 0);
    journal_damage(t, 4096, whole.st_size - 4096);
    if (journal_open(t, true) == MERA_OK) {
        mera_run_new later = journal_of(t, "later");
        assert_int_equal(mera_journal_runs(t->journal, t->f->arena, &run, &n), MERA_ESYSTEM);
        assert_int_equal(mera_journal_add(t->journal, &later), MERA_ESYSTEM);
        assert_non_null(strstr(mera_journal_why(t->journal), "malformed"));
    }
}

/* The first page of a table in the file. */
static long journal_page(const journal_test *t, const char *sql)
{
    sqlite3 *db;
    sqlite3_stmt *statement;
    assert_int_equal(sqlite3_open(t->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    const int page = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return 4096L * (page - 1);
}

/* Places are counted by an index that is whole, the names of units are not: no short answer. */
static void rows_that_cannot_be_read_are_no_end(void **state)
{
    journal_test *t = *state;
    mera_run_place *place;
    size_t n;
    run_must(t->f, JOURNAL_YAML, cells);
    journal_must(t, true);
    mera_run_new add = journal_of(t, NULL);
    assert_int_equal(mera_journal_add(t->journal, &add), MERA_OK);
    mera_journal_close(t->journal);
    journal_damage(t, journal_page(t, "SELECT rootpage FROM sqlite_master WHERE name = 'unit'"),
                   4096);
    journal_must(t, false);
    assert_int_equal(mera_journal_places(t->journal, add.run.result, t->f->arena, &place, &n),
                     MERA_ESYSTEM);
    assert_int_equal(mera_journal_unit(t->journal, "u1", t->f->arena, &place, &n), MERA_ESYSTEM);
}

static void a_later_version_is_not_touched(void **state)
{
    journal_test *t = *state;
    sqlite3 *db;
    journal_write_file(t, "", 0);
    assert_int_equal(sqlite3_open(t->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "PRAGMA user_version = 99", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    journal_refuses(t, true, "a later version of mera wrote it");
    journal_refuses(t, false, "a later version of mera wrote it");
}

static void reading_makes_no_file(void **state)
{
    journal_test *t = *state;
    journal_refuses(t, false, "unable to open");
    assert_false(mera_file_exists(t->path));
    journal_write_file(t, "", 0);
    journal_refuses(t, false, "it holds no runs");
    journal_must(t, true); /* writing makes the tables */
    journal_runs(t, 0);
}

static void a_folder_that_cannot_be_written_is_named(void **state)
{
    journal_test *t = *state;
    if (geteuid() == 0) { /* root writes everywhere: a file stands where the folder would be */
        char folder[96];
        snprintf(folder, sizeof folder, "%s/.mera", t->folder);
        assert_int_equal(mera_file_write(folder, "x", 1, NULL), MERA_OK);
        assert_int_equal(journal_open(t, true), MERA_ESYSTEM);
        assert_true(strlen(t->why) > 5);
        return;
    }
    assert_int_equal(chmod(t->folder, 0555), 0);
    journal_refuses(t, true, ".mera cannot be made: Permission denied");
}

static void the_folder_tells_git_to_pass_it_over(void **state)
{
    journal_test *t = *state;
    char ignore[96];
    journal_must(t, true);
    snprintf(ignore, sizeof ignore, "%s/.mera/.gitignore", t->folder);
    assert_true(mera_file_exists(ignore));
    snprintf(t->path, sizeof t->path, "%s/plain/runs.sqlite", t->folder);
    journal_must(t, true);
    snprintf(ignore, sizeof ignore, "%s/plain/.gitignore", t->folder);
    assert_false(mera_file_exists(ignore)); /* not its own folder */
}

#define JOURNAL_TEST(x) cmocka_unit_test_setup_teardown(x, journal_setup, journal_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        JOURNAL_TEST(what_is_added_is_read_back),
        JOURNAL_TEST(places_are_those_of_the_result_to_the_bit),
        JOURNAL_TEST(other_data_are_another_result),
        JOURNAL_TEST(several_processes_write_at_once),
        JOURNAL_TEST(a_damaged_file_is_refused_and_left_as_it_is),
        JOURNAL_TEST(a_file_damaged_in_the_middle_says_so),
        JOURNAL_TEST(rows_that_cannot_be_read_are_no_end),
        JOURNAL_TEST(a_later_version_is_not_touched),
        JOURNAL_TEST(reading_makes_no_file),
        JOURNAL_TEST(a_folder_that_cannot_be_written_is_named),
        JOURNAL_TEST(the_folder_tells_git_to_pass_it_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

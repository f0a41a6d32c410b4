/* SPDX-License-Identifier: Apache-2.0 */
/** @file Problems as text and as JSON. */
#include "report/report.h"

#include "mera_test.h"

typedef struct fixture {
    mera_arena *arena;
    mera_diags *diags;
    mera_text out;
} fixture;

static int setup(void **state)
{
    mera_arena *arena = mera_arena_new();
    fixture *f = mera_arena_zero(arena, 1, sizeof *f);
    f->arena = f->out.arena = arena;
    f->diags = mera_diags_new(arena);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    mera_arena_free(((fixture *)*state)->arena);
    return 0;
}

static void paints_the_severity_and_nothing_before_it(void **state)
{
    fixture *f = *state;
    const mera_view view = {"en", true, 80};
    mera_fail(f->diags, MERA_EINPUT, "odd", (mera_at){"errors/a.csv", 3, 1, 0}, "two errors: here");
    assert_int_equal(mera_report_diags_text(f->diags, MERA_NOTE, &view, f->arena, &f->out),
                     MERA_OK);
    assert_string_equal(mera_text_string(&f->out),
                        "errors/a.csv:3:1: \033[31merror\033[0m: two errors: here [odd]\n");
}

static void tells_only_what_is_severe_enough_and_only_once(void **state)
{
    fixture *f = *state;
    const mera_view view = {"en", false, 80};
    mera_note(f->diags, "n", MERA_NOWHERE, "a note");
    mera_warn(f->diags, "w", MERA_NOWHERE, "a warning");
    mera_warn(f->diags, "w", MERA_NOWHERE, "a warning");
    mera_fail(f->diags, MERA_EINPUT, "e", MERA_NOWHERE, "an error");
    assert_int_equal(mera_report_diags_text(f->diags, MERA_WARNING, &view, f->arena, &f->out),
                     MERA_OK);
    assert_string_equal(mera_text_string(&f->out), "warning: a warning [w]\nerror: an error [e]\n");
}

static void gives_editors_places_hints_and_frames(void **state)
{
    fixture *f = *state;
    mera_fail(f->diags, MERA_EINPUT, "unknown-key", (mera_at){"m.yaml", 4, 3, 5}, "key \"x\"");
    mera_hint(f->diags, "did you mean 'y'?");
    mera_within(f->diags, MERA_EINPUT, (mera_at){"m.yaml", 2, 1, 0}, "in step 'treat'");
    assert_int_equal(mera_report_diags_json(f->diags, MERA_ERROR, f->arena, &f->out), MERA_OK);
    assert_string_equal(mera_text_string(&f->out), "{\n"
                                                   "  \"diagnostics\": [\n"
                                                   "    {\n"
                                                   "      \"severity\": \"error\",\n"
                                                   "      \"id\": \"unknown-key\",\n"
                                                   "      \"file\": \"m.yaml\",\n"
                                                   "      \"line\": 4,\n"
                                                   "      \"column\": 3,\n"
                                                   "      \"length\": 5,\n"
                                                   "      \"message\": \"key \\\"x\\\"\",\n"
                                                   "      \"hint\": \"did you mean 'y'?\",\n"
                                                   "      \"frames\": [\n"
                                                   "        {\n"
                                                   "          \"text\": \"in step 'treat'\",\n"
                                                   "          \"file\": \"m.yaml\",\n"
                                                   "          \"line\": 2,\n"
                                                   "          \"column\": 1,\n"
                                                   "          \"length\": 1\n"
                                                   "        }\n"
                                                   "      ]\n"
                                                   "    }\n"
                                                   "  ]\n"
                                                   "}\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(paints_the_severity_and_nothing_before_it, setup, teardown),
        cmocka_unit_test_setup_teardown(tells_only_what_is_severe_enough_and_only_once, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(gives_editors_places_hints_and_frames, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/** @file The operations there are, those of plugins in folders among them. */
#include "mera_test.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "mera/mera.h"

static const char *const catalogue_good =
    "return mera.plugin {\n"
    "  id = \"double\", version = \"1.2.0\", api = 1,\n"
    "  title = { en = \"Doubling\" }, licence = \"CC0-1.0\", source = \"a test\",\n"
    "  params = { times = { type = \"number\", min = 1, max = 9,\n"
    "    help = \"how often\" } },\n"
    "  indicators = {\n"
    "    twice = { title = { en = \"Twice x\" }, unit = \"points\", direction = \"higher\",\n"
    "      reads = { \"x\" }, compute = function(d, p) return d.x * p.times end },\n"
    "  },\n"
    "}\n";

static void catalogue_write(const char *folder, const char *plugin, const char *text)
{
    char path[1024];
    FILE *file;

    (void)mkdir(folder, 0755); /* may be there */
    snprintf(path, sizeof path, "%s/%s", folder, plugin);
    assert_int_equal(mkdir(path, 0755), 0);
    snprintf(path, sizeof path, "%s/%s/plugin.lua", folder, plugin);
    file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void plugins_are_listed_and_broken_ones_named(void **state)
{
    char root[] = MERA_BINARY_DIR "/catalogue-XXXXXX", first[600], second[600], command[700];
    mera_arena *arena = mera_arena_new();
    mera_diags *diags = mera_diags_new(arena);
    mera_engine *engine;
    mera_registry *registry, *built_in;

    (void)state;
    assert_non_null(mkdtemp(root));
    snprintf(first, sizeof first, "%s/first", root);
    snprintf(second, sizeof second, "%s/second", root);
    catalogue_write(first, "double", catalogue_good);
    catalogue_write(first, "broken", "return mera.plugin {\n");
    catalogue_write(second, "double", "return nonsense\n"); /* hidden by the first */
    const char *const places[] = {first, second, "/no/such/folder"};
    const mera_options options = {.plugin_path = places, .n_plugin_paths = 3, .threads = 1};

    assert_int_equal(mera_engine_open(&options, &engine), MERA_OK);
    assert_int_equal(mera_registry_new(arena, &built_in), MERA_OK);
    assert_int_equal(mera_engine_catalogue(engine, arena, diags, &registry), MERA_OK);
    assert_int_equal(mera_registry_size(registry), mera_registry_size(built_in) + 1);
    const mera_op *op = mera_registry_find(registry, MERA_STEP_DERIVE, "double.twice");
    assert_non_null(op);
    assert_string_equal(op->plugin, "double");
    assert_string_equal(op->plugin_version, "1.2.0");
    assert_string_equal(op->params[0].name, "times");
    assert_true(op->params[0].required); /* a methodology has to say it */
    assert_int_equal(mera_diags_count(diags, MERA_ERROR), 0);
    assert_int_equal(mera_diags_count(diags, MERA_WARNING), 2);
    assert_said(diags, "unexpected symbol near <eof>");
    assert_said(diags, "no such folder");
    mera_engine_close(engine);
    mera_arena_free(arena);
    snprintf(command, sizeof command, "rm -rf '%s'", root);
    assert_int_equal(system(command), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(plugins_are_listed_and_broken_ones_named)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}

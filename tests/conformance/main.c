/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * coinr_conformance -- replays every case of a folder of COINr's results through mera's public API.
 *
 *     coinr_conformance [--root DIR] [--verbose] [--at-least N] [--only TEXT] FOLDER
 *
 * The folder has index.csv and a JSON sidecar a case that names functions of COINr, their arguments
 * and the files of results. A line a case: `pass ID`, `differs ID <largest difference>`, or
 * `not supported ID <why>`; then the counts. Cases with `defect` are answers of COINr that are
 * wrong: they are printed likewise and counted apart. The exit status is 0 when every case without
 * a defect passes, or at least N of them do.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "calls.h"
#include "compare.h"

typedef struct options {
    const char *folder, *root, *only;
    long at_least;
    bool verbose;
} options;

typedef enum verdict { VERDICT_PASS, VERDICT_DIFFERS, VERDICT_UNSUPPORTED, N_VERDICTS } verdict;

static int usage(FILE *to)
{
    fputs(
        "usage: coinr_conformance [--root DIR] [--verbose] [--at-least N] [--only TEXT] FOLDER\n"
        "\n"
        "Replays the cases of FOLDER (index.csv and a JSON sidecar a case) through mera.\n"
        "  --root DIR    what the paths in the sidecars start from: the folder that holds shared/\n"
        "  --verbose     say where the largest difference is\n"
        "  --at-least N  succeed when so many cases without a defect pass\n"
        "  --only TEXT   only cases whose id holds TEXT\n",
        to);
    return 2;
}

static bool options_read(int n, char **argv, options *out)
{
    *out = (options){.root = ".", .at_least = -1};
    for (int i = 1; i < n; i++) {
        const bool value = i + 1 < n;
        if (same(argv[i], "--root") && value) {
            out->root = argv[++i];
        } else if (same(argv[i], "--only") && value) {
            out->only = argv[++i];
        } else if (same(argv[i], "--at-least") && value) {
            out->at_least = strtol(argv[++i], NULL, 10);
        } else if (same(argv[i], "--verbose")) {
            out->verbose = true;
        } else if (argv[i][0] != '-' && out->folder == NULL) {
            out->folder = argv[i];
        } else {
            return false;
        }
    }
    return out->folder != NULL;
}

/* ---- a case ----------------------------------------------------------------------------- */

static mera_code case_replay(run *r)
{
    coin *c;
    MERA_TRY(steps_replay(r, arg(r->sidecar, "steps"), &c));
    const json_t *call = arg(r->sidecar, "call");
    return call == NULL ? MERA_OK : call_answer(r, c, call);
}

/* Compares every output of the sidecar with what was given out under its name. */
static finding case_compare(run *r)
{
    const tolerance how = tolerance_read(arg_text(r->sidecar, "tolerance", NULL));
    finding worst = {0, NULL};
    const char *name;
    json_t *value;
    json_object_foreach(json_object_get(r->sidecar, "outputs"), name, value)
    {
        const csv *want = run_expected(r, name);
        const table *got = run_find(r, name);
        if (want == NULL || got == NULL) {
            const finding none = {INFINITY, text_of(r->arena, "output '%s': %s", name,
                                                    want == NULL ? "its file cannot be read"
                                                                 : "nothing was given out")};
            worst = finding_worse(worst, none);
            continue;
        }
        worst = finding_worse(worst, compare_table(got, want, how));
    }
    if (worst.where != NULL && worst.largest <= how.bound) {
        worst.where = NULL;
    }
    return worst;
}

static verdict case_say(const options *o, const char *id, verdict v, const finding *f,
                        const char *why)
{
    if (v == VERDICT_PASS) {
        printf("pass %s\n", id);
    } else if (v == VERDICT_UNSUPPORTED) {
        printf("not supported %s %s\n", id, why);
    } else if (f == NULL) {
        printf("differs %s inf: %s\n", id, why);
    } else if (o->verbose || isinf(f->largest)) {
        printf("differs %s %.3g: %s\n", id, f->largest, f->where);
    } else {
        printf("differs %s %.3g\n", id, f->largest);
    }
    return v;
}

/* Operations rewind the arena they are given, so what they say lives in another one. */
static verdict case_run(const options *o, const mera_registry *registry, const char *id,
                        const char *path, mera_arena *arena, mera_diags *diags)
{
    json_error_t error;
    json_t *sidecar = json_load_file(path, 0, &error);
    if (sidecar == NULL) {
        return case_say(o, id, VERDICT_UNSUPPORTED, NULL,
                        text_of(arena, "%s: %s", path, error.text));
    }
    const char *slash = strrchr(path, '/');
    run r = {.arena = arena,
             .diags = diags,
             .registry = registry,
             .root = o->root,
             .sidecar = sidecar,
             .folder = text_of(arena, "%.*s", (int)(slash - path), path)};
    const mera_code rc = case_replay(&r);
    finding f = {0, NULL};
    verdict v;
    if (rc == MERA_OK) {
        f = case_compare(&r);
        v = case_say(o, id, f.where == NULL ? VERDICT_PASS : VERDICT_DIFFERS, &f, NULL);
    } else {
        v = case_say(o, id, rc == MERA_EUSAGE ? VERDICT_UNSUPPORTED : VERDICT_DIFFERS, NULL,
                     r.why == NULL ? "mera refused" : r.why);
    }
    json_decref(sidecar);
    return v;
}

/* ---- the folder ------------------------------------------------------------------------- */

static void count_say(const char *what, const size_t n[N_VERDICTS])
{
    printf("%s: %zu pass, %zu differ, %zu not supported\n", what, n[VERDICT_PASS],
           n[VERDICT_DIFFERS], n[VERDICT_UNSUPPORTED]);
}

static int folder_run(const options *o, mera_arena *arena, const csv *index)
{
    size_t plain[N_VERDICTS] = {0}, defect[N_VERDICTS] = {0};
    mera_registry *registry;
    if (mera_registry_new(arena, &registry) != MERA_OK) {
        return 3;
    }
    for (size_t i = 0; i < index->n_rows; i++) {
        const char *id = csv_text(index, i, "id"), *json = csv_text(index, i, "json");
        if (id == NULL || json == NULL || (o->only != NULL && strstr(id, o->only) == NULL)) {
            continue;
        }
        mera_arena *own = mera_arena_new(), *said = mera_arena_new();
        const char *path = text_of(arena, "%s/%s", o->folder, json);
        const verdict v = case_run(o, registry, id, path, own, mera_diags_new(said));
        const bool wrong = csv_number(index, i, "defect") == 1;
        (wrong ? defect : plain)[v]++;
        fflush(stdout);
        mera_arena_free(own);
        mera_arena_free(said);
    }
    count_say("cases", plain);
    count_say("cases with a defect of COINr", defect);
    const size_t bad = plain[VERDICT_DIFFERS] + plain[VERDICT_UNSUPPORTED];
    return bad == 0 || (o->at_least >= 0 && plain[VERDICT_PASS] >= (size_t)o->at_least) ? 0 : 1;
}

int main(int argc, char **argv)
{
    options o;
    if (!options_read(argc, argv, &o)) {
        return usage(stderr);
    }
    mera_arena *arena = mera_arena_new();
    const csv *index = csv_read(arena, text_of(arena, "%s/index.csv", o.folder));
    if (index == NULL) {
        fprintf(stderr, "skipped: there is no %s/index.csv\n", o.folder);
        mera_arena_free(arena);
        return 77;
    }
    const int status = folder_run(&o, arena, index);
    mera_arena_free(arena);
    return status;
}

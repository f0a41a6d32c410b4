/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The Lua host: a sandboxed state per plugin, columns as userdata, formulas as expressions.
 * Nothing Lua-specific leaves this layer: a plugin's operations are mera_op like built-in ones.
 */
#ifndef MERA_LUA_HOST_H
#define MERA_LUA_HOST_H

#include "base/text.h"
#include "mera/op.h"

/** What a script may use. Zeros mean the defaults. */
typedef struct mera_lua_limits {
    uint64_t instructions; /**< per call; default 100,000,000 plus 2,000 a unit */
    size_t bytes;          /**< of a state; default 256 MiB plus what columns need */
    double seconds;        /**< of processor time per call, the last resort; default 60 */
    const char *worker;    /**< the program that runs the script in a process of its own: it calls
                                mera_worker_main() when mera_worker_asked(). NULL = run it here */
} mera_lua_limits;

/** What a plugin has used so far. */
typedef struct mera_plugin_stats {
    size_t calls;
    uint64_t instructions;
    size_t peak_bytes;
    size_t cells_made, cells_missing, cells_out_of_range;
    size_t
        cells_undefined; /**< steps of computing that had no answer (0/0, log 0) and gave missing */
    double seconds;
} mera_plugin_stats;

typedef struct mera_plugin mera_plugin;

enum { MERA_MODULES_MAX = 64 /**< files of one plugin beside plugin.lua */ };

/** A file beside plugin.lua, for require("name"). */
typedef struct mera_module {
    const char *name; /**< "helpers" */
    const char *file; /**< "helpers.lua" */
    const char *path; /**< for messages */
    const char *text;
    size_t n;
} mera_module;

/** A plugin as it stands in its folder. */
typedef struct mera_plugin_files {
    const char *folder;
    const char *source; /**< plugin.lua */
    size_t n;
    const mera_module *module; /**< in the order of names */
    size_t n_modules;
} mera_plugin_files;

/** As mera_plugin_open() with the modules; the texts must outlive the plugin. */
mera_code mera_plugin_open_files(const mera_plugin_files *files, const mera_value *with,
                                 const mera_lua_limits *limits, mera_at asked_at, mera_arena *arena,
                                 mera_diags *diags, mera_plugin **out);

/**
 * Loads the plugin in `folder` (plugin.lua), runs its manifest and makes its operations. Closing
 * it ends the operations' lives. `with` are the parameters the methodology gives, or NULL.
 */
mera_code mera_plugin_open(const char *folder, const char *source, size_t n, const mera_value *with,
                           const mera_lua_limits *limits, mera_at asked_at, mera_arena *arena,
                           mera_diags *diags, mera_plugin **out);
void mera_plugin_close(mera_plugin *plugin);

/** As mera_plugin_open(), to look at its operations and not to run them: parameters that a
 * methodology must give stay required. */
mera_code mera_plugin_look(const mera_plugin_files *files, const mera_lua_limits *limits,
                           mera_arena *arena, mera_diags *diags, mera_plugin **out);

const char *mera_plugin_id(const mera_plugin *plugin);
const char *mera_plugin_version(const mera_plugin *plugin);
const char *mera_plugin_sha256(const mera_plugin *plugin);
const char *mera_plugin_title(const mera_plugin *plugin, const char *language);
/** Does its version satisfy ">=1.2 <2"? A malformed wish is recorded and false. */
bool mera_plugin_satisfies(const mera_plugin *plugin, const char *wish, mera_at at,
                           mera_diags *diags);
/** The regions it says it is for; n = 0 when it is for all. */
mera_text_list mera_plugin_regions(const mera_plugin *plugin);
size_t mera_plugin_n_ops(const mera_plugin *plugin);
const mera_op *mera_plugin_op(const mera_plugin *plugin, size_t index);
mera_plugin_stats mera_plugin_statistics(const mera_plugin *plugin);

/** A compiled expression over columns. One thread at a time. */
typedef struct mera_formula mera_formula;
typedef struct mera_formulas mera_formulas; /**< the state that formulas of one plan share */

mera_code mera_formulas_open(const mera_lua_limits *limits, mera_formulas **out);
void mera_formulas_close(mera_formulas *formulas);

/**
 * Compiles an expression; the names it reads are given back (in order of first use). A syntax error
 * or an unknown function is recorded at its place inside `at`. `known` are the names allowed.
 */
mera_code mera_formula_compile(mera_formulas *formulas, const char *expression, mera_at at,
                               const char *const *known, size_t n_known, mera_arena *arena,
                               mera_diags *diags, mera_formula **out);
size_t mera_formula_n_reads(const mera_formula *formula);
const char *mera_formula_read(const mera_formula *formula, size_t index);

/**
 * Evaluates over n units: columns in the order of reads; NULL for a name that `around` has texts
 * of. A number is spread over all units. `around` may be NULL.
 */
mera_code mera_formula_run(mera_formula *formula, const double *const *column, size_t n,
                           const char *subject, const mera_around *around, mera_arena *arena,
                           mera_diags *diags, double *y);

/** Does an expression look at other periods (lag, change, mean_over)? Found without compiling it.
 */
bool mera_formula_crosses_periods(const char *expression);

/** Names read by an expression, found without running or compiling it: for planning what to read.
 */
mera_code mera_formula_names(const char *expression, mera_arena *arena, mera_text_list *out);

#endif

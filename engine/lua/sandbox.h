/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The box a script runs in: one Lua state with an allow-list, a budget of instructions, a limit of
 * bytes and, as the last resort, one of processor time. A script is hostile until shown otherwise.
 *
 * Rules that hold it:
 * - a limit is sticky: once tripped, every further instruction raises, the script's own pcall
 *   rethrows, and the box is dead;
 * - whatever costs more than a handful of steps in C is charged to the same budget;
 * - nothing of the script runs when the state is closed: there are no finalisers in its reach;
 * - every call of the host into Lua goes through mera_box_call(), so no error can escape.
 */
#ifndef MERA_LUA_SANDBOX_H
#define MERA_LUA_SANDBOX_H

#include <lauxlib.h>
#include <lua.h>

#include "lua/host.h"
#include "lua/names.h"

enum {
    MERA_LUA_TEXT_MAX =
        65536, /**< bytes of one string: comparing longer ones is not interruptible */
    MERA_LUA_VALUES_MAX = 250, /**< values that table.unpack may push */
    MERA_LUA_FRAMES = 8,       /**< frames of a traceback that are kept */
    MERA_LUA_SPARE = 32,       /**< freed columns kept for the next ones */
};

/** Which limit stopped a script. */
typedef enum mera_trip {
    MERA_TRIP_NONE,
    MERA_TRIP_INSTRUCTIONS,
    MERA_TRIP_BYTES,
    MERA_TRIP_TEXT,
    MERA_TRIP_SECONDS,
} mera_trip;

/** One Lua function on the way to an error. */
typedef struct mera_lua_frame {
    uint32_t line;             /**< the line being run */
    uint32_t defined;          /**< the line the function starts at; 0 = the main chunk */
    char name[48];             /**< "" when Lua does not know it */
    const mera_module *module; /**< the file it stands in; NULL = the script itself */
} mera_lua_frame;

/** What went wrong in the last call. */
typedef struct mera_fault {
    mera_trip trip;
    char message[512];         /**< one line, without the place */
    uint32_t line;             /**< in the script; 0 = unknown */
    const mera_module *module; /**< the file of that line; NULL = the script itself */
    mera_lua_frame frame[MERA_LUA_FRAMES];
    size_t n_frames;
    size_t unit; /**< index of the unit being computed, or SIZE_MAX */
} mera_fault;

/** A state and its meters. Nobody else's state is reachable from it. */
typedef struct mera_box {
    lua_State *L;
    size_t used, peak;           /**< bytes */
    size_t limit;                /**< bytes, of the call under way */
    size_t biggest_vector;       /**< bytes of the largest block that may be a table's */
    void *spare[MERA_LUA_SPARE]; /**< blocks of columns that were freed; not in `used` */
    size_t spare_size[MERA_LUA_SPARE];
    mera_trip refused;         /**< why the allocator said no the last time */
    uint64_t spent, allowed;   /**< instructions, of the call under way */
    uint64_t inner;            /**< spent inside Lua, by chance: limited as `spent`, not shown */
    uint64_t next_clock;       /**< look at the clock when so much is spent */
    long tick;                 /**< of the coarse clock, at the last look */
    double deadline;           /**< processor seconds of this thread */
    int period;                /**< instructions between two looks of the hook */
    mera_trip tripped;         /**< sticky */
    uint32_t epoch;            /**< of the call under way: columns of an earlier one are refused */
    size_t undefined;          /**< cells without an answer (0/0, log 0), since opening */
    size_t unit;               /**< unit being computed, or SIZE_MAX */
    const void *job;           /**< what the call under way works on; NULL between calls */
    const mera_around *around; /**< units, texts and periods of the call under way, or NULL */
    uint64_t total;            /**< instructions since opening */
    size_t calls;
    double seconds; /**< processor seconds since opening */
    mera_lua_limits limits;
    mera_names names;          /**< that the script makes, for suggestions; empty for formulas */
    const char *chunk;         /**< name of the script in messages: "plugin.lua" */
    const mera_module *module; /**< what require() may find */
    size_t n_modules;
    uint32_t begun;                  /**< line of the function under way; 0 = none */
    const mera_module *begun_module; /**< the file of that line; NULL = the script itself */
    mera_fault fault;
} mera_box;

/** Opens a box; `setup` fills the state with what its script may see (mera_library_open). `chunk`
 * (a literal) names the script in messages. */
mera_code mera_box_open(const mera_lua_limits *limits, const char *chunk, lua_CFunction setup,
                        mera_box **out);

/** Frees the state. No code of the script runs. NULL is allowed. */
void mera_box_close(mera_box *box);

/**
 * Runs `body` protected and metered, with `context` as its only argument (a light userdata). `n` is
 * the number of units, which the limits grow with. MERA_EINPUT or MERA_ELIMIT leave box->fault.
 */
mera_code mera_box_call(mera_box *box, lua_CFunction body, void *context, size_t n);

/** The box of a state. */
static inline mera_box *mera_box_of(lua_State *L)
{
    return *(mera_box **)lua_getextraspace(L);
}

/** Spends `steps` of the budget on work done in C; raises when it is used up. */
void mera_box_charge(lua_State *L, size_t steps);

/** As above for work whose amount no script can know and two runs need not share: the size a table
 * once had. It can stop the script but is not in the count of instructions. */
void mera_box_charge_inner(lua_State *L, size_t steps);

/** Pushes a text of the host, nil for NULL. lua_pushstring() looks into a cache by addresses first,
 * so whether a long text is made anew, and charged, would depend on them. */
void mera_box_push_text(lua_State *L, const char *text);

/** Trips a limit for good and raises. Does not return. */
int mera_box_trip(lua_State *L, mera_trip trip);

/** Pushes a function of the script by its reference in the registry. What is wrong with the answer
 * is known only when it has returned and is on no traceback: then its first line is the place. */
void mera_box_push_function(lua_State *L, int reference);

/** A traceback is taken here: the message handler of every outermost call. */
int mera_box_handler(lua_State *L);

/** Turns the error value on top of the stack into box->fault. */
void mera_box_describe(mera_box *box, int status);

/** What the limit that tripped was, as one phrase. */
void mera_box_limit_text(const mera_box *box, mera_trip trip, char *out, size_t room);

/** Who asked, for a report of box->fault. */
typedef struct mera_fault_place {
    mera_at script;      /**< where the script begins: its file; line and column are filled in */
    const char *id;      /**< short name of the problem when no limit tripped */
    const char *speaker; /**< "plugin 'arctic' 1.2.0": what the message begins with */
    const char *unit;    /**< name of the unit being computed, or NULL */
    const char *subject; /**< "indicator 'air'", or NULL */
    mera_at asked_at;    /**< where the methodology asks for it */
} mera_fault_place;

/** Records box->fault as a problem with its traceback and the way up; returns its code. */
mera_code mera_box_report(const mera_box *box, const mera_fault_place *place, mera_diags *diags);

#endif

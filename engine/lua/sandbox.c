/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The box: allocator, hook, budget, and the one way in. See sandbox.h for the rules it obeys.
 *
 * The budget counts virtual machine instructions, so it trips at the same place on any computer.
 * Work done in C is charged too: objects made, texts searched, cells computed. The sum depends on
 * the input alone. What Lua does inside does not: when a table is laid out anew, a text is found
 * again or a stack shrinks depends on the seed of its hashes, on addresses and on when garbage was
 * collected. That work is counted apart, against a limit of its own that is as high, so it can stop
 * a script but is never shown. Processor time is looked at rarely and only as the last resort, for
 * what a script may find that costs much and counts little.
 */
#include "lua/sandbox.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    BOX_PERIOD = 100,         /* instructions between two looks; its cost hardly depends on it */
    BOX_CLOCK_EVERY = 20000,  /* instructions between two looks at the clock */
    BOX_BYTES_PER_STEP = 32,  /* allocating so many bytes costs one instruction */
    BOX_TEXT_FREE = 512,      /* bytes of a text that costs no more than what makes it */
    BOX_BYTES_PER_UNIT = 512, /* 64 columns alive at a time */
    BOX_PER_UNIT = 2000,      /* instructions per unit */
    BOX_SCRIPT_SECONDS = 60,
    BOX_PAUSE = 200, /* per cent of what is alive, when the next collection begins */
    BOX_PAUSE_SMALL = 800,
    BOX_PAUSE_LARGE = 100,
    BOX_SMALL = 32 << 10,     /* bytes of a column: more than that come few at a time */
    BOX_LARGE = 1 << 20,      /* and more than that one at a time */
    BOX_SPARE_FROM = 4 << 10, /* bytes of a block worth keeping, and at most worth it */
    BOX_SPARE_TO = 16 << 20,
};

static const uint64_t BOX_CHARGE_MAX = UINT64_C(1) << 60;

static double box_cpu_seconds(void)
{
    struct timespec now = {0, 0};

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* ---- memory ------------------------------------------------------------------------------ */

/* Says no to a text that is too long and to a state that is too big. Lua then collects garbage and
 * asks once more; that collection is charged, or a script could live at the edge of the limit and
 * have a full collection at each of its instructions. */
static bool box_refuses(mera_box *box, bool is_text, size_t old, size_t wanted)
{
    if (is_text && wanted > (size_t)MERA_LUA_TEXT_MAX + 64) {
        box->refused = MERA_TRIP_TEXT;
        return true;
    }
    if (wanted > box->limit || box->used - old > box->limit - wanted) {
        box->refused = MERA_TRIP_BYTES;
        box->inner += box->used / 16;
        return true;
    }
    return false;
}

/* A block without a kind is a part of something: of a table, the stack, the list of all texts. A
 * short text is made only when no other like it is left over. Neither follows from the script. */
static uint64_t *box_meter(mera_box *box, size_t kind, size_t wanted)
{
    const bool by_chance = kind == 0 || (kind == LUA_TSTRING && wanted <= BOX_TEXT_FREE);

    return by_chance ? &box->inner : &box->spent;
}

static void box_grew(mera_box *box, size_t kind, size_t old, size_t wanted)
{
    box->used += wanted - old;
    *box_meter(box, kind, wanted) += wanted / BOX_BYTES_PER_STEP;
    if (box->used > box->peak) {
        box->peak = box->used;
    }
    if (kind != LUA_TUSERDATA && kind != LUA_TSTRING && wanted > box->biggest_vector) {
        box->biggest_vector = wanted;
    }
}

/* Fresh pages of large blocks cost more than computing a column does, so a few freed ones are kept
 * and handed out again when the size is just the same: columns of one call have one size. */
static bool box_keep(mera_box *box, void *ptr, size_t size)
{
    if (size < BOX_SPARE_FROM || size > BOX_SPARE_TO) {
        return false;
    }
    for (int i = 0; i < MERA_LUA_SPARE; i++) {
        if (box->spare[i] == NULL) {
            box->spare[i] = ptr;
            box->spare_size[i] = size;
            return true;
        }
    }
    return false;
}

static void *box_take(mera_box *box, size_t size)
{
    for (int i = 0; i < MERA_LUA_SPARE; i++) {
        if (box->spare[i] != NULL && box->spare_size[i] == size) {
            void *ptr = box->spare[i];

            box->spare[i] = NULL;
            return ptr;
        }
    }
    return NULL;
}

static void box_drop_spares(mera_box *box)
{
    for (int i = 0; i < MERA_LUA_SPARE; i++) {
        free(box->spare[i]);
        box->spare[i] = NULL;
    }
}

/* As lua_Alloc asks: a new block (ptr NULL) has the kind of its object in `osize`. */
static void *box_alloc(void *self, void *ptr, size_t osize, size_t nsize)
{
    mera_box *box = self;
    const size_t old = ptr == NULL ? 0 : osize, kind = ptr == NULL ? osize : 0;
    void *fresh;

    if (nsize == 0) {
        box->used -= old;
        if (ptr != NULL && !box_keep(box, ptr, old)) {
            free(ptr);
        }
        return NULL;
    }
    if (nsize > old && box_refuses(box, kind == LUA_TSTRING, old, nsize)) {
        return NULL;
    }
    fresh = ptr == NULL ? box_take(box, nsize) : NULL;
    if (fresh == NULL) {
        fresh = realloc(ptr, nsize);
    }
    if (fresh == NULL) {
        box->refused = MERA_TRIP_BYTES;
        return nsize <= old ? ptr : NULL; /* Lua takes for granted that shrinking succeeds */
    }
    if (nsize > old) {
        box_grew(box, kind, old, nsize);
    } else {
        box->used -= old - nsize;
    }
    return fresh;
}

/* ---- the budget -------------------------------------------------------------------------- */

static mera_trip box_over(mera_box *box)
{
    if (box->tripped != MERA_TRIP_NONE) {
        return box->tripped;
    }
    if (box->spent > box->allowed || box->inner > box->allowed) {
        return MERA_TRIP_INSTRUCTIONS;
    }
    if (box->spent >= box->next_clock) {
        box->next_clock = box->spent + BOX_CLOCK_EVERY;
        return box_cpu_seconds() > box->deadline ? MERA_TRIP_SECONDS : MERA_TRIP_NONE;
    }
    return MERA_TRIP_NONE;
}

/* Has the coarse clock moved since the last look? It costs a few nanoseconds to read and ticks
 * every few milliseconds; the clock of processor time is a call of the system. A single instruction
 * may take long (comparing long texts, calls with 100,000 arguments), so counting is not enough. */
static bool box_ticked(mera_box *box)
{
    struct timespec now = {0, 0};
    bool ticked;

    clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    ticked = now.tv_nsec != box->tick;
    box->tick = now.tv_nsec;
    return ticked;
}

static void box_hook(lua_State *L, lua_Debug *where)
{
    mera_box *box = mera_box_of(L);
    mera_trip over;

    (void)where;
    box->spent += (uint64_t)box->period;
    if (box_ticked(box)) {
        box->next_clock = box->spent;
    }
    over = box_over(box);
    if (over != MERA_TRIP_NONE) {
        mera_box_trip(L, over);
    }
}

static void box_watch(mera_box *box, int period)
{
    box->period = period;
    lua_sethook(box->L, box_hook, LUA_MASKCOUNT, period);
}

int mera_box_trip(lua_State *L, mera_trip trip)
{
    mera_box *box = mera_box_of(L);

    if (box->tripped == MERA_TRIP_NONE) {
        box->tripped = trip;
    }
    box_watch(box, 1); /* from here on no instruction gets through */
    return luaL_error(L, "stopped at a limit");
}

static void box_charge(lua_State *L, uint64_t *meter, size_t steps)
{
    mera_trip over;

    *meter += steps < BOX_CHARGE_MAX ? steps : BOX_CHARGE_MAX; /* the sum must not wrap */
    over = box_over(mera_box_of(L));
    if (over != MERA_TRIP_NONE) {
        mera_box_trip(L, over);
    }
}

void mera_box_charge(lua_State *L, size_t steps)
{
    box_charge(L, &mera_box_of(L)->spent, steps);
}

void mera_box_charge_inner(lua_State *L, size_t steps)
{
    box_charge(L, &mera_box_of(L)->inner, steps);
}

void mera_box_push_text(lua_State *L, const char *text)
{
    if (text == NULL) {
        lua_pushnil(L);
    } else {
        lua_pushlstring(L, text, strlen(text));
    }
}

/* ---- the one way in ---------------------------------------------------------------------- */

/* Small columns come by the hundred, and a collection looks at the whole library each time: let
 * more garbage gather between two of them. Large ones are better used again while they are warm;
 * beside computing a very large one a collection costs nothing. */
static void box_set_pause(mera_box *box, size_t n)
{
    const int pause = n < (size_t)BOX_SMALL / sizeof(double)   ? BOX_PAUSE_SMALL
                      : n < (size_t)BOX_LARGE / sizeof(double) ? BOX_PAUSE
                                                               : BOX_PAUSE_LARGE;

    lua_gc(box->L, LUA_GCINC, pause, 0, 0);
}

static void box_start(mera_box *box, size_t n)
{
    const size_t per_unit = n < SIZE_MAX / 4 / BOX_PER_UNIT ? n : SIZE_MAX / 4 / BOX_PER_UNIT;

    box->spent = box->inner = 0;
    box->next_clock = BOX_CLOCK_EVERY;
    box->allowed = box->limits.instructions + (uint64_t)per_unit * BOX_PER_UNIT;
    box->limit = box->limits.bytes + per_unit * BOX_BYTES_PER_UNIT;
    box->deadline = box_cpu_seconds() + box->limits.seconds;
    box_set_pause(box, n);
    box->unit = SIZE_MAX;
    box->epoch++;
    box->calls++;
    box_watch(box, BOX_PERIOD);
}

mera_code mera_box_call(mera_box *box, lua_CFunction body, void *context, size_t n)
{
    const double began = box_cpu_seconds();
    int status = LUA_ERRRUN;

    box->fault = (mera_fault){.unit = SIZE_MAX, .trip = box->tripped};
    box->begun = 0;
    box->begun_module = NULL;
    if (box->tripped == MERA_TRIP_NONE) {
        box_start(box, n);
        lua_settop(box->L, 0);
        lua_pushcfunction(box->L, mera_box_handler);
        lua_pushcfunction(box->L, body);
        lua_pushlightuserdata(box->L, context);
        status = lua_pcall(box->L, 1, 0, 1);
        if (status != LUA_OK) {
            mera_box_describe(box, status);
        }
        lua_settop(box->L, 0);
        box_drop_spares(box);
        box->total += box->spent;
        box->seconds += box_cpu_seconds() - began;
    } else {
        mera_box_limit_text(box, box->tripped, box->fault.message, sizeof box->fault.message);
    }
    if (status == LUA_OK) {
        return MERA_OK;
    }
    return box->fault.trip == MERA_TRIP_NONE ? MERA_EINPUT : MERA_ELIMIT;
}

/* ---- opening and closing ----------------------------------------------------------------- */

static void box_set_limits(mera_box *box, const mera_lua_limits *limits)
{
    if (limits != NULL) {
        box->limits = *limits;
    }
    if (box->limits.instructions == 0) {
        box->limits.instructions = 100000000;
    }
    if (box->limits.bytes == 0) {
        box->limits.bytes = (size_t)256 << 20;
    }
    if (!(box->limits.seconds > 0)) {
        box->limits.seconds = BOX_SCRIPT_SECONDS;
    }
}

mera_code mera_box_open(const mera_lua_limits *limits, const char *chunk, lua_CFunction setup,
                        mera_box **out)
{
    mera_box *box = calloc(1, sizeof *box);

    *out = NULL;
    if (box == NULL) {
        return MERA_ENOMEM;
    }
    box_set_limits(box, limits);
    box->chunk = chunk;
    box->limit = SIZE_MAX / 2; /* until the first call sets it */
    box->L = lua_newstate(box_alloc, box);
    if (box->L == NULL) {
        free(box);
        return MERA_ENOMEM;
    }
    *(mera_box **)lua_getextraspace(box->L) = box;
    if (mera_box_call(box, setup, NULL, 0) != MERA_OK) {
        mera_box_close(box);
        return MERA_ENOMEM; /* the only thing that can happen there */
    }
    box->total = 0;
    box->calls = 0;
    box->seconds = 0;
    *out = box;
    return MERA_OK;
}

void mera_box_close(mera_box *box)
{
    if (box != NULL) {
        lua_sethook(box->L, NULL, 0, 0);
        lua_close(box->L);
        box_drop_spares(box);
        free(box);
    }
}

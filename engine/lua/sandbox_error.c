/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * From a Lua error to a problem a person can act on: the message on one line without Lua's own
 * prefix, the line, the way there without the host's frames, the unit, and who asked for it.
 */
#include "lua/sandbox.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lua/safe.h"

void mera_box_limit_text(const mera_box *box, mera_trip trip, char *out, size_t room)
{
    switch (trip) {
    case MERA_TRIP_INSTRUCTIONS:
        snprintf(out, room,
                 "stopped after %" PRIu64 " instructions, the limit for one call; is there a loop"
                 " that never ends?",
                 box->allowed);
        break;
    case MERA_TRIP_BYTES:
        snprintf(out, room, "stopped at its limit of memory, %.1f MiB",
                 (double)box->limit / (1024.0 * 1024.0));
        break;
    case MERA_TRIP_TEXT:
        snprintf(out, room, "stopped: it made a text of more than %d bytes", MERA_LUA_TEXT_MAX);
        break;
    case MERA_TRIP_SECONDS:
        snprintf(out, room, "stopped after %g seconds of processor time, the limit for one call",
                 box->limits.seconds);
        break;
    case MERA_TRIP_NONE:
        snprintf(out, room, "stopped");
        break;
    }
}

/* ---- the traceback ----------------------------------------------------------------------- */

/* The module of that file, or NULL. */
static const mera_module *fault_module(const mera_box *box, const char *file, size_t n)
{
    for (size_t i = 0; i < box->n_modules; i++) {
        if (strlen(box->module[i].file) == n && memcmp(box->module[i].file, file, n) == 0) {
            return &box->module[i];
        }
    }
    return NULL;
}

static void fault_add_frame(mera_box *box, const lua_Debug *info)
{
    mera_fault *fault = &box->fault;
    mera_lua_frame *frame = &fault->frame[fault->n_frames++];

    frame->line = info->currentline > 0 ? (uint32_t)info->currentline : 0;
    frame->defined = *info->what == 'm' || info->linedefined < 0 ? 0 : (uint32_t)info->linedefined;
    snprintf(frame->name, sizeof frame->name, "%s", info->name == NULL ? "" : info->name);
    frame->module = fault_module(box, info->short_src, strlen(info->short_src));
}

/* Pushes nothing and calls nothing: it also runs when the stack is full or a limit has tripped. */
int mera_box_handler(lua_State *L)
{
    mera_box *box = mera_box_of(L);
    lua_Debug info;

    box->fault.n_frames = 0;
    for (int level = 0; box->fault.n_frames < MERA_LUA_FRAMES; level++) {
        if (lua_getstack(L, level, &info) == 0) {
            break;
        }
        lua_getinfo(L, "Sln", &info);
        if (*info.what != 'C') {
            fault_add_frame(box, &info);
        }
    }
    return 1;
}

void mera_box_push_function(lua_State *L, int reference)
{
    mera_box *box = mera_box_of(L);
    lua_Debug info;

    lua_rawgeti(L, LUA_REGISTRYINDEX, reference);
    lua_pushvalue(L, -1);
    lua_getinfo(L, ">S", &info);
    box->begun = info.linedefined > 0 ? (uint32_t)info.linedefined : 0;
    box->begun_module = fault_module(box, info.short_src, strlen(info.short_src));
}

/* The line of the innermost function of the script, else the one whose answer is being looked at.
 */
static void fault_place(mera_box *box)
{
    mera_fault *fault = &box->fault;
    const bool inside = fault->n_frames > 0;

    fault->line = inside ? fault->frame[0].line : box->begun;
    fault->module = inside ? fault->frame[0].module : box->begun_module;
}

/* ---- the message ------------------------------------------------------------------------- */

static int fault_convert(lua_State *L)
{
    size_t n;

    if (lua_type(L, 1) == LUA_TTABLE && luaL_getmetafield(L, 1, "__tostring") == LUA_TNIL) {
        lua_pushliteral(L, "error raised with a table instead of a text");
        return 1;
    }
    mera_safe_text(L, 1, &n);
    return 1;
}

/* Copies a message onto one line: control characters become blanks. */
static void fault_say(mera_fault *fault, const char *text)
{
    size_t n = 0;

    for (; text[n] != '\0' && n + 1 < sizeof fault->message; n++) {
        fault->message[n] = (unsigned char)text[n] < ' ' ? ' ' : text[n];
    }
    while (n > 0 && ((unsigned char)fault->message[n - 1] & 0xC0) == 0x80 && text[n] != '\0') {
        n--; /* do not cut a character of several bytes in two */
    }
    fault->message[n] = '\0';
}

/* Takes "plugin.lua:12: " or that of a module off the front and keeps the 12. */
static const char *fault_strip_place(mera_box *box, const char *text)
{
    const size_t n = strcspn(text, ":");
    const mera_module *module = fault_module(box, text, n);
    const bool script = strlen(box->chunk) == n && memcmp(box->chunk, text, n) == 0;
    char *end;
    unsigned long found;

    if (text[n] != ':' || (module == NULL && !script)) {
        return text;
    }
    found = strtoul(text + n + 1, &end, 10);
    if (end == text + n + 1 || strncmp(end, ": ", 2) != 0) {
        return text;
    }
    box->fault.line = (uint32_t)found;
    box->fault.module = module;
    return end + 2;
}

static void fault_tripped(mera_box *box, mera_trip trip)
{
    mera_fault *fault = &box->fault;

    box->tripped = trip;
    fault->trip = trip;
    fault_place(box);
    mera_box_limit_text(box, trip, fault->message, sizeof fault->message);
}

void mera_box_describe(mera_box *box, int status)
{
    lua_State *L = box->L;
    mera_fault *fault = &box->fault;
    const char *text;

    fault->unit = box->unit;
    if (status == LUA_ERRMEM && box->tripped == MERA_TRIP_NONE) {
        box->tripped = box->refused;
    }
    if (box->tripped == MERA_TRIP_NONE && lua_type(L, -1) != LUA_TSTRING) {
        lua_pushcfunction(L, fault_convert);
        lua_insert(L, -2);
        if (lua_pcall(L, 1, 1, 0) == LUA_ERRMEM && box->tripped == MERA_TRIP_NONE) {
            box->tripped = box->refused;
        }
    }
    if (box->tripped != MERA_TRIP_NONE) {
        fault_tripped(box, box->tripped);
        return;
    }
    fault_place(box);
    text = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "error without a message";
    fault_say(fault, fault_strip_place(box, text));
}

/* ---- the report -------------------------------------------------------------------------- */

static void report_frame(const mera_lua_frame *frame, mera_at at, mera_code code, mera_diags *diags)
{
    at.line = frame->line;
    at.file = frame->module != NULL ? frame->module->path : at.file;
    if (frame->defined == 0) {
        mera_within(diags, code, at, "in the main part of the script");
    } else if (frame->name[0] != '\0') {
        mera_within(diags, code, at, "in function '%s'", frame->name);
    } else {
        mera_within(diags, code, at, "in the function that starts on line %u", frame->defined);
    }
}

mera_code mera_box_report(const mera_box *box, const mera_fault_place *place, mera_diags *diags)
{
    const mera_fault *fault = &box->fault;
    const bool limit = fault->trip != MERA_TRIP_NONE;
    const mera_code code = limit ? MERA_ELIMIT : MERA_EINPUT;
    const char *id = limit ? "script-limit" : place->id;
    mera_at at = place->script;

    if (fault->line != 0 && at.line == 0) {
        at.line = fault->line;
        at.file = fault->module != NULL ? fault->module->path : at.file;
    }
    if (fault->unit != SIZE_MAX && place->unit != NULL) {
        mera_fail(diags, code, id, at, "%s: at unit '%s': %s", place->speaker, place->unit,
                  fault->message);
    } else {
        mera_fail(diags, code, id, at, "%s: %s", place->speaker, fault->message);
    }
    for (size_t i = 0; place->script.line == 0 && i < fault->n_frames; i++) {
        report_frame(&fault->frame[i], place->script, code, diags);
    }
    if (place->subject != NULL) {
        mera_within(diags, code, place->asked_at, "in %s", place->subject);
    }
    return code;
}

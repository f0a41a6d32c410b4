/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Matching rows that name their unit, or write its code in their own way, with a list of the units
 * there are. What is exact is taken; everything else needs the yes of a person in a file.
 */
#ifndef MERA_IO_MATCH_H
#define MERA_IO_MATCH_H

#include "base/map.h"
#include "io/fold.h"
#include "mera/read.h"

/** A unit of the list. */
typedef struct match_unit {
    const char *key, *name, *region; /**< as the list has them; "" = not said */
    const char *folded, *folded_region;
    uint32_t line;
    size_t next; /**< the next unit of the same folded name, or SIZE_MAX */
} match_unit;

/** The list, read and indexed. It lives in the arena it was read into. */
typedef struct match_list {
    const char *path;
    char sha256[65];
    match_unit *unit;
    size_t n, room;
    mera_map *keys;    /**< as written */
    mera_map *digits;  /**< keys by their digits alone */
    mera_map *towns;   /**< first eight digits of keys of eleven; "12345678+": of several */
    mera_map *names;   /**< folded names: the first unit of each */
    mera_map *regions; /**< folded regions */
} match_list;

mera_code match_list_read(const mera_unit_list *list, mera_arena *arena, mera_diags *diags,
                          match_list **out);

enum { MATCH_CANDIDATES = 3 };

/** What a row says of its unit; texts trimmed, "" = nothing. */
typedef struct match_given {
    const char *key, *name, *region;
} match_given;

/** What was found for it. */
typedef struct match_found {
    mera_match_state state;
    size_t unit;  /**< exact and proposed: of the list; else SIZE_MAX */
    unsigned why; /**< of a proposal: MERA_MATCH_... */
    size_t candidate[MATCH_CANDIDATES];
    size_t n_candidates, n_equal; /**< ambiguous: how many fit equally well */
} match_found;

/** Looks for the unit. `scratch` is for the call. */
mera_code match_find(const match_list *list, const match_given *given, mera_arena *scratch,
                     match_found *found);

/** Tells by code alone: exact, proposed, or nothing. */
mera_code match_find_key(const match_list *list, const char *key, mera_arena *scratch,
                         match_found *found);

/** The digits of a code. NULL when memory ran out. */
const char *match_digits(const char *key, mera_arena *arena);

/** How alike a region and that of a unit are. */
typedef enum match_region {
    MATCH_REGION_SAME,   /**< or one of them is not said */
    MATCH_REGION_FOLDED, /**< written otherwise */
    MATCH_REGION_ALIKE,  /**< words more or less, other endings */
    MATCH_REGION_OTHER,
} match_region;

/** A row of the file of approvals, read or to be written. */
typedef struct match_decision {
    match_given given;
    const char *key, *name, *region; /**< as proposed or corrected; "" = none */
    const char *why, *place;
    const char *word; /**< what stands under `approved` */
    int says;         /**< 1 yes, -1 no, 0 not yet */
    uint32_t line;
    bool met; /**< in the data at hand */
} match_decision;

/** A file of approvals; none there = no decisions. */
typedef struct match_decisions {
    const char *path;
    char sha256[65]; /**< "" when there is no file */
    char delimiter;
    bool bom;
    match_decision *list;
    size_t n, room;
    mera_map *by_given;
} match_decisions;

mera_code match_decisions_read(const char *path, const match_list *list, mera_arena *arena,
                               mera_diags *diags, match_decisions **out);

/** The number of the decision on what is given, or SIZE_MAX when there is none. */
mera_code match_decided(const match_decisions *decisions, const match_given *given,
                        mera_arena *scratch, size_t *number);

/** "zero, yo". NULL when memory ran out. */
const char *match_why_text(unsigned why, bool russian, mera_arena *arena);

/** "'Киров' (Калужская область) = 29714000001" of a unit, for messages; NULL likewise. */
const char *match_unit_text(const match_unit *unit, mera_arena *arena);

/** The rows of a file of approvals as its text. */
mera_code match_decisions_write(const match_decisions *decisions, const match_decision *rows,
                                size_t n, mera_text *out);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Arenas: memory by lifetime. What is allocated from an arena lives until the arena is freed or
 * rewound; nobody frees a single piece. An arena belongs to one thread at a time.
 */
#ifndef MERA_ARENA_H
#define MERA_ARENA_H

#include <stddef.h>

typedef struct mera_arena mera_arena;

/** A place in an arena to rewind to. */
typedef struct mera_arena_mark {
    void *block;
    size_t used;
} mera_arena_mark;

/** A new arena, or NULL when memory ran out. Free it with mera_arena_free(). */
mera_arena *mera_arena_new(void);

/** A new arena whose allocation number `n` (from 0) and all later ones fail: for tests. */
mera_arena *mera_arena_new_failing_at(size_t n);

/** Frees the arena and all that came from it. NULL is allowed. */
void mera_arena_free(mera_arena *arena);

/** `count` times `size` bytes, not initialised, aligned to 64 bytes when over 1 KiB and to 16
 * otherwise. NULL when memory ran out or the product overflows. Zero bytes give a valid pointer. */
void *mera_arena_alloc(mera_arena *arena, size_t count, size_t size);

/** As mera_arena_alloc(), filled with zeros. */
void *mera_arena_zero(mera_arena *arena, size_t count, size_t size);

/** A copy of `length` bytes with a NUL after them. */
char *mera_arena_strndup(mera_arena *arena, const char *text, size_t length);

/** A copy of a string. */
char *mera_arena_strdup(mera_arena *arena, const char *text);

/** A printed string. */
char *mera_arena_printf(mera_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/** Where the arena stands now. */
mera_arena_mark mera_arena_mark_now(const mera_arena *arena);

/** Gives back all that was allocated since the mark was taken. */
void mera_arena_rewind(mera_arena *arena, mera_arena_mark mark);

/** Bytes handed out and not given back. */
size_t mera_arena_used(const mera_arena *arena);

/** Sets `pointer` to `count` zeroed elements of its own type, or leaves with MERA_ENOMEM. */
#define MERA_TRY_NEW(pointer, arena, count)                               \
    do {                                                                  \
        (pointer) = mera_arena_zero((arena), (count), sizeof *(pointer)); \
        if ((pointer) == NULL) {                                          \
            return MERA_ENOMEM;                                           \
        }                                                                 \
    } while (0)

/** Leaves with MERA_ENOMEM when `pointer`, just made from an arena, is NULL. */
#define MERA_TRY_PTR(pointer)    \
    do {                         \
        if ((pointer) == NULL) { \
            return MERA_ENOMEM;  \
        }                        \
    } while (0)

#endif

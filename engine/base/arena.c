/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Arenas as a stack of blocks: 64 KiB first, doubling up to 8 MiB; a piece larger than the next
 * block gets one of its own size. Blocks keep the order they were opened in, so rewinding pops.
 * With MERA_ARENA_DEBUG each piece is a block of exactly its size, so that AddressSanitizer sees
 * one byte too many. The header of a block takes one cache line, so its data are aligned to 64.
 */
#include "mera/arena.h"

#include <assert.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#if defined(__linux__)
#include <sys/mman.h>
#endif

enum {
    ARENA_LINE = 64,
    ARENA_SMALL_ALIGN = 16,
    ARENA_LARGE = 1024, /* pieces over this are aligned to a cache line */
    ARENA_FIRST = 64 << 10,
    ARENA_LARGEST = 8 << 20,
    ARENA_PAGE = 2 << 20, /* blocks from here on ask for large pages */
};

typedef struct arena_block {
    struct arena_block *below;
    size_t room;
    size_t used;
    size_t before; /* bytes used in all blocks below */
} arena_block;

static_assert(sizeof(arena_block) <= ARENA_LINE, "a block's header fits its line");

struct mera_arena {
    arena_block *top;
    arena_block *spare; /* the largest block popped by a rewind: the next draw needs it again */
    size_t next;        /* room of the next block */
    size_t left;        /* allocations until failure, SIZE_MAX = never */
};

static char *arena_data(arena_block *block)
{
    return (char *)block + ARENA_LINE;
}

mera_arena *mera_arena_new_failing_at(size_t n)
{
    mera_arena *arena = calloc(1, sizeof *arena);
    if (arena != NULL) {
        arena->next = ARENA_FIRST;
        arena->left = n;
    }
    return arena;
}

mera_arena *mera_arena_new(void)
{
    return mera_arena_new_failing_at(SIZE_MAX);
}

void mera_arena_free(mera_arena *arena)
{
    if (arena == NULL) {
        return;
    }
    while (arena->top != NULL) {
        arena_block *below = arena->top->below;
        free(arena->top);
        arena->top = below;
    }
    free(arena->spare);
    free(arena);
}

/* Columns are written once and in order: with 4 KiB pages their first touch costs more than the
 * arithmetic. Only an advice, so what it answers does not matter. */
static void arena_advise(void *memory, size_t size)
{
#if defined(__linux__) && defined(MADV_HUGEPAGE)
    if (size >= ARENA_PAGE) {
        (void)madvise(memory, size, MADV_HUGEPAGE);
    }
#else
    (void)memory;
    (void)size;
#endif
}

/* A block with at least `room` bytes: the spare one when it is large enough, else a new one. */
static arena_block *arena_get_block(mera_arena *arena, size_t room)
{
    arena_block *block = arena->spare;
    if (block != NULL && block->room >= room) {
        arena->spare = NULL;
        return block;
    }
    if (room > SIZE_MAX - ARENA_LINE) {
        return NULL;
    }
    const size_t size = ARENA_LINE + room;
    void *memory = NULL;
    if (posix_memalign(&memory, size >= ARENA_PAGE ? ARENA_PAGE : ARENA_LINE, size) != 0) {
        return NULL;
    }
    arena_advise(memory, size);
    block = memory;
    block->room = room;
    return block;
}

static bool arena_push(mera_arena *arena, size_t size)
{
#ifdef MERA_ARENA_DEBUG
    const bool again = true;
#else
    const bool again = arena->spare != NULL && arena->spare->room >= size;
#endif
    const size_t room = again || size > arena->next ? size : arena->next;
    arena_block *block = arena_get_block(arena, room);
    if (block == NULL) {
        return false;
    }
    if (!again && arena->next < ARENA_LARGEST) { /* what is only filled again needs no more */
        arena->next *= 2;
    }
    block->used = 0;
    block->below = arena->top;
    block->before = mera_arena_used(arena);
    arena->top = block;
    return true;
}

/* Where the next piece starts in the top block, or SIZE_MAX when it does not fit. */
static size_t arena_place(const mera_arena *arena, size_t size)
{
    const arena_block *top = arena->top;
#ifdef MERA_ARENA_DEBUG
    const bool full = top == NULL || top->used > 0;
#else
    const bool full = top == NULL;
#endif
    if (full) {
        return SIZE_MAX;
    }
    const size_t align = size > ARENA_LARGE ? ARENA_LINE : ARENA_SMALL_ALIGN;
    const size_t start = (top->used + align - 1) / align * align;
    return start <= top->room && size <= top->room - start ? start : SIZE_MAX;
}

void *mera_arena_alloc(mera_arena *arena, size_t count, size_t size)
{
    size_t bytes = 0;
    if (__builtin_mul_overflow(count, size, &bytes) || arena->left == 0) {
        return NULL;
    }
    if (arena->left != SIZE_MAX) {
        arena->left--;
    }
    if (bytes == 0) {
        bytes = 1; /* so that two empty pieces differ */
    }
    size_t start = arena_place(arena, bytes);
    if (start == SIZE_MAX) {
        if (!arena_push(arena, bytes)) {
            return NULL;
        }
        start = 0;
    }
    arena->top->used = start + bytes;
    return arena_data(arena->top) + start;
}

void *mera_arena_zero(mera_arena *arena, size_t count, size_t size)
{
    void *piece = mera_arena_alloc(arena, count, size);
    if (piece != NULL) {
        memset(piece, 0, count * size);
    }
    return piece;
}

char *mera_arena_strndup(mera_arena *arena, const char *text, size_t length)
{
    if (length == SIZE_MAX) {
        return NULL;
    }
    char *copy = mera_arena_alloc(arena, length + 1, 1);
    if (copy != NULL) {
        if (length > 0) {
            memcpy(copy, text, length);
        }
        copy[length] = '\0';
    }
    return copy;
}

char *mera_arena_strdup(mera_arena *arena, const char *text)
{
    return mera_arena_strndup(arena, text, strlen(text));
}

char *mera_arena_printf(mera_arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text = length < 0 ? NULL : mera_arena_alloc(arena, (size_t)length + 1, 1);
    if (text != NULL) {
        va_start(args, format);
        vsnprintf(text, (size_t)length + 1, format, args);
        va_end(args);
    }
    return text;
}

mera_arena_mark mera_arena_mark_now(const mera_arena *arena)
{
    return (mera_arena_mark){arena->top, arena->top == NULL ? 0 : arena->top->used};
}

/* Keeps the larger of a popped block and the spare one. */
static void arena_retire(mera_arena *arena, arena_block *block)
{
#ifdef MERA_ARENA_DEBUG
    (void)arena;
    free(block); /* so that a use after the rewind is seen */
#else
    if (arena->spare == NULL || arena->spare->room < block->room) {
        free(arena->spare);
        arena->spare = block;
    } else {
        free(block);
    }
#endif
}

void mera_arena_rewind(mera_arena *arena, mera_arena_mark mark)
{
    while (arena->top != mark.block) {
        assert(arena->top != NULL && "the mark belongs to this arena and lies below");
        arena_block *popped = arena->top;
        arena->top = popped->below;
        arena_retire(arena, popped);
    }
    if (arena->top != NULL) {
        arena->top->used = mark.used;
    }
}

size_t mera_arena_used(const mera_arena *arena)
{
    return arena->top == NULL ? 0 : arena->top->before + arena->top->used;
}

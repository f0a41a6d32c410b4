/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The bytes of a file. Regular files are mapped, so the pages are the system's own copy; pipes and
 * the like are read to their end. A file must not be cut short while it is read, as for any map.
 */
#include "io/bytes.h"

#include "base/hash.h"
#include "base/text.h"
#include "io/path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BYTES_FIRST = 1 << 16, BYTES_PIECE = 1 << 20 };

/* Hints at a file of nearly that name in the same folder. */
static void bytes_suggest(const char *path, mera_diags *diags)
{
    mera_arena *arena = mera_arena_new();
    if (arena == NULL) {
        return;
    }
    const char *const *names = NULL;
    size_t n = 0;
    const char *folder = mera_path_folder(path, arena);
    if (folder != NULL && mera_folder_list(folder, arena, NULL, &names, &n) == MERA_OK) {
        const char *near = mera_nearest(mera_path_name(path), names, n);
        if (near != NULL) {
            mera_hint(diags, "did you mean '%s'?", near);
        }
    }
    mera_arena_free(arena);
}

mera_code io_open(const char *path, mera_at at, mera_diags *diags, int *fd)
{
    *fd = open(path, O_RDONLY | O_CLOEXEC);
    if (*fd >= 0) {
        return MERA_OK;
    }
    const bool absent = errno == ENOENT;
    const mera_code code = io_system(path, "read", at, diags);
    if (absent && diags != NULL) {
        bytes_suggest(path, diags);
    }
    return code;
}

/* Reads to the end of what may be a pipe. */
static mera_code bytes_pour(int fd, const char *path, mera_at at, mera_diags *diags, io_bytes *out)
{
    size_t room = 0;
    for (;;) {
        if (out->n == room) {
            room = room == 0 ? BYTES_FIRST : room * 2;
            char *more = realloc(out->heap, room);
            if (more == NULL) {
                return MERA_ENOMEM;
            }
            out->heap = more;
        }
        const ssize_t got = read(fd, (char *)out->heap + out->n, room - out->n);
        if (got < 0 && errno != EINTR) {
            return io_system(path, "read", at, diags);
        }
        if (got == 0) {
            out->at = out->heap;
            return MERA_OK;
        }
        out->n += got > 0 ? (size_t)got : 0;
    }
}

mera_code io_bytes_open(const char *path, mera_at at, mera_diags *diags, io_bytes *out)
{
    *out = (io_bytes){.at = ""};
    int fd = -1;
    MERA_TRY(io_open(path, at, diags, &fd));
    mera_code code = MERA_OK;
    struct stat about;
    if (fstat(fd, &about) != 0) {
        code = io_system(path, "read", at, diags);
        goto out;
    }
    if (S_ISREG(about.st_mode) && about.st_size > 0) {
        void *map = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (map != MAP_FAILED) {
            *out = (io_bytes){.at = map, .n = (size_t)about.st_size, .map = map};
            (void)madvise(map, out->n, MADV_SEQUENTIAL); /* advice: a refusal changes nothing */
            goto out;
        }
    }
    code = bytes_pour(fd, path, at, diags, out);
    if (code != MERA_OK) {
        io_bytes_close(out);
    }
out:
    close(fd);
    return code;
}

void io_bytes_close(io_bytes *bytes)
{
    if (bytes->map != NULL) {
        munmap(bytes->map, bytes->n);
    }
    free(bytes->heap);
    *bytes = (io_bytes){.at = ""};
}

void io_bytes_done(const io_bytes *bytes, const char *from, const char *to)
{
    const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    if (bytes->map == NULL) {
        return; /* what was read from a pipe cannot be read anew */
    }
    const size_t first = (size_t)(from - bytes->at) / page * page;
    const size_t last = (size_t)(to - bytes->at) / page * page;
    if (first < last) {
        (void)madvise((char *)bytes->map + first, last - first, MADV_DONTNEED);
    }
}

/* The last place up to `at` where no character of UTF-8 is cut. */
static size_t bytes_cut(const char *text, size_t at)
{
    for (size_t i = 0; i < 3 && at > 0 && ((unsigned char)text[at] & 0xc0) == 0x80; i++) {
        at--;
    }
    return at;
}

void io_bytes_scan(const io_bytes *bytes, io_scan *out)
{
    mera_sha256 hash;
    size_t checked = 0;
    *out = (io_scan){.n_utf8 = 0};
    mera_sha256_start(&hash);
    for (size_t from = 0; from < bytes->n; from += BYTES_PIECE) {
        const bool last = bytes->n - from <= BYTES_PIECE;
        const size_t n = last ? bytes->n - from : BYTES_PIECE;
        const size_t to = last ? bytes->n : bytes_cut(bytes->at, from + n);
        mera_sha256_add(&hash, bytes->at + from, n);
        out->has_zero = out->has_zero || memchr(bytes->at + from, '\0', n) != NULL;
        if (out->n_utf8 == checked) { /* else it ended before */
            out->n_utf8 += mera_utf8_first_bad(bytes->at + checked, to - checked);
        }
        checked = to;
        io_bytes_done(bytes, bytes->at + from, bytes->at + from + n);
    }
    mera_sha256_end(&hash, out->sha256);
}

/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Whole files. A file is written beside its target and renamed, so an interrupted run leaves
 * the old one whole.
 */
#include "io/file.h"

#include "base/grow.h"
#include "base/text.h"
#include "io/bytes.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Room for all of the file at once where its size is told: what a buffer that doubles leaves behind
 * stays in the arena, and would be as much again. */
static void file_room(int fd, size_t limit, mera_text *text)
{
    struct stat told;
    if (fstat(fd, &told) != 0 || !S_ISREG(told.st_mode) || told.st_size <= 0 ||
        (limit != 0 && (size_t)told.st_size > limit)) {
        return;
    }
    text->room = (size_t)told.st_size + 1;
    text->data = mera_arena_alloc(text->arena, text->room, 1);
    text->failed = text->data == NULL;
}

/* Reads all of an open file into the arena. */
static mera_code file_pour(int fd, const char *path, size_t limit, mera_at at, mera_diags *diags,
                           mera_text *text)
{
    char piece[1 << 14];
    for (;;) {
        const ssize_t got = read(fd, piece, sizeof piece);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return io_system(path, "read", at, diags);
        }
        if (limit != 0 && text->n + (size_t)got > limit) {
            return mera_fail(diags, MERA_ELIMIT, "too-large", at, "'%s' has more than %zu bytes",
                             path, limit);
        }
        if (got == 0) {
            mera_text_add_n(text, "", 0); /* the NUL */
            return text->failed ? MERA_ENOMEM : MERA_OK;
        }
        mera_text_add_n(text, piece, (size_t)got);
    }
}

mera_code mera_file_add(const char *path, size_t limit, mera_at at, mera_diags *diags,
                        mera_text *text)
{
    int fd = -1;
    MERA_TRY(io_open(path, at, diags, &fd));
    if (text->data == NULL) {
        file_room(fd, limit, text);
    }
    const mera_code code = file_pour(fd, path, limit, at, diags, text);
    close(fd);
    return code;
}

mera_code mera_file_read(const char *path, size_t limit, mera_at at, mera_arena *arena,
                         mera_diags *diags, const char **bytes, size_t *n)
{
    mera_text text = {.arena = arena};
    const mera_code code = mera_file_add(path, limit, at, diags, &text);
    if (code == MERA_OK) {
        *bytes = text.data;
        *n = text.n;
    }
    return code;
}

/* Writes all of it, whatever the pieces. */
static bool file_put(int fd, const char *bytes, size_t n)
{
    while (n > 0) {
        const ssize_t put = write(fd, bytes, n);
        if (put < 0 && errno != EINTR) {
            return false;
        }
        if (put > 0) {
            bytes += put;
            n -= (size_t)put;
        }
    }
    return true;
}

/* A new file beside `target`; its name goes to `name`. The mode is the target's, or by umask. */
static int file_beside(const char *target, mera_arena *arena, const char **name)
{
    struct stat about;
    const bool there = stat(target, &about) == 0;
    for (int i = 0; i < 100; i++) {
        *name = mera_arena_printf(arena, "%s.%ld-%d.part", target, (long)getpid(), i);
        if (*name == NULL) {
            errno = ENOMEM;
            return -1;
        }
        const int fd = open(*name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd >= 0 && there) {
            (void)fchmod(fd, about.st_mode & 07777); /* the file is written all the same */
        }
        if (fd >= 0 || errno != EEXIST) {
            return fd;
        }
    }
    return -1;
}

static mera_code file_replace(const char *path, const char *bytes, size_t n, mera_arena *arena,
                              mera_diags *diags)
{
    const mera_at at = MERA_NOWHERE;
    const char *name = NULL;
    const int fd = file_beside(path, arena, &name);
    if (fd < 0) {
        return io_system(path, "written", at, diags);
    }
    bool good = file_put(fd, bytes, n) && fsync(fd) == 0;
    int why = errno;
    if (close(fd) != 0 && good) {
        good = false;
        why = errno;
    }
    if (good && rename(name, path) == 0) {
        return MERA_OK;
    }
    why = good ? errno : why;
    unlink(name);
    errno = why;
    return io_system(path, "written", at, diags);
}

/* What is no regular file (a terminal, a pipe, /dev/null) is written to as it is. */
static mera_code file_through(int fd, const char *path, const char *bytes, size_t n,
                              mera_diags *diags)
{
    return file_put(fd, bytes, n) ? MERA_OK : io_system(path, "written", MERA_NOWHERE, diags);
}

mera_code mera_file_write(const char *path, const char *bytes, size_t n, mera_diags *diags)
{
    if (strcmp(path, "-") == 0) {
        return file_through(STDOUT_FILENO, "standard output", bytes, n, diags);
    }
    struct stat about;
    if (stat(path, &about) == 0 && !S_ISREG(about.st_mode)) {
        const int fd = open(path, O_WRONLY | O_CLOEXEC);
        if (fd < 0) {
            return io_system(path, "written", MERA_NOWHERE, diags);
        }
        const mera_code code = file_through(fd, path, bytes, n, diags);
        close(fd);
        return code;
    }
    mera_arena *arena = mera_arena_new();
    if (arena == NULL) {
        return MERA_ENOMEM;
    }
    char *real = realpath(path, NULL); /* a link stays a link: its target is replaced */
    const mera_code code = file_replace(real != NULL ? real : path, bytes, n, arena, diags);
    free(real);
    mera_arena_free(arena);
    return code;
}

bool mera_file_exists(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0;
}

bool mera_file_is_folder(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

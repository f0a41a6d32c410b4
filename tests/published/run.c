/* SPDX-License-Identifier: Apache-2.0 */
/** @file See run.h. */
#include "run.h"

#include <stdio.h>
#include <stdlib.h>

/** All that a stream gives, with room for one more byte; NULL when memory ends. */
static char *run_all(FILE *f, size_t *n)
{
    size_t room = 1 << 20;
    char *text = malloc(room + 1);

    *n = 0;
    for (size_t got; text != NULL && (got = fread(text + *n, 1, room - *n, f)) > 0;) {
        *n += got;
        if (*n == room) {
            room *= 2;
            char *more = realloc(text, room + 1);
            if (more == NULL) {
                free(text);
            }
            text = more;
        }
    }
    return text;
}

table *run_mera(const char *arguments)
{
    char command[4096];
    size_t n = 0;

    snprintf(command, sizeof command, "'%s' %s --format csv --quiet", MERA_PROGRAM, arguments);
    FILE *pipe = popen(command, "r"); /* NOLINT(cert-env33-c): a test runs the program it tests */
    char *text = pipe == NULL ? NULL : run_all(pipe, &n);
    const int status = pipe == NULL ? -1 : pclose(pipe);
    if (text == NULL || status != 0) {
        printf("%s\nended with status %d\n", command, status);
        free(text);
        return NULL;
    }
    return table_parse(text, n);
}

/* SPDX-License-Identifier: Apache-2.0 */
/** @file Zip archives by libzip, with bounds of our own on what a part may unpack to. */
#include "io/zip.h"

#include <zip.h>

#include <string.h>

enum { ZIP_PIECE = 1 << 16 };
#define ZIP_MOST ((uint64_t)2 << 30)  /* bytes of one part */
#define ZIP_FREE ((uint64_t)16 << 20) /* up to here nobody asks how well it was packed */
#define ZIP_RATIO 400                 /* real sheets pack to a tenth, empty grids to a hundredth */

static mera_at zip_at(const io_zip *zip)
{
    return (mera_at){.file = zip->findings->path};
}

static mera_code zip_refuse(const io_zip *zip, const char *part, const char *why)
{
    return IO_FAIL(zip->findings, "bad-workbook", zip_at(zip), "the part '%s' %s", part, why);
}

mera_code io_zip_open(const io_bytes *bytes, io_findings *findings, io_zip *zip)
{
    *zip = (io_zip){.findings = findings};
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(bytes->at, bytes->n, 0, &error);
    zip->archive = source == NULL ? NULL : zip_open_from_source(source, ZIP_RDONLY, &error);
    mera_code code = MERA_OK;
    if (zip->archive == NULL) {
        code =
            IO_FAIL(findings, "bad-workbook", zip_at(zip),
                    "the archive of the workbook cannot be opened: %s", zip_error_strerror(&error));
        mera_hint(findings->diags, "the file is cut short or damaged: fetch or save it again");
        if (source != NULL) {
            zip_source_free(source);
        }
    }
    zip_error_fini(&error);
    return code;
}

void io_zip_close(io_zip *zip)
{
    if (zip->archive != NULL) {
        zip_discard(zip->archive);
        zip->archive = NULL;
    }
}

bool io_zip_has(const io_zip *zip, const char *part)
{
    return zip_name_locate(zip->archive, part, 0) >= 0;
}

/* How much may the part unpack to? */
static uint64_t zip_bound(uint64_t packed)
{
    const uint64_t by_ratio = packed > ZIP_MOST / ZIP_RATIO ? ZIP_MOST : packed * ZIP_RATIO;
    return by_ratio > ZIP_FREE ? by_ratio : ZIP_FREE;
}

static mera_code zip_pieces(const io_zip *zip, zip_file_t *file, const char *part, uint64_t bound,
                            io_zip_sink *sink, void *user)
{
    char piece[ZIP_PIECE];
    uint64_t n = 0;
    for (;;) {
        const zip_int64_t got = zip_fread(file, piece, sizeof piece);
        if (got < 0) {
            return zip_refuse(zip, part, zip_file_strerror(file));
        }
        if (got == 0) {
            return MERA_OK;
        }
        n += (uint64_t)got;
        if (n > bound) {
            return zip_refuse(zip, part, "unpacks to far more than it holds: a zip bomb, it seems");
        }
        if (!sink(user, piece, (size_t)got)) {
            return MERA_OK;
        }
    }
}

mera_code io_zip_pour(const io_zip *zip, const char *part, io_zip_sink *sink, void *user)
{
    zip_stat_t about;
    if (zip_stat(zip->archive, part, 0, &about) != 0) {
        return zip_refuse(zip, part, "is not in the workbook");
    }
    if ((about.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && about.encryption_method != ZIP_EM_NONE) {
        return zip_refuse(zip, part, "is encrypted: save the workbook without a password");
    }
    zip_file_t *file = zip_fopen_index(zip->archive, about.index, 0);
    if (file == NULL) {
        return zip_refuse(zip, part, zip_strerror(zip->archive));
    }
    const uint64_t packed = (about.valid & ZIP_STAT_COMP_SIZE) != 0 ? about.comp_size : 0;
    const mera_code code = zip_pieces(zip, file, part, zip_bound(packed), sink, user);
    zip_fclose(file);
    return code;
}

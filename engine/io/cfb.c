/* SPDX-License-Identifier: Apache-2.0 */
/** @file Streams of compound files. */
#include "io/cfb.h"

#include <string.h>

enum {
    CFB_HEADER = 512,
    CFB_SMALL = 64,     /* bytes of a small sector */
    CFB_ENTRY = 128,    /* bytes of an entry of the directory */
    CFB_IN_HEADER = 109 /* sectors of the table that the header names */
};
#define CFB_LAST 0xFFFFFFFAu /* beyond it are marks: free, end of chain */

static uint32_t cfb_u16(const uint8_t *at)
{
    return at[0] | (uint32_t)at[1] << 8;
}

static uint32_t cfb_u32(const uint8_t *at)
{
    return cfb_u16(at) | cfb_u16(at + 2) << 16;
}

static mera_code cfb_refuse(const io_cfb *cfb, const char *why)
{
    const mera_code code =
        IO_FAIL(cfb->findings, "bad-workbook", (mera_at){.file = cfb->findings->path},
                "the old workbook (.xls) cannot be opened: %s", why);
    mera_hint(cfb->findings->diags, "the file is cut short or damaged: fetch or save it again");
    return code;
}

bool io_cfb_is(mera_slice bytes)
{
    return bytes.n >= 8 && memcmp(bytes.at, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) == 0;
}

/* A sector of the file; NULL when the file ends before it. The last one may be cut. */
static const uint8_t *cfb_sector(const io_cfb *cfb, uint32_t index, size_t *n)
{
    const uint64_t from = ((uint64_t)index + 1) * cfb->sector;
    if (from >= cfb->n) {
        return NULL;
    }
    *n = cfb->n - from < cfb->sector ? cfb->n - (size_t)from : cfb->sector;
    return cfb->at + from;
}

/* Puts a chain of sectors together. `most` bounds it, for those that go round. */
static mera_code cfb_chain(io_cfb *cfb, uint32_t first, mera_slice *out)
{
    mera_text text = {.arena = cfb->arena};
    size_t n = 0;
    for (uint32_t at = first; at < CFB_LAST; at = cfb->fat[at]) {
        size_t size = 0;
        const uint8_t *sector = cfb_sector(cfb, at, &size);
        if (sector == NULL || at >= cfb->n_fat) {
            return cfb_refuse(cfb, "a stream goes on beyond the end of the file");
        }
        if (n++ > cfb->n / cfb->sector) {
            return cfb_refuse(cfb, "a stream comes back to where it was");
        }
        mera_text_add_n(&text, (const char *)sector, size);
    }
    *out = (mera_slice){text.n == 0 ? "" : text.data, text.n};
    return text.failed ? MERA_ENOMEM : MERA_OK;
}

/* Adds the entries of one sector of the table of sectors. */
static mera_code cfb_add_table(io_cfb *cfb, uint32_t index)
{
    size_t n = 0;
    const uint8_t *sector = cfb_sector(cfb, index, &n);
    if (sector == NULL || n < cfb->sector) {
        return cfb_refuse(cfb, "the table of its sectors is not whole");
    }
    for (size_t i = 0; i < n / 4; i++) {
        cfb->fat[cfb->n_fat++] = cfb_u32(sector + 4 * i);
    }
    return MERA_OK;
}

/* The table of sectors: the header names its sectors, and in large files further sectors do. */
static mera_code cfb_table(io_cfb *cfb)
{
    const size_t most = cfb->n / cfb->sector + 1, per_sector = cfb->sector / 4;
    size_t left = cfb_u32(cfb->at + 0x2C);
    if (left > most) {
        return cfb_refuse(cfb, "it is said to have more sectors than it has bytes");
    }
    MERA_TRY_NEW(cfb->fat, cfb->arena, left * per_sector);
    for (size_t i = 0; i < CFB_IN_HEADER && left > 0; i++, left--) {
        MERA_TRY(cfb_add_table(cfb, cfb_u32(cfb->at + 0x4C + 4 * i)));
    }
    uint32_t more = cfb_u32(cfb->at + 0x44);
    while (left > 0) { /* each round takes at least one, so a loop of these ends too */
        size_t n = 0;
        const uint8_t *sector = more < CFB_LAST ? cfb_sector(cfb, more, &n) : NULL;
        if (sector == NULL || n < cfb->sector) {
            return cfb_refuse(cfb, "the table of its sectors is not whole");
        }
        for (size_t i = 0; i + 1 < per_sector && left > 0; i++, left--) {
            MERA_TRY(cfb_add_table(cfb, cfb_u32(sector + 4 * i)));
        }
        more = cfb_u32(sector + 4 * (per_sector - 1));
    }
    return MERA_OK;
}

static mera_code cfb_small_table(io_cfb *cfb)
{
    mera_slice table = {"", 0};
    MERA_TRY(cfb_chain(cfb, cfb_u32(cfb->at + 0x3C), &table));
    cfb->n_small_fat = table.n / 4;
    MERA_TRY_NEW(cfb->small_fat, cfb->arena, cfb->n_small_fat);
    for (size_t i = 0; i < cfb->n_small_fat; i++) {
        cfb->small_fat[i] = cfb_u32((const uint8_t *)table.at + 4 * i);
    }
    return MERA_OK;
}

mera_code io_cfb_open(mera_slice bytes, io_findings *findings, mera_arena *arena, io_cfb *cfb)
{
    *cfb = (io_cfb){
        .at = (const uint8_t *)bytes.at, .n = bytes.n, .findings = findings, .arena = arena};
    if (bytes.n < CFB_HEADER) {
        return cfb_refuse(cfb, "it ends inside its header");
    }
    const uint32_t shift = cfb_u16(cfb->at + 0x1E);
    if (shift != 9 && shift != 12) {
        return cfb_refuse(cfb, "its sectors have an unknown size");
    }
    cfb->sector = (size_t)1 << shift;
    cfb->cutoff = cfb_u32(cfb->at + 0x38);
    MERA_TRY(cfb_table(cfb));
    MERA_TRY(cfb_chain(cfb, cfb_u32(cfb->at + 0x30), &cfb->directory));
    if (cfb->directory.n < CFB_ENTRY) {
        return cfb_refuse(cfb, "it has no directory");
    }
    MERA_TRY(cfb_small_table(cfb));
    return cfb_chain(cfb, cfb_u32((const uint8_t *)cfb->directory.at + 116), &cfb->small);
}

/* A stream of small sectors. */
static mera_code cfb_small_stream(io_cfb *cfb, uint32_t first, mera_slice *out)
{
    mera_text text = {.arena = cfb->arena};
    size_t n = 0;
    for (uint32_t at = first; at < CFB_LAST; at = cfb->small_fat[at]) {
        const size_t from = (size_t)at * CFB_SMALL;
        if (at >= cfb->n_small_fat || from + CFB_SMALL > cfb->small.n) {
            return cfb_refuse(cfb, "a small stream goes on beyond its end");
        }
        if (n++ > cfb->n_small_fat) {
            return cfb_refuse(cfb, "a stream comes back to where it was");
        }
        mera_text_add_n(&text, cfb->small.at + from, CFB_SMALL);
    }
    *out = (mera_slice){text.n == 0 ? "" : text.data, text.n};
    return text.failed ? MERA_ENOMEM : MERA_OK;
}

/* Is the entry a stream of that name? Names are UTF-16 with an end. */
static bool cfb_named(const uint8_t *entry, const char *name)
{
    const size_t n = strlen(name);
    if (cfb_u16(entry + 64) != 2 * (n + 1) || entry[66] != 2) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        if (entry[2 * i] != (uint8_t)name[i] || entry[2 * i + 1] != 0) {
            return false;
        }
    }
    return true;
}

mera_code io_cfb_stream(io_cfb *cfb, const char *name, bool *found, mera_slice *out)
{
    *found = false;
    for (size_t i = 0; (i + 1) * CFB_ENTRY <= cfb->directory.n; i++) {
        const uint8_t *entry = (const uint8_t *)cfb->directory.at + i * CFB_ENTRY;
        if (!cfb_named(entry, name)) {
            continue;
        }
        const uint32_t first = cfb_u32(entry + 116), size = cfb_u32(entry + 120);
        *found = true;
        MERA_TRY(size < cfb->cutoff ? cfb_small_stream(cfb, first, out)
                                    : cfb_chain(cfb, first, out));
        if (out->n < size) {
            return cfb_refuse(cfb, "a stream is shorter than it is said to be");
        }
        out->n = size;
        return MERA_OK;
    }
    return MERA_OK;
}

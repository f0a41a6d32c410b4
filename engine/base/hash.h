/* SPDX-License-Identifier: Apache-2.0 */
/** @file Hashes: SHA-256 (Nettle) for records, a fast 64-bit one for tables in memory. */
#ifndef MERA_BASE_HASH_H
#define MERA_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

typedef struct mera_sha256 {
    uint64_t opaque[32];
} mera_sha256;

void mera_sha256_start(mera_sha256 *hash);
void mera_sha256_add(mera_sha256 *hash, const void *bytes, size_t n);
void mera_sha256_end(mera_sha256 *hash, char hex[65]);
void mera_sha256_of(const void *bytes, size_t n, char hex[65]);
uint64_t mera_hash64(const void *bytes, size_t n, uint64_t seed);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * SHA-256 from Nettle (which takes the processor's own instructions where it has them), and a
 * 64-bit hash for tables: 16 bytes a step, each step the folded 128-bit product of two mixed words
 * (the construction of Wang Yi's wyhash, public domain, 2019). It is not for adversaries and its
 * values are not kept in files.
 */
#include "base/hash.h"

#include <assert.h>
#include <nettle/sha2.h>
#include <stdalign.h>
#include <string.h>

static_assert(sizeof(struct sha256_ctx) <= sizeof(mera_sha256), "room for Nettle's state");
static_assert(alignof(struct sha256_ctx) <= alignof(mera_sha256), "aligned for Nettle's state");

static struct sha256_ctx *hash_state(mera_sha256 *hash)
{
    return (struct sha256_ctx *)(void *)hash->opaque;
}

void mera_sha256_start(mera_sha256 *hash)
{
    sha256_init(hash_state(hash));
}

void mera_sha256_add(mera_sha256 *hash, const void *bytes, size_t n)
{
    sha256_update(hash_state(hash), n, bytes);
}

void mera_sha256_end(mera_sha256 *hash, char hex[65])
{
    static const char digits[] = "0123456789abcdef";
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_digest(hash_state(hash), sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++) {
        hex[2 * i] = digits[digest[i] >> 4];
        hex[2 * i + 1] = digits[digest[i] & 15];
    }
    hex[64] = '\0';
}

void mera_sha256_of(const void *bytes, size_t n, char hex[65])
{
    mera_sha256 hash;
    mera_sha256_start(&hash);
    mera_sha256_add(&hash, bytes, n);
    mera_sha256_end(&hash, hex);
}

__extension__ typedef unsigned __int128 hash_wide;

static uint64_t hash_fold(uint64_t a, uint64_t b)
{
    const hash_wide product = (hash_wide)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* `n` bytes (at most 8) as a number. */
static uint64_t hash_word(const unsigned char *bytes, size_t n)
{
    uint64_t word = 0;
    memcpy(&word, bytes, n);
    return word;
}

uint64_t mera_hash64(const void *bytes, size_t n, uint64_t seed)
{
    /* Odd constants with 32 set bits each, as wyhash asks for. */
    const uint64_t k0 = 0xa0761d6478bd642fU, k1 = 0xe7037ed1a0b428dbU, k2 = 0x8ebc6af09c88c6e3U;
    const unsigned char *at = bytes;
    uint64_t state = seed ^ hash_fold(seed ^ k0, k1);
    size_t left = n;
    for (; left > 16; at += 16, left -= 16) {
        state = hash_fold(hash_word(at, 8) ^ k1, hash_word(at + 8, 8) ^ state);
    }
    uint64_t a = 0, b = 0;
    if (left > 8) {
        a = hash_word(at, 8);
        b = hash_word(at + 8, left - 8);
    } else if (left > 0) {
        a = hash_word(at, left);
    }
    return hash_fold(k2 ^ n, hash_fold(a ^ k1, b ^ state));
}

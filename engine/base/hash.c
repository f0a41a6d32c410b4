/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * SHA-256 from libmd (long pieces by the processor's own instructions), and a 64-bit hash for
 * tables: 16 bytes a step, each step the folded 128-bit product of two mixed words (the
 * construction of Wang Yi's wyhash, public domain, 2019). It is not for adversaries and its values
 * are not kept in files.
 */
#include "base/hash.h"

#include "base/sha256_x86.h"

#include <assert.h>
#include <sha2.h>
#include <stdalign.h>
#include <string.h>
#include <sys/types.h>

enum { HASH_LONG = 4096 }; /* bytes for which asking the processor is worth while */

static_assert(sizeof(SHA2_CTX) <= sizeof(mera_sha256), "room for libmd's state");
static_assert(alignof(SHA2_CTX) <= alignof(mera_sha256), "aligned for libmd's state");

static SHA2_CTX *hash_state(mera_sha256 *hash)
{
    return (SHA2_CTX *)(void *)hash->opaque;
}

void mera_sha256_start(mera_sha256 *hash)
{
    SHA256Init(hash_state(hash));
}

/* Takes whole blocks by the processor's instructions; returns how many bytes that were. */
static size_t hash_blocks(SHA2_CTX *state, const uint8_t *bytes, size_t n)
{
    const size_t held = (size_t)(state->bitcount[0] / 8 % SHA256_BLOCK_LENGTH);
    const size_t first = held == 0 ? 0 : SHA256_BLOCK_LENGTH - held;
    if (first > 0) {
        SHA256Update(state, bytes, first);
    }
    const size_t n_blocks = (n - first) / SHA256_BLOCK_LENGTH;
    mera_sha256_x86_blocks(state->state.st32, bytes + first, n_blocks);
    state->bitcount[0] += (uint64_t)n_blocks * SHA256_BLOCK_LENGTH * 8;
    return first + n_blocks * SHA256_BLOCK_LENGTH;
}

void mera_sha256_add(mera_sha256 *hash, const void *bytes, size_t n)
{
    SHA2_CTX *state = hash_state(hash);
    const uint8_t *at = bytes;
    if (n >= HASH_LONG && mera_sha256_x86_here()) {
        const size_t done = hash_blocks(state, at, n);
        at += done;
        n -= done;
    }
    if (n > 0) {
        SHA256Update(state, at, n);
    }
}

void mera_sha256_end(mera_sha256 *hash, char hex[65])
{
    static const char digits[] = "0123456789abcdef";
    uint8_t digest[SHA256_DIGEST_LENGTH];
    SHA256Final(digest, hash_state(hash));
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

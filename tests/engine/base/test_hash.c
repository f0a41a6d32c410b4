/* SPDX-License-Identifier: Apache-2.0 */
/** @file SHA-256 against the examples of NIST; the 64-bit hash for spread and for its length. */
#include "mera_test.h"

#include "base/hash.h"

#include <stdlib.h>

static void sha256_gives_the_published_digests(void **state)
{
    (void)state;
    char hex[65];
    /* FIPS 180-2, appendix B.1 and B.2; the empty text: NIST CAVP, SHA256ShortMsg, Len = 0. */
    mera_sha256_of("", 0, hex);
    assert_string_equal(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    mera_sha256_of("abc", 3, hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    mera_sha256_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56, hex);
    assert_string_equal(hex, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

static void sha256_takes_its_bytes_in_pieces(void **state)
{
    (void)state;
    /* FIPS 180-2, appendix B.3: a million times "a". */
    mera_sha256 hash;
    char hex[65], piece[1000];
    memset(piece, 'a', sizeof piece);
    mera_sha256_start(&hash);
    for (int i = 0; i < 1000; i++) {
        mera_sha256_add(&hash, piece, 600);
        mera_sha256_add(&hash, piece, 0);
        mera_sha256_add(&hash, piece, 400);
    }
    mera_sha256_end(&hash, hex);
    assert_string_equal(hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

/* Two roads: pieces too short for the processor's instructions go through libmd alone. */
static void sha256_of_long_pieces_equals_that_of_short_ones(void **state)
{
    (void)state;
    enum { N = 20000 };
    unsigned char *bytes = malloc(N);
    for (size_t i = 0; i < N; i++) {
        bytes[i] = (unsigned char)(i * i / 7 + i);
    }
    for (size_t start = 0; start < 130; start += 13) {
        for (size_t n = N - 200; n <= N - 130; n += 7) {
            char by_long[65], by_short[65];
            mera_sha256 hash;
            mera_sha256_start(&hash);
            mera_sha256_add(&hash, bytes, start);
            mera_sha256_add(&hash, bytes + start, n);
            mera_sha256_end(&hash, by_long);
            mera_sha256_start(&hash);
            for (size_t i = 0; i < start + n; i++) {
                mera_sha256_add(&hash, bytes + i, 1);
            }
            mera_sha256_end(&hash, by_short);
            assert_string_equal(by_long, by_short);
        }
    }
    free(bytes);
}

static void hash64_depends_on_every_byte_the_length_and_the_seed(void **state)
{
    (void)state;
    unsigned char bytes[70] = {0};
    for (size_t n = 0; n <= 64; n++) {
        const uint64_t plain = mera_hash64(bytes, n, 1);
        assert_true(plain == mera_hash64(bytes, n, 1));
        assert_true(plain != mera_hash64(bytes, n, 2));
        assert_true(plain != mera_hash64(bytes, n + 1, 1));
        for (size_t i = 0; i < n; i++) {
            bytes[i] ^= 1;
            assert_true(plain != mera_hash64(bytes, n, 1));
            bytes[i] ^= 1;
        }
    }
}

/* Each flipped input bit should flip each output bit half of the time. With 4096 keys the share has
 * a deviation of sqrt(1/4/4096) = 0.0078; six of them among 64 * 64 shares leave no room for
 * chance. */
static void hash64_spreads_each_bit(void **state)
{
    (void)state;
    enum { KEYS = 4096 };
    static int flips[64][64];
    for (uint64_t key = 0; key < KEYS; key++) {
        const uint64_t hash = mera_hash64(&key, sizeof key, 0);
        for (int in = 0; in < 64; in++) {
            const uint64_t other = key ^ (uint64_t)1 << in;
            const uint64_t changed = hash ^ mera_hash64(&other, sizeof other, 0);
            for (int out = 0; out < 64; out++) {
                flips[in][out] += (int)(changed >> out & 1);
            }
        }
    }
    for (int in = 0; in < 64; in++) {
        for (int out = 0; out < 64; out++) {
            assert_true(abs(flips[in][out] - KEYS / 2) < 6 * 0.0078 * KEYS);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sha256_gives_the_published_digests),
        cmocka_unit_test(sha256_takes_its_bytes_in_pieces),
        cmocka_unit_test(sha256_of_long_pieces_equals_that_of_short_ones),
        cmocka_unit_test(hash64_depends_on_every_byte_the_length_and_the_seed),
        cmocka_unit_test(hash64_spreads_each_bit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The engine's version and what it was built with. MERA_VERSION is the project's, given by CMake.
 */
#include "mera/plan.h"

#define VERSION_TEXT_OF(x) #x
#define VERSION_TEXT(x) VERSION_TEXT_OF(x)

#if defined(__clang__)
#define VERSION_COMPILER "clang " VERSION_TEXT(__clang_major__)
#elif defined(__GNUC__)
#define VERSION_COMPILER "gcc " VERSION_TEXT(__GNUC__) "." VERSION_TEXT(__GNUC_MINOR__)
#else
#define VERSION_COMPILER "unknown compiler"
#endif

#if defined(__AVX512F__)
#define VERSION_TARGET "AVX-512"
#elif defined(__AVX2__)
#define VERSION_TARGET "AVX2"
#elif defined(__x86_64__)
#define VERSION_TARGET "x86-64"
#elif defined(__aarch64__)
#define VERSION_TARGET "arm64"
#elif defined(__wasm__)
#define VERSION_TARGET "wasm"
#else
#define VERSION_TARGET "generic"
#endif

/* Raised with every change that gives another bit of any result for the same input. Builds for
 * other processors and by other compilers give the same bits, and have the same number. */
#define VERSION_NUMBERS "numbers 1"

const char *mera_version(void)
{
    return "mera " MERA_VERSION " (" VERSION_COMPILER ", " VERSION_TARGET ")";
}

const char *mera_numbers(void)
{
    return VERSION_NUMBERS;
}

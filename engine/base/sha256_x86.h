/* SPDX-License-Identifier: Apache-2.0 */
/** @file SHA-256 of whole blocks by the processor's own instructions, where it has them. */
#ifndef MERA_BASE_SHA256_X86_H
#define MERA_BASE_SHA256_X86_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Has this processor instructions for SHA-256? */
bool mera_sha256_x86_here(void);

/** Takes `n` blocks of 64 bytes into the state. Only where mera_sha256_x86_here(). */
void mera_sha256_x86_blocks(uint32_t state[8], const uint8_t *bytes, size_t n);

#endif

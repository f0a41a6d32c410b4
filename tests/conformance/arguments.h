/* SPDX-License-Identifier: Apache-2.0 */
/** @file Which arguments of COINr's functions are understood here. */
#ifndef CONFORMANCE_ARGUMENTS_H
#define CONFORMANCE_ARGUMENTS_H

#include "run.h"

/**
 * MERA_EUSAGE, naming it, when `args` of the function `fn` hold an argument that nobody reads: an
 * argument passed over in silence would make another calculation of the case. Specifications inside
 * arguments (global_specs, f_n_para, ...) are looked at likewise. Functions without a row in the
 * table are let through: who runs them says what is not known.
 */
mera_code arguments_known(run *r, const char *fn, const json_t *args);

#endif

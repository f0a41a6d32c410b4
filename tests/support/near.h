/* SPDX-License-Identifier: Apache-2.0 */
/** @file Numbers that are equal but for so much. Included after mera_test.h. */
#ifndef MERA_NEAR_H
#define MERA_NEAR_H

#include <math.h>

/** Fails unless the two differ by no more than `room`. */
#define assert_near(actual, expected, room)                                         \
    do {                                                                            \
        const double near_a_ = (actual), near_e_ = (expected), near_room_ = (room); \
        if (!(fabs(near_a_ - near_e_) <= near_room_)) {                             \
            print_error("%.17g is not %.17g\n", near_a_, near_e_);                  \
            fail();                                                                 \
        }                                                                           \
    } while (0)

#endif

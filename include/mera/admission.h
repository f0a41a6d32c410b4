/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Where the questions of admission begin to warn and where they refuse: `overlay.admission` of a
 * methodology. Coverage: the screen of COINr and of the JRC handbook; redundancy: OECD/JRC
 * handbook's 0.92; the rest is this project's own.
 */
#ifndef MERA_ADMISSION_H
#define MERA_ADMISSION_H

/** X(name, default, highest, what). The keys, the struct and the defaults are made of this list. */
#define MERA_ADMISSION_RULES(X)                                                             \
    X(coverage_warns, 0.65, 1, "fewer units than this share with a value: a warning")       \
    X(coverage_refuses, 0.05, 1, "fewer units than this share with a value: refused")       \
    X(units_refuse, 5, 1e9, "fewer units than this with a value: refused")                  \
    X(redundancy_warns, 0.92, 1, "correlation with a core indicator above this: a warning") \
    X(redundancy_refuses, 0.99, 1, "correlation with a core indicator above this: refused") \
    X(commonest_warns, 0.3, 1, "share of units with one same value above this: a warning")  \
    X(commonest_refuses, 0.9, 1, "share of units with one same value above this: refused")

typedef struct mera_admission_rules {
#define MERA_ADMISSION_FIELD(name, fallback, most, what) double name;
    MERA_ADMISSION_RULES(MERA_ADMISSION_FIELD)
#undef MERA_ADMISSION_FIELD
} mera_admission_rules;

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * How far two orders agree: Spearman's rho and Kendall's tau-b over the rows where both are
 * present.
 *
 *     rho    correlation of the ranks, ties sharing the mean of their places
 *     tau-b  (n0 - n1 - n2 + n3 - 2 D) / sqrt((n0 - n1)(n0 - n2)),
 *            n0 pairs, n1 and n2 tied in a and in b, n3 in both, D in opposite order, counted by
 *            the exchanges of a merge sort
 *
 * source  Kendall, Rank Correlation Methods (1948); Knight, JASA 61 (1966)
 */
#include "analysis/compare.h"

#include <string.h>

#include "base/math.h"
#include "ops/column.h"

/** Rows where both are present. */
typedef struct agreement_rows {
    double *a, *b;
    size_t n;
} agreement_rows;

static mera_code agreement_common(const double *a, const double *b, size_t n, mera_arena *scratch,
                                  agreement_rows *out)
{
    MERA_TRY_NEW(out->a, scratch, n);
    MERA_TRY_NEW(out->b, scratch, n);
    for (size_t i = 0; i < n; i++) {
        if (!isnan(a[i]) && !isnan(b[i])) {
            out->a[out->n] = a[i];
            out->b[out->n++] = b[i];
        }
    }
    return MERA_OK;
}

static double agreement_correlation(const double *a, const double *b, size_t n)
{
    const double mean_a = mera_column_mean(a, n), mean_b = mera_column_mean(b, n);
    double ab = 0, aa = 0, bb = 0;

    for (size_t i = 0; i < n; i++) {
        ab += (a[i] - mean_a) * (b[i] - mean_b);
        aa += (a[i] - mean_a) * (a[i] - mean_a);
        bb += (b[i] - mean_b) * (b[i] - mean_b);
    }
    return aa > 0 && bb > 0 ? ab / (sqrt(aa) * sqrt(bb)) : NAN;
}

static mera_code agreement_rho(const agreement_rows *rows, mera_arena *scratch, double *rho)
{
    double *rank_a, *rank_b;

    MERA_TRY_NEW(rank_a, scratch, rows->n);
    MERA_TRY_NEW(rank_b, scratch, rows->n);
    MERA_TRY(mera_column_rank(rows->a, rows->n, MERA_TIE_MEAN, scratch, rank_a));
    MERA_TRY(mera_column_rank(rows->b, rows->n, MERA_TIE_MEAN, scratch, rank_b));
    *rho = agreement_correlation(rank_a, rank_b, rows->n);
    return MERA_OK;
}

mera_code mera_spearman(const double *a, const double *b, size_t n, mera_arena *scratch,
                        double *rho)
{
    const mera_arena_mark mark = mera_arena_mark_now(scratch);
    agreement_rows rows = {.n = 0};

    *rho = NAN;
    MERA_TRY(agreement_common(a, b, n, scratch, &rows));
    if (rows.n >= 2) {
        MERA_TRY(agreement_rho(&rows, scratch, rho));
    }
    mera_arena_rewind(scratch, mark);
    return MERA_OK;
}

/** Pairs in runs of equal values of a sorted column; with `also`, equal there too. */
static double agreement_tied(const double *sorted, const double *also, size_t n)
{
    double pairs = 0, run = 1;

    for (size_t i = 1; i <= n; i++) {
        const bool same =
            i < n && sorted[i] == sorted[i - 1] && (also == NULL || also[i] == also[i - 1]);

        if (same) {
            run++;
        } else {
            pairs += run * (run - 1) / 2;
            run = 1;
        }
    }
    return pairs;
}

/** Sorts by merging and counts the pairs that stood in falling order. */
static double agreement_exchanges(double *v, double *spare, size_t n)
{
    double exchanges = 0;

    for (size_t width = 1; width < n; width *= 2) {
        for (size_t from = 0; from < n; from += 2 * width) {
            const size_t middle = from + width < n ? from + width : n;
            const size_t end = from + 2 * width < n ? from + 2 * width : n;
            size_t left = from, right = middle;

            for (size_t i = from; i < end; i++) {
                if (left < middle && (right >= end || v[left] <= v[right])) {
                    spare[i] = v[left++];
                } else {
                    exchanges += (double)(middle - left);
                    spare[i] = v[right++];
                }
            }
        }
        memcpy(v, spare, n * sizeof *v);
    }
    return exchanges;
}

/** Puts the rows in the order of a, those equal in a in the order of b. */
static mera_code agreement_sort(agreement_rows *rows, mera_arena *scratch)
{
    double *a, *b;

    MERA_TRY_NEW(a, scratch, rows->n);
    MERA_TRY_NEW(b, scratch, rows->n);
    for (int pass = 0; pass < 2; pass++) { /* by b, then by a, which keeps the order of equals */
        uint32_t *order;
        size_t n;

        MERA_TRY(mera_column_order(pass == 0 ? rows->b : rows->a, rows->n, scratch, &order, &n));
        for (size_t i = 0; i < n; i++) {
            a[i] = rows->a[order[i]];
            b[i] = rows->b[order[i]];
        }
        memcpy(rows->a, a, n * sizeof *a);
        memcpy(rows->b, b, n * sizeof *b);
    }
    return MERA_OK;
}

static mera_code agreement_tau(agreement_rows *rows, mera_arena *scratch, double *tau)
{
    const double n0 = (double)rows->n * ((double)rows->n - 1) / 2;
    double n1, n2, n3, opposite, *spare;

    MERA_TRY_NEW(spare, scratch, rows->n);
    MERA_TRY(agreement_sort(rows, scratch));
    n1 = agreement_tied(rows->a, NULL, rows->n);
    n3 = agreement_tied(rows->a, rows->b, rows->n);
    opposite = agreement_exchanges(rows->b, spare, rows->n);
    n2 = agreement_tied(rows->b, NULL, rows->n);
    *tau = n0 > n1 && n0 > n2 ? (n0 - n1 - n2 + n3 - 2 * opposite) / (sqrt(n0 - n1) * sqrt(n0 - n2))
                              : NAN;
    return MERA_OK;
}

mera_code mera_kendall(const double *a, const double *b, size_t n, mera_arena *scratch, double *tau)
{
    const mera_arena_mark mark = mera_arena_mark_now(scratch);
    agreement_rows rows = {.n = 0};

    *tau = NAN;
    MERA_TRY(agreement_common(a, b, n, scratch, &rows));
    if (rows.n >= 2) {
        MERA_TRY(agreement_tau(&rows, scratch, tau));
    }
    mera_arena_rewind(scratch, mark);
    return MERA_OK;
}

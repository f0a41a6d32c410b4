/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * exp, log and pow of our own: the C library picks variants by CPU whose last bits differ, and
 * the same input must give the same bytes everywhere. Under 1 ulp; multiply-then-add only.
 */
#ifndef MERA_BASE_MATH_H
#define MERA_BASE_MATH_H

#include <math.h> /* for NAN, isnan, fabs, sqrt, floor: exact everywhere. exp, log, pow: use ours */
#include <stddef.h>

double mera_exp(double x);
double mera_log(double x); /**< NaN below 0, -Inf at 0 */
double mera_log1p(double x);
double mera_log10(double x);
double mera_pow(double x, double y); /**< as C's pow */
double mera_cbrt(double x);
void mera_exp_n(const double *x, size_t n, double *y);
void mera_log_n(const double *x, size_t n, double *y);

#endif

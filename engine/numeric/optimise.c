/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * NLopt's SLSQP (Kraft, ACM TOMS 20 (1994) 262): sequential quadratic programs with bounds and one
 * linear equation; without a gradient its Subplex (Rowan, thesis, University of Texas, 1990).
 * Deterministic: neither draws anything.
 */
#include "numeric/optimise.h"

#include <math.h>
#include <nlopt.h>

typedef struct {
    const mera_problem *problem;
    size_t evaluations;
} optimise_run;

static double optimise_objective(unsigned k, const double *x, double *gradient, void *data)
{
    (void)k;
    optimise_run *run = data;
    run->evaluations++;
    return run->problem->objective(x, gradient, run->problem->data);
}

static double optimise_total(unsigned k, const double *x, double *gradient, void *data)
{
    const mera_problem *problem = data;
    double sum = -problem->total;
    for (unsigned j = 0; j < k; j++) {
        sum += x[j];
        if (gradient != NULL) {
            gradient[j] = 1;
        }
    }
    return sum;
}

static bool optimise_set_up(nlopt_opt opt, optimise_run *run)
{
    const mera_problem *p = run->problem;
    return nlopt_set_min_objective(opt, optimise_objective, run) >= 0 &&
           nlopt_set_lower_bounds(opt, p->lower) >= 0 &&
           nlopt_set_upper_bounds(opt, p->upper) >= 0 &&
           (isnan(p->total) || nlopt_add_equality_constraint(
                                   opt, optimise_total, (void *)(uintptr_t)p, /* it is only read */
                                   1e-14) >= 0) &&
           nlopt_set_xtol_rel(opt, p->tolerance) >= 0 &&
           nlopt_set_maxeval(opt, (int)p->max_evaluations) >= 0;
}

mera_code mera_minimise(const mera_problem *problem, double *x, mera_minimum *out)
{
    optimise_run run = {.problem = problem};
    nlopt_opt opt =
        nlopt_create(problem->blind ? NLOPT_LN_SBPLX : NLOPT_LD_SLSQP, (unsigned)problem->k);
    mera_code rc = MERA_ENOMEM;
    *out = (mera_minimum){.value = NAN};
    if (opt != NULL && optimise_set_up(opt, &run)) {
        const nlopt_result result = nlopt_optimize(opt, x, &out->value);
        out->evaluations = run.evaluations;
        /* «no further progress in these digits» is as near as it gets */
        out->converged =
            (result > 0 && result != NLOPT_MAXEVAL_REACHED) || result == NLOPT_ROUNDOFF_LIMITED;
        rc = result == NLOPT_OUT_OF_MEMORY ? MERA_ENOMEM
             : isfinite(out->value)        ? MERA_OK
                                           : MERA_ESYSTEM;
    }
    if (opt != NULL) {
        nlopt_destroy(opt);
    }
    return rc;
}

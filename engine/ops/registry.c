/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The registry: one sorted list of the built-in operations, expanded twice, and the plugins'
 * operations inserted in their places. Everything a user can know of an operation is read from it.
 */
#include <assert.h>
#include <string.h>

#include "base/grow.h"
#include "base/text.h"
#include "mera/op.h"

/* Sorted by name; a new operation is one file and one line here. */
#define MERA_BUILTIN_OPS(X)           \
    X(aggregate_ampi)                 \
    X(aggregate_arithmetic)           \
    X(aggregate_bod)                  \
    X(aggregate_borda)                \
    X(aggregate_choquet)              \
    X(aggregate_copeland)             \
    X(aggregate_counting)             \
    X(aggregate_geometric)            \
    X(aggregate_harmonic)             \
    X(aggregate_kemeny)               \
    X(aggregate_max)                  \
    X(aggregate_max_scaling)          \
    X(aggregate_mean_min)             \
    X(aggregate_median)               \
    X(aggregate_min)                  \
    X(aggregate_mpi)                  \
    X(aggregate_owa)                  \
    X(aggregate_percentile_of_sum)    \
    X(aggregate_power)                \
    X(aggregate_product)              \
    X(aggregate_promethee)            \
    X(aggregate_sum)                  \
    X(aggregate_topsis)               \
    X(aggregate_veto)                 \
    X(aggregate_vikor)                \
    X(aggregate_waspas)               \
    X(aggregate_weighted_median)      \
    X(aggregate_wowa)                 \
    X(aggregate_wroclaw)              \
    X(classify_bands)                 \
    X(classify_quantiles)             \
    X(classify_rank_groups)           \
    X(denominate_per_unit)            \
    X(impute_constant)                \
    X(impute_em)                      \
    X(impute_group_mean)              \
    X(impute_group_median)            \
    X(impute_hot_deck)                \
    X(impute_knn)                     \
    X(impute_mean)                    \
    X(impute_median)                  \
    X(impute_panel_constant)          \
    X(impute_panel_latest)            \
    X(impute_panel_linear)            \
    X(impute_regression)              \
    X(impute_row_mean)                \
    X(impute_row_median)              \
    X(normalise_above_below)          \
    X(normalise_ampi)                 \
    X(normalise_borda)                \
    X(normalise_categorical)          \
    X(normalise_goalposts)            \
    X(normalise_minmax)               \
    X(normalise_none)                 \
    X(normalise_percentile_goalposts) \
    X(normalise_percentile_rank)      \
    X(normalise_rank)                 \
    X(normalise_reference)            \
    X(normalise_reference_unit)       \
    X(normalise_robust_z)             \
    X(normalise_round)                \
    X(normalise_scale)                \
    X(normalise_share)                \
    X(normalise_target)               \
    X(normalise_to_target)            \
    X(normalise_value_exponential)    \
    X(normalise_value_logistic)       \
    X(normalise_value_piecewise)      \
    X(normalise_vector)               \
    X(normalise_zscore)               \
    X(screen_coverage)                \
    X(treat_boxcox)                   \
    X(treat_chain)                    \
    X(treat_clip)                     \
    X(treat_log)                      \
    X(treat_quantile_clip)            \
    X(treat_winsorise)                \
    X(weight_ahp)                     \
    X(weight_bod)                     \
    X(weight_budget)                  \
    X(weight_bwm)                     \
    X(weight_critic)                  \
    X(weight_deviation)               \
    X(weight_entropy)                 \
    X(weight_equal)                   \
    X(weight_from_orderings)          \
    X(weight_inverse_covariance)      \
    X(weight_max_information)         \
    X(weight_merec)                   \
    X(weight_pc1)                     \
    X(weight_pca)                     \
    X(weight_rank_order)              \
    X(weight_regression)              \
    X(weight_shapley_r2)              \
    X(weight_swing)                   \
    X(weight_to_importance)

#define REGISTRY_DECLARE(op) extern const mera_op mera_op_##op;
MERA_BUILTIN_OPS(REGISTRY_DECLARE)

#define REGISTRY_LIST(op) &mera_op_##op,
static const mera_op *const registry_builtin[] = {MERA_BUILTIN_OPS(REGISTRY_LIST)};
enum { REGISTRY_N_BUILTIN = sizeof registry_builtin / sizeof *registry_builtin };

struct mera_registry {
    mera_arena *arena;
    const mera_op **op;
    size_t n, room;
};

const char *mera_step_name(mera_step step)
{
    static const char *const names[MERA_N_STEPS] = {"derive",   "denominate", "screen", "impute",
                                                    "treat",    "normalise",  "weight", "aggregate",
                                                    "classify", "check"};
    assert((unsigned)step < MERA_N_STEPS);
    return names[step];
}

mera_code mera_registry_new(mera_arena *arena, mera_registry **out)
{
    mera_registry *registry;
    MERA_TRY_NEW(registry, arena, 1);
    registry->arena = arena;
    registry->room = 2 * REGISTRY_N_BUILTIN;
    registry->n = REGISTRY_N_BUILTIN;
    MERA_TRY_NEW(registry->op, arena, registry->room);
    memcpy(registry->op, registry_builtin, sizeof registry_builtin);
    *out = registry;
    return MERA_OK;
}

/* Compares an operation's name with "<step>.<name>", or with `name` alone when step is NULL. */
static int registry_compare(const char *op_name, const char *step, const char *name)
{
    if (step != NULL) {
        const size_t n = strlen(step);
        const int order = strncmp(op_name, step, n);
        if (order != 0) {
            return order;
        }
        if (op_name[n] != '.') {
            return (unsigned char)op_name[n] - '.';
        }
        op_name += n + 1;
    }
    return strcmp(op_name, name);
}

/* Where the name stands, or where it would be inserted. */
static size_t registry_place(const mera_registry *registry, const char *step, const char *name,
                             bool *found)
{
    size_t low = 0, high = registry->n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int order = registry_compare(registry->op[middle]->name, step, name);
        if (order == 0) {
            *found = true;
            return middle;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    *found = false;
    return low;
}

/* Is it "<step>.<word>", the words in lower case, digits and '_', perhaps parted by dots? */
static bool registry_name_ok(const mera_op *op)
{
    const char *step = mera_step_name(op->step);
    const size_t n = strlen(step);
    if (op->name == NULL || !mera_starts_with(op->name, step) || op->name[n] != '.') {
        return false;
    }
    bool start = true;
    for (const char *at = op->name + n + 1; *at != '\0'; at++) {
        const bool letter = (*at >= 'a' && *at <= 'z') || *at == '_';
        const bool digit = (*at >= '0' && *at <= '9') || *at == '-';
        if (start ? !letter : !(letter || digit || *at == '.')) {
            return false;
        }
        start = *at == '.';
    }
    return !start;
}

mera_code mera_registry_add(mera_registry *registry, const mera_op *op, mera_diags *diags)
{
    if (!registry_name_ok(op)) {
        return mera_fail(diags, MERA_EINPUT, "bad-name", MERA_NOWHERE,
                         "'%s' cannot name an operation of step '%s': allowed is %s.NAME in a-z, "
                         "0-9, _ and -",
                         op->name != NULL ? op->name : "", mera_step_name(op->step),
                         mera_step_name(op->step));
    }
    bool found;
    const size_t place = registry_place(registry, NULL, op->name, &found);
    if (found) {
        const char *owner = registry->op[place]->plugin;
        return mera_fail(diags, MERA_EINPUT, "name-taken", MERA_NOWHERE,
                         "there already is an operation '%s' (%s%s)", op->name,
                         owner != NULL ? "of plugin " : "built in", owner != NULL ? owner : "");
    }
    MERA_TRY_GROWN(registry->op, registry->arena, &registry->room, registry->n + 1);
    memmove(registry->op + place + 1, registry->op + place,
            (registry->n - place) * sizeof(const mera_op *));
    registry->op[place] = op;
    registry->n++;
    return MERA_OK;
}

const mera_op *mera_registry_find(const mera_registry *registry, mera_step step, const char *name)
{
    bool found;
    size_t place = registry_place(registry, mera_step_name(step), name, &found);
    if (!found) {
        place = registry_place(registry, NULL, name, &found);
    }
    return found ? registry->op[place] : NULL;
}

size_t mera_registry_size(const mera_registry *registry)
{
    return registry->n;
}

const mera_op *mera_registry_get(const mera_registry *registry, size_t index)
{
    assert(index < registry->n);
    return registry->op[index];
}

/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What a node says of itself: aggregation, missing values, rounding; and its children's weights.
 * Whether weights are divided by their sum is written, never assumed; shares must then sum to 1.
 */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "methodology/bind.h"
#include "methodology/merge.h"
#include "methodology/tree.h"

enum { WEIGHTS_GRADE = 10 }; /* the highest grade */
static const double weights_tolerance = 1e-9;

/* ---- missing, round, floor --------------------------------------------------------------- */

static void node_missing(mera_binder *b, const mera_value *missing, mera_node *node)
{
    static const char *const rules[] = {"renormalise", "propagate", "zero", "value", "skip", NULL};
    node->missing = MERA_MISSING_RENORMALISE;
    if (missing == NULL) {
        return;
    }
    if (missing->kind != MERA_VALUE_MAP) {
        for (int i = 0; rules[i] != NULL; i++) {
            node->missing =
                mera_tree_says(missing, rules[i]) ? (mera_missing_rule)i : node->missing;
        }
    } else {
        node->missing = (mera_missing_rule)mera_bind_choice(missing, "rule", rules, 0);
        node->missing_value = mera_bind_number(missing, "value", 0);
        node->min_present = mera_bind_number(missing, "min_present", 0);
    }
    const mera_entry *value = mera_value_entry(missing, "value");
    if (node->missing == MERA_MISSING_VALUE && value == NULL) {
        mera_fail(b->diags, MERA_EINPUT, "missing-key", missing->at,
                  "the rule 'value' needs the value: missing: {rule: value, value: ...}");
    } else if (node->missing != MERA_MISSING_VALUE && value != NULL) {
        mera_fail(b->diags, MERA_EINPUT, "no-effect", value->at,
                  "'value' is for the rule 'value'; the rule here is '%s'", rules[node->missing]);
    }
}

static void node_floor(const mera_value *floor, mera_node *node)
{
    if (floor != NULL) {
        node->floor = floor->kind == MERA_VALUE_NUMBER ? floor->number : NAN;
    }
}

/* The rule inside `aggregate` with the node's own laid over it. */
static mera_code node_own_missing(mera_binder *b, const mera_value *own, const mera_value **missing)
{
    const mera_value *base = *missing;
    MERA_TRY(mera_merge_expand(b->arena, "missing", own, missing));
    return base != NULL ? mera_merge(b->arena, "missing", base, *missing, missing) : MERA_OK;
}

/* Settings inside `aggregate` first, those of the node itself over them. */
static mera_code node_shared(mera_binder *b, const mera_value *aggregate, const mera_value *value,
                             mera_node *node)
{
    const mera_value *missing = mera_value_get(aggregate, "missing");
    const mera_value *own = mera_value_get(value, "missing");
    if (own != NULL) {
        MERA_TRY(node_own_missing(b, own, &missing));
    }
    node_missing(b, missing, node);
    node->round =
        mera_bind_round(mera_value_get(aggregate, "round"), (mera_rounding){MERA_ROUND_NONE, 0});
    node->round = mera_bind_round(mera_value_get(value, "round"), node->round);
    node_floor(mera_value_get(aggregate, "floor"), node);
    node_floor(mera_value_get(value, "floor"), node);
    return MERA_OK;
}

/* ---- aggregation ------------------------------------------------------------------------- */

static mera_code node_aggregate(mera_binder *b, const mera_value *own, const char *whose,
                                mera_node *node, const mera_value **aggregate)
{
    MERA_TRY(mera_bind_inherit(b, MERA_STEP_AGGREGATE, own, aggregate));
    const bool names_op =
        own != NULL && (own->kind != MERA_VALUE_MAP || mera_value_get(own, "op") != NULL);
    if (node->formula != NULL) {
        if (names_op) {
            mera_fail(b->diags, MERA_EINPUT, "said-twice", own->at,
                      "%s has both 'formula' and 'aggregate'; one of them makes its score", whose);
        }
        return MERA_OK;
    }
    if (*aggregate == NULL) {
        mera_fail(b->diags, MERA_EINPUT, "missing-operation", own != NULL ? own->at : node->at,
                  "%s is aggregated by nothing: 'none' is not an aggregation", whose);
        return MERA_OK;
    }
    const mera_use_list *defaults = &b->step[MERA_STEP_AGGREGATE].uses;
    if (own == NULL && defaults->n == 1) {
        node->aggregate = defaults->v[0];
        return MERA_OK;
    }
    return mera_bind_use(b, MERA_STEP_AGGREGATE, *aggregate, whose, &node->aggregate);
}

mera_code mera_bind_node_settings(mera_binder *b, const mera_value *value, const char *whose,
                                  mera_node *node)
{
    const mera_value *formula = mera_value_get(value, "formula");
    const mera_value *then = mera_value_get(value, "then");
    const mera_value *aggregate;
    node->formula = mera_bind_text(value, "formula");
    node->formula_at = formula != NULL ? formula->at : MERA_NOWHERE;
    node->lower_is_better = mera_tree_says(mera_value_get(value, "better"), "lower");
    node->pass_aggregate = mera_tree_says(mera_value_get(value, "pass_up"), "aggregate");
    MERA_TRY(node_aggregate(b, mera_value_get(value, "aggregate"), whose, node, &aggregate));
    MERA_TRY(node_shared(b, aggregate, value, node));
    return then != NULL ? mera_bind_alone(b, MERA_STEP_NORMALISE, then, whose, &node->then)
                        : MERA_OK;
}

/* ---- weights ----------------------------------------------------------------------------- */

static mera_code weights_scale(mera_binder *b, const mera_value *value, const char *whose,
                               mera_node *node)
{
    static const char *const scales[] = {"points", "shares", "grades", NULL};
    node->weight_scale = MERA_WEIGHT_POINTS;
    node->weights_as_given = mera_bind_is(&node->aggregate, "aggregate.sum");
    if (value == NULL || mera_tree_says(value, "as_written") || value->kind == MERA_VALUE_LIST ||
        value->kind == MERA_VALUE_NULL) {
        return MERA_OK;
    }
    if (value->kind != MERA_VALUE_MAP || mera_value_get(value, "op") != NULL) {
        return mera_bind_use(b, MERA_STEP_WEIGHT, value, whose, &node->weigh);
    }
    node->weight_scale = (mera_weight_scale)mera_bind_choice(value, "scale", scales, 0);
    node->weights_as_given |= mera_bind_bool(value, "as_given", false);
    return MERA_OK;
}

static const char *weights_child_id(const mera_binder *b, const mera_child *child)
{
    return child->is_indicator ? b->m->indicator[child->index].id : b->m->node[child->index].id;
}

static void weights_check_each(mera_binder *b, const mera_node *node, bool *sound)
{
    char number[32];
    for (size_t i = 0; i < node->n_children; i++) {
        const mera_child *child = &node->child[i];
        const bool grade = node->weight_scale == MERA_WEIGHT_GRADES;
        mera_number_write(child->weight, number);
        if (!(child->weight >= 0) || isinf(child->weight)) {
            mera_fail(b->diags, MERA_EINPUT, "bad-weight", child->at,
                      "the weight of '%s' is %s; a weight is 0 or more", weights_child_id(b, child),
                      number);
            *sound = false;
        } else if (grade && child->weight > WEIGHTS_GRADE) {
            mera_fail(b->diags, MERA_EINPUT, "bad-weight", child->at,
                      "the weight of '%s' is %s; grades are between 0 and %d",
                      weights_child_id(b, child), number, WEIGHTS_GRADE);
            *sound = false;
        }
    }
}

static void weights_check_sum(mera_binder *b, const mera_value *value, const mera_node *node)
{
    double sum = 0;
    for (size_t i = 0; i < node->n_children; i++) {
        sum += node->child[i].weight;
    }
    if (sum == 0) {
        mera_fail(b->diags, MERA_EINPUT, "zero-weights", node->at,
                  "all weights under node '%s' are 0", node->id);
        return;
    }
    if (node->weight_scale == MERA_WEIGHT_SHARES && !mera_bind_bool(value, "as_given", false) &&
        !(fabs(sum - 1) <= weights_tolerance)) {
        char number[32];
        mera_number_write(mera_round(sum, (mera_rounding){MERA_ROUND_HALF_UP, 10}), number);
        mera_fail(b->diags, MERA_EINPUT, "bad-shares", value->at,
                  "the shares under node '%s' sum to %s, not to 1", node->id, number);
        mera_within(b->diags, MERA_EINPUT, node->at, "the node stands here");
        mera_hint(b->diags, "if that is meant, say {scale: shares, as_given: true}");
    }
}

mera_code mera_bind_weights(mera_binder *b, const mera_value *value, const char *whose,
                            mera_node *node)
{
    bool sound = true;
    MERA_TRY(weights_scale(b, value, whose, node));
    weights_check_each(b, node, &sound);
    const bool written =
        value == NULL || (node->weigh.op == NULL &&
                          (value->kind == MERA_VALUE_MAP ? mera_value_get(value, "op") == NULL
                                                         : mera_tree_says(value, "as_written")));
    if (sound && written && node->n_children > 0) {
        weights_check_sum(b, value, node);
    }
    return MERA_OK;
}

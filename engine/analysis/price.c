/* SPDX-License-Identifier: Apache-2.0 */
/** @file What it costs to raise an indicator (mera/budget.h). */
#include "analysis/priorities.h"
#include "base/math.h"
#include "mera/budget.h"

size_t mera_price_payer(size_t indicator, size_t unit, const mera_price *cost, size_t n_costs)
{
    for (size_t c = 0; c < n_costs; c++) {
        if (cost[c].indicator == indicator && cost[c].unit == unit) {
            return unit;
        }
    }
    return SIZE_MAX;
}

bool mera_price_is_rate(const mera_priority *item, size_t unit, const mera_price *cost,
                        size_t n_costs)
{
    const size_t payer = mera_price_payer(item->indicator, unit, cost, n_costs);
    size_t n = 0, rates = 0;
    for (size_t c = 0; c < n_costs; c++) {
        const bool own = cost[c].indicator == item->indicator && cost[c].unit == payer;
        n += own;
        rates += own && isnan(cost[c].value);
    }
    return n == 1 && rates == 1;
}

/** How far along the way to the aim a value lies; below 0 on the other side. */
static double price_along(const mera_priority *item, double value)
{
    return item->to < item->value ? item->value - value : value - item->value;
}

double mera_price_at(const mera_priority *item, size_t unit, double to, const mera_price *cost,
                     size_t n_costs)
{
    const size_t payer = mera_price_payer(item->indicator, unit, cost, n_costs);
    const double way = price_along(item, to);
    double near = 0, near_cost = 0, far = INFINITY, far_cost = NAN;
    for (size_t c = 0; c < n_costs; c++) {
        const double along = price_along(item, cost[c].value);
        if (cost[c].indicator != item->indicator || cost[c].unit != payer) {
            continue;
        }
        if (isnan(cost[c].value)) {
            return way * cost[c].cost;
        }
        if (along > near && along <= way) {
            near = along;
            near_cost = cost[c].cost;
        }
        if (along >= way && along < far) {
            far = along;
            far_cost = cost[c].cost;
        }
    }
    return near == way ? near_cost
                       : near_cost + (far_cost - near_cost) * ((way - near) / (far - near));
}

double mera_price_of(const mera_priority *item, size_t unit, const mera_price *cost, size_t n_costs)
{
    return mera_price_at(item, unit, item->to, cost, n_costs);
}

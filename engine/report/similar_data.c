/* SPDX-License-Identifier: Apache-2.0 */
/** @file Similar units and clusters, for programs and as rows. */
#include "base/math.h"
#include "report/similar_json.h"

/* ---- similar to one unit ---- */

void mera_report_similar_json(mera_json *json, const mera_similar *similar,
                              const mera_result *result)
{
    static const char *const how[] = {"all", "widened", "groups"};
    mera_json_open(json, "similar", '{');
    mera_json_text(json, "how", how[similar->how]);
    mera_json_open(json, "groups", '{');
    for (size_t g = 0; g < similar->n_groups; g++) {
        mera_json_text(json, similar->grouping[g], similar->group[g]);
    }
    mera_json_close(json, '}');
    if (similar->n_clusters > 0) {
        mera_json_count(json, "cluster", similar->cluster);
        mera_json_count(json, "clusters", similar->n_clusters);
        mera_json_number(json, "silhouette", similar->silhouette);
    }
    mera_json_open(json, "units", '[');
    for (size_t i = 0; i < similar->n; i++) {
        mera_json_open(json, NULL, '{');
        mera_json_text(json, "unit", result->data->unit_key[similar->unit[i]]);
        if (similar->distance != NULL) {
            mera_json_number(json, "distance", similar->distance[i]);
        }
        mera_json_close(json, '}');
    }
    mera_json_close(json, ']');
    mera_json_close(json, '}');
}

static void similar_row(mera_rows *rows, const mera_result *r, size_t unit, size_t period)
{
    mera_rows_text(rows, r->data->unit_key[unit]);
    mera_rows_text(rows, r->data->unit_name[unit]);
    mera_rows_text(rows, r->period[period]);
}

mera_code mera_report_similar_rows(const mera_similar *of, const mera_result *r, size_t unit,
                                   size_t period, mera_rows *rows)
{
    mera_rows_begin(rows, "similar", "unit,name,period,similar,similar_name,distance");
    for (size_t i = 0; i < of->n; i++) {
        similar_row(rows, r, unit, period);
        mera_rows_text(rows, r->data->unit_key[of->unit[i]]);
        mera_rows_text(rows, r->data->unit_name[of->unit[i]]);
        mera_rows_number(rows, of->distance == NULL ? NAN : of->distance[i]);
        mera_rows_end(rows);
    }
    return mera_rows_done(rows);
}

static void similar_head_json(mera_json *json, const mera_result *r)
{
    mera_json_open(json, NULL, '{');
    mera_json_text(json, "methodology", r->methodology->id);
    mera_json_text(json, "sha256", r->methodology->sha256);
}

static mera_code similar_end_json(mera_json *json)
{
    mera_json_close(json, '}');
    mera_text_add(json->out, "\n");
    return json->out->failed ? MERA_ENOMEM : MERA_OK;
}

mera_code mera_report_similar_of_json(const mera_similar *of, const mera_result *r, size_t unit,
                                      size_t period, mera_text *out)
{
    mera_json json = {.out = out, .fresh = true, .pretty = true};
    similar_head_json(&json, r);
    mera_json_text(&json, "unit", r->data->unit_key[unit]);
    mera_json_text(&json, "name", r->data->unit_name[unit]);
    mera_json_text(&json, "period", r->period[period]);
    mera_report_similar_json(&json, of, r);
    return similar_end_json(&json);
}

/* ---- clusters ---- */

mera_code mera_report_clusters_rows(const mera_similar_clusters *clusters, const mera_result *r,
                                    mera_rows *rows)
{
    mera_rows_begin(rows, "clusters", "unit,name,period,cluster,clusters");
    for (size_t p = 0; p < r->n_periods; p++) {
        for (size_t i = 0; clusters[p].k > 0 && i < r->n_units; i++) {
            if (clusters[p].of[i] > 0) {
                similar_row(rows, r, i, p);
                mera_rows_count(rows, clusters[p].of[i]);
                mera_rows_count(rows, clusters[p].k);
                mera_rows_end(rows);
            }
        }
    }
    return mera_rows_done(rows);
}

static void clusters_period_json(mera_json *json, const mera_similar_clusters *of,
                                 const mera_result *r, size_t period)
{
    const size_t n = r->methodology->similar.n_near;
    mera_json_open(json, NULL, '{');
    mera_json_text(json, "period", r->period[period]);
    mera_json_number(json, "silhouette", of->silhouette);
    mera_json_open(json, "clusters", '[');
    for (size_t k = 0; k < of->k; k++) {
        mera_json_open(json, NULL, '{');
        mera_json_count(json, "cluster", k + 1);
        mera_json_open(json, "means", '{');
        for (size_t j = 0; j < n; j++) {
            mera_json_number(json, r->methodology->similar.near[j].column, of->mean[k * n + j]);
        }
        mera_json_close(json, '}');
        mera_json_open(json, "units", '[');
        for (size_t i = 0; i < r->n_units; i++) {
            if (of->of[i] == k + 1) {
                mera_json_text(json, NULL, r->data->unit_key[i]);
            }
        }
        mera_json_close(json, ']');
        mera_json_close(json, '}');
    }
    mera_json_close(json, ']');
    mera_json_close(json, '}');
}

mera_code mera_report_clusters_json(const mera_similar_clusters *clusters, const mera_result *r,
                                    mera_text *out)
{
    mera_json json = {.out = out, .fresh = true, .pretty = true};
    similar_head_json(&json, r);
    mera_json_open(&json, "periods", '[');
    for (size_t p = 0; p < r->n_periods; p++) {
        if (clusters[p].k > 0) {
            clusters_period_json(&json, &clusters[p], r, p);
        }
    }
    mera_json_close(&json, ']');
    return similar_end_json(&json);
}

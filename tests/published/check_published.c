/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * check_published NAME: runs `mera score` on an index of ../shared/data and compares with what its
 * publisher printed. Exit status 77 when the data are not there. The formulas and how exactly they
 * can be met are in ../shared/data/<index>/README.md.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "published.h"
#include "run.h"

enum { PUBLISHED_SKIPPED = 77 };

static const published_column hdi_columns[] = {
    {"hdi", "score", "2010", "hdi_2010", 189, 0},
    {"hdi", "score", "2021", "hdi_2021", 191, 0},
    {"hdi", "rank", "2021", "hdi_rank_2021", 191, 0},
    {"hdi", "class", "2021", "hdicode", 191, 0},
};
static const published_column ikgs_columns[] = {{"ikgs", "score", NULL, "points", 1116, 0}};
static const published_column idhm_columns[] = {
    {"longevity", "score", NULL, "idhm_l", 16695, 0},
    {"income", "score", NULL, "idhm_r", 16695, 0},
    {"education", "score", NULL, "idhm_e", 16695, 0},
    {"idhm", "score", NULL, "idhm", 16695, 0},
};
#define SVI(x, n)                          \
    {                                      \
#x, "score", NULL, "EPL_" #x, n, 0 \
    }
#define SVI_THEME(t, n)                                    \
    {"theme" #t, "aggregate", NULL, "SPL_THEME" #t, n, 0}, \
    {                                                      \
        "theme" #t, "score", NULL, "RPL_THEME" #t, n, 0    \
    }
static const published_column svi_columns[] = {
    SVI(POV, 3141),
    SVI(UNEMP, 3141),
    SVI(PCI, 3141),
    SVI(NOHSDP, 3142),
    SVI(AGE65, 3142),
    SVI(AGE17, 3142),
    SVI(DISABL, 3142),
    SVI(SNGPNT, 3142),
    SVI(MINRTY, 3142),
    SVI(LIMENG, 3142),
    SVI(MUNIT, 3142),
    SVI(MOBILE, 3142),
    SVI(CROWD, 3142),
    SVI(NOVEH, 3142),
    SVI(GROUPQ, 3142),
    SVI_THEME(1, 3141),
    SVI_THEME(2, 3142),
    SVI_THEME(3, 3142),
    SVI_THEME(4, 3142),
    {"svi", "aggregate", NULL, "SPL_THEMES", 3141, 0},
    {"svi", "score", NULL, "RPL_THEMES", 3141, 0},
};
static const published_column townsend_columns[] = {
    {"townsend", "score", NULL, "TDS", 9481, 1e-12},
    {"townsend", "class", NULL, "quintile", 9481, 0},
};
/* The scores are published with 8 decimals: half a unit of the last one, and rounding of a sum. */
#define WIMD(node, name)                                \
    {node, "score", NULL, name "_score", 1909, 5.5e-9}, \
    {                                                   \
        node, "class", NULL, name "_decile", 1909, 0    \
    }
static const published_column wimd_columns[] = {
    WIMD("income", "Income"),
    WIMD("employment", "Employment"),
    WIMD("health", "Health"),
    WIMD("education", "Education"),
    WIMD("access", "Access"),
    WIMD("housing", "Housing"),
    WIMD("environment", "Environment"),
    WIMD("crime", "Crime"),
    WIMD("wimd", "IMD"),
    {"wimd", "rank", NULL, "IMD_rank", 1909, 0},
};
static const published_column ghi_columns[] = {
    {"ghi", "score", "1992", "score1992", 96, 0},
    {"ghi", "score", "2000", "score2000", 112, 0},
    {"ghi", "score", "2008", "score2008", 108, 0},
    {"ghi", "score", "2016", "score2016", 102, 0},
};

#define COLUMNS(x) .column = x##_columns, .n_columns = sizeof x##_columns / sizeof x##_columns[0]
static const published_index published_indices[] = {
    {.name = "hdi",
     .data = "undp_hdi_2010_2021/hdi.csv",
     .table = "undp_hdi_2010_2021/hdi.csv",
     .key = {"iso3"},
     COLUMNS(hdi)},
    {.name = "ikgs",
     .data = "ru_ikgs_2020/cities.csv",
     .table = "ru_ikgs_2020/cities.csv",
     .key = {"name", "region"},
     COLUMNS(ikgs),
     .more = published_ikgs},
    {.name = "oecd-bli",
     .data = "oecd_bli_2015/indicators.csv",
     .table = "oecd_bli_2015/topic_scores.csv",
     .key = {"CountryCode"},
     .more = published_bli},
    {.name = "idhm",
     .data = "br_idhm_1991_2010/municipios.csv",
     .table = "br_idhm_1991_2010/municipios.csv",
     .key = {"codmun7"},
     .period = "ano",
     COLUMNS(idhm)},
    {.name = "svi",
     .data = "us_svi_2018_county/SVI2018_US_COUNTY.csv",
     .table = "us_svi_2018_county/SVI2018_US_COUNTY.csv",
     .key = {"FIPS"},
     .missing = {"-999.0000", "-999"},
     COLUMNS(svi),
     .indicators = true},
    {.name = "townsend",
     .data = "uk_townsend_2011_ward/dataset.csv",
     .table = "uk_townsend_2011_ward/scores.csv",
     .key = {"GEO_CODE"},
     COLUMNS(townsend)},
    {.name = "wimd",
     .data = "wales_wimd_2019/wimd2019_lsoa.csv",
     .table = "wales_wimd_2019/wimd2019_lsoa.csv",
     .key = {"lsoa11_code"},
     COLUMNS(wimd)},
    {.name = "ghi",
     .data = "ifpri_ghi_2016/ghi-indicators.csv",
     .table = "ifpri_ghi_2016/ghi-scores.csv",
     .key = {"country"},
     .missing = {"-"},
     COLUMNS(ghi),
     .more = published_ghi},
};

static table *published_scores(const published_index *index, const char *shared)
{
    char arguments[3072];
    snprintf(arguments, sizeof arguments, "score '%s/methodologies/%s' --data '%s/data/%s'%s",
             MERA_SOURCE_DIR, index->name, shared, index->data,
             index->indicators ? " --indicators" : "");
    return run_mera(arguments);
}

static int published_check(const published_index *index, const char *shared)
{
    char path[1024];
    int wrong = 0;

    snprintf(path, sizeof path, "%s/data/%s", shared, index->table);
    table *published = table_read(path);
    if (published == NULL) {
        printf("skipped: %s is not there\n", path);
        return PUBLISHED_SKIPPED;
    }
    table *scores = published_scores(index, shared);
    if (scores == NULL) {
        table_free(published);
        return 1;
    }
    for (size_t i = 0; i < index->n_columns; i++) {
        wrong += published_compare(index, &index->column[i], scores, published);
    }
    if (index->more != NULL) {
        wrong += index->more(scores, published, shared);
    }
    table_free(scores);
    table_free(published);
    return wrong > 0 ? 1 : 0;
}

int main(int argc, char **argv)
{
    const char *shared = getenv("MERA_SHARED");
    const size_t n = sizeof published_indices / sizeof published_indices[0];

    if (shared == NULL) {
        shared = MERA_SOURCE_DIR "/../shared";
    }
    for (size_t i = 0; argc == 2 && i < n; i++) {
        if (strcmp(published_indices[i].name, argv[1]) == 0) {
            return published_check(&published_indices[i], shared);
        }
    }
    fprintf(stderr, "usage: check_published NAME, one of:");
    for (size_t i = 0; i < n; i++) {
        fprintf(stderr, " %s", published_indices[i].name);
    }
    fprintf(stderr, "\n");
    return 2;
}

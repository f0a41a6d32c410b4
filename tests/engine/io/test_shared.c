/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The tables of ../shared/data, as their publishers made them. Counts and cells are those the
 * READMEs beside the files state, or were looked up in the files (ref_region.csv has the 85 regions
 * and Baikonur).
 */
#include "io_test.h"

#include "io/file.h"

static const char *shared(fixture *f, const char *name)
{
    const char *root = getenv("MERA_SHARED");
    return mera_arena_printf(f->arena, "%s/data/%s",
                             root != NULL ? root : MERA_SOURCE_DIR "/../shared", name);
}

#define SKIP_UNLESS(path)                                        \
    do {                                                         \
        if (!mera_file_exists(path)) {                           \
            print_message("skipped: %s is not there\n", (path)); \
            skip();                                              \
        }                                                        \
    } while (0)

static const struct {
    const char *name;
    size_t n_rows, n_fields;
    char delimiter;
} tables[] = {
    {"asem/asem_idata.csv", 51, 60, ','},
    {"asem/asem_imeta.csv", 68, 10, ','},
    {"asem/asem_idata_p.csv", 255, 60, ','},
    {"asem/world_denoms.csv", 249, 7, ','},
    {"br_idhm_1991_2010/municipios.csv", 16695, 125, ','},
    {"ifpri_ghi_2016/ghi-indicators.csv", 131, 29, ','},
    {"oecd_bli_2015/indicators.csv", 36, 26, ','},
    {"ru_ikgs_2020/cities.csv", 1116, 14, ','},
    {"ru_ikgs_2020/ref_city.csv", 1117, 24, ','},
    {"ru_ikgs_2020/ref_region.csv", 86, 15, ','},
    {"ru_regions_2000_2020/regions_rosstat.csv", 1827, 18, ','},
    {"uk_townsend_2011_ward/dataset.csv", 9481, 16, ','},
    {"uk_townsend_2011_ward/scores.csv", 9481, 5, ','},
    {"undp_hdi_2010_2021/hdi.csv", 195, 15, ','},
    {"us_svi_2018_county/SVI2018_US_COUNTY.csv", 3142, 125, ','},
    {"wales_wimd_2019/wimd2019_lsoa.csv", 1909, 28, ','},
};

static void every_table_is_described_with_the_rows_its_readme_states(void **state)
{
    fixture *f = *state;
    for (size_t i = 0; i < COUNT(tables); i++) {
        const char *path = shared(f, tables[i].name);
        SKIP_UNLESS(path);
        mera_file_report report;
        const mera_source source = {.path = path};
        assert_int_equal(mera_data_describe(&source, f->arena, f->diags, &report), MERA_OK);
        assert_int_equal(report.n_rows, tables[i].n_rows);
        assert_int_equal(report.n_fields, tables[i].n_fields);
        assert_int_equal(report.delimiter, tables[i].delimiter);
        assert_string_equal(report.encoding, "utf-8");
        assert_int_equal(found(&report, "ragged-row"), 0);
    }
    assert_int_equal(mera_diags_count(f->diags, MERA_ERROR), 0);
}

static void brazilian_municipalities_over_three_years(void **state)
{
    fixture *f = *state;
    const char *path = shared(f, "br_idhm_1991_2010/municipios.csv");
    SKIP_UNLESS(path);
    assert_int_equal(read_one(f, (mera_source){.path = path,
                                               .key = {"codmun7"},
                                               .n_key = 1,
                                               .name = "municipio",
                                               .period = "ano"}),
                     MERA_OK);
    assert_int_equal(f->data->n_units, 5565);
    assert_int_equal(f->data->n_periods, 3);
    assert_string_equal(f->data->period[0], "1991");
    assert_close(number_at(f, "espvida", "1100015", "1991"), 62.01, 0);
    assert_close(number_at(f, "idhm", "1100015", "2010"), 0.641, 0);
}

static void hdi_with_years_in_its_field_names(void **state)
{
    fixture *f = *state;
    const char *path = shared(f, "undp_hdi_2010_2021/hdi.csv");
    SKIP_UNLESS(path);
    const mera_source source = {.path = path,
                                .key = {"iso3"},
                                .n_key = 1,
                                .name = "country",
                                .header_period = "{column}_{period}"};
    const char *const columns[] = {"le", "eys", "mys", "gnipc", "hdi"}, *const texts[] = {"region"};
    const mera_read_request request = {
        .column = columns, .n_columns = 5, .attribute = texts, .n_attributes = 1};
    assert_int_equal(read_request(f, request, &source, 1), MERA_OK);
    assert_int_equal(f->data->n_units, 195);
    assert_int_equal(f->data->n_periods, 2);
    assert_close(number_at(f, "le", "AFG", "2010"), 60.8508, 0);
    assert_close(number_at(f, "hdi", "AGO", "2021"), 0.586, 0);
    assert_string_equal(text_at(f, "region", "ALB", "2021"), "ECA");
}

static void counties_keep_their_leading_zeros_and_declared_gaps(void **state)
{
    fixture *f = *state;
    const char *path = shared(f, "us_svi_2018_county/SVI2018_US_COUNTY.csv");
    SKIP_UNLESS(path);
    const mera_mark gap = {"-999", MERA_ABSENT};
    const mera_source source = {
        .path = path, .key = {"FIPS"}, .n_key = 1, .name = "COUNTY", .mark = &gap, .n_mark = 1};
    const char *const columns[] = {"E_POV"};
    const mera_read_request request = {.column = columns, .n_columns = 1};
    assert_int_equal(read_request(f, request, &source, 1), MERA_OK);
    assert_int_equal(f->data->n_units, 3142);
    assert_missing(number_at(f, "E_POV", "35039", "")); /* Rio Arriba, says the README */
    assert_true(mera_dataset_unit(f->data, "01001") != SIZE_MAX);
    /* Washington, Jefferson, ...: more than are kept */
    assert_int_equal(found(&f->report.file[0], "namesake"), 1000);
}

static void wards_whose_keys_carry_trailing_blanks(void **state)
{
    fixture *f = *state;
    const char *path = shared(f, "uk_townsend_2011_ward/dataset.csv");
    SKIP_UNLESS(path);
    const char *const columns[] = {"F244"};
    const mera_source source = {.path = path, .key = {"GEO_CODE"}, .n_key = 1};
    const mera_read_request request = {.column = columns, .n_columns = 1};
    assert_int_equal(read_request(f, request, &source, 1), MERA_OK);
    assert_close(number_at(f, "F244", "95AA01", ""), 2473, 0);
    assert_said(f->diags, "blanks were taken off the ends of ");
}

static void population_of_cities_inside_text(void **state)
{
    fixture *f = *state;
    const char *path = shared(f, "ru_ikgs_2020/cities.csv");
    SKIP_UNLESS(path);
    const char *const columns[] = {"population", "points"};
    const mera_source source = {
        .path = path, .key = {"name", "region"}, .n_key = 2, .numbers_in_text = true};
    const mera_read_request request = {.column = columns, .n_columns = 2};
    assert_int_equal(read_request(f, request, &source, 1), MERA_OK);
    assert_int_equal(f->data->n_units, 1116);
    assert_close(number_at(f, "population", "Красновишерск / Пермский край", ""), 14.8, 0);
    assert_close(number_at(f, "points", "Красновишерск / Пермский край", ""), 169, 0);
}

static void regions_over_21_years_with_NA(void **state)
{
    fixture *f = *state;
    const char *path = shared(f, "ru_regions_2000_2020/regions_rosstat.csv");
    SKIP_UNLESS(path);
    assert_int_equal(
        read_one(f,
                 (mera_source){.path = path, .key = {"region_rus"}, .n_key = 1, .period = "year"}),
        MERA_OK);
    assert_int_equal(f->data->n_units, 87);
    assert_int_equal(f->data->n_periods, 21);
    assert_close(number_at(f, "basket", "Белгородская область", "2001"), 2353.2, 0);
    assert_int_equal(reason_at(f, "manuf", "Белгородская область", "2000"), MERA_ABSENT);
}

static void hunger_scores_below_five_are_bounds(void **state)
{
    fixture *f = *state;
    const char *path = shared(f, "ifpri_ghi_2016/ghi-scores.csv");
    SKIP_UNLESS(path);
    const char *const columns[] = {"score"};
    const mera_source source = {
        .path = path, .key = {"countrycode3"}, .n_key = 1, .header_period = "{column}{period}"};
    const mera_read_request request = {.column = columns, .n_columns = 1};
    assert_int_equal(read_request(f, request, &source, 1), MERA_OK);
    assert_int_equal(f->data->n_periods, 4);
    assert_close(number_at(f, "score", "AFG", "1992"), 49.3, 0);
    assert_true(found(&f->report.file[0], "censored") > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_table_is_described_with_the_rows_its_readme_states),
        TEST(brazilian_municipalities_over_three_years),
        TEST(hdi_with_years_in_its_field_names),
        TEST(counties_keep_their_leading_zeros_and_declared_gaps),
        TEST(wards_whose_keys_carry_trailing_blanks),
        TEST(population_of_cities_inside_text),
        TEST(regions_over_21_years_with_NA),
        TEST(hunger_scores_below_five_are_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The files that `mera new` writes: a methodology small enough to read whole, with one example of
 * each thing people change first, and invented numbers that say they are invented.
 */
#include "cli/new_files.h"

#include <stddef.h>

static const char new_methodology[] =
    "mera: 1\n"
    "id: {id}\n"
    "version: \"0.1\"\n"
    "title: {en: A new index (generated example), ru: Новый индекс (придуманный пример)}\n"
    "\n"
    "units: {key: code, name: name, groups: {size: size}}\n"
    "data:\n"
    "  - {file: data/generated_towns.csv}\n"
    "\n"
    "indicators:\n"
    "  floor_area:\n"
    "    title: {en: Floor area a resident, ru: Жилая площадь на жителя}\n"
    "    unit: m2/person\n"
    "    direction: higher\n"
    "  clinics:\n"
    "    title: {en: Clinics, ru: Поликлиники}\n"
    "    unit: count\n"
    "    direction: higher\n"
    "    denominate: {by: population, per: 10000}\n"
    "  green_share:\n"
    "    title: {en: Green share of built land, ru: Доля зелени в застройке}\n"
    "    formula: green_area / built_area * 100\n"
    "    unit: \"%\"\n"
    "    direction: higher\n"
    "  air:\n"
    "    title: {en: Air pollution index, ru: Индекс загрязнения атмосферы}\n"
    "    unit: index\n"
    "    direction: lower\n"
    "    goalposts: [0, 14]\n"
    "    normalise: {op: goalposts, clamp: both}\n"
    "\n"
    "steps:\n"
    "  impute: {op: median}\n"
    "  normalise: {op: minmax, range: [0, 100]}\n"
    "  aggregate: {op: arithmetic}\n"
    "\n"
    "framework:\n"
    "  id: index\n"
    "  title: {en: Quality of life, ru: Качество жизни}\n"
    "  nodes:\n"
    "    - id: living\n"
    "      title: {en: Living, ru: Жизнь}\n"
    "      weight: 2\n"
    "      indicators: {floor_area: 1, clinics: 1}\n"
    "    - id: nature\n"
    "      title: {en: Nature, ru: Природа}\n"
    "      weight: 1\n"
    "      indicators: {green_share: 1, air: 2}\n"
    "\n"
    "classify: {bands: {D: 0, C: 40, B: 60, A: 75}}\n"
    "\n"
    "variants:\n"
    "  equal: {title: {en: Equal weights, ru: Равные веса}, weights: equal}\n"
    "  nature_first: {title: {en: Nature first, ru: Сначала природа}, set: "
    "{framework.nature.weight: 4}}\n";

static const char new_data[] =
    "code,name,size,population,floor_area,clinics,green_area,built_area,air\n"
    "01,Generated town Alder,small,18400,24.1,2,410,1300,4.2\n"
    "02,Generated town Birch,small,22900,21.7,3,380,1510,6.8\n"
    "03,Generated town Cedar,medium,61200,26.4,8,920,3100,9.5\n"
    "04,Generated town Dogwood,medium,74800,23.9,7,1240,3650,3.1\n"
    "05,Generated town Elm,small,15100,28.2,,260,990,2.4\n"
    "06,Generated town Fir,medium,88300,20.3,12,1010,4420,12.6\n"
    "07,Generated town Hazel,small,31700,25.5,4,690,1880,5.7\n"
    "08,Generated town Linden,medium,52600,22.8,5,870,2640,7.9\n";

static const char new_readme[] =
    "# {id}\n"
    "\n"
    "A methodology made by `mera new`. The towns and numbers in `data/generated_towns.csv` are\n"
    "**generated**: no such places exist. Put your own file in their place.\n"
    "\n"
    "    mera score .                              the table\n"
    "    mera explain . --unit 05                  why a number is what it is\n"
    "    mera score . --set framework.nature.weight=4\n"
    "    mera compare .                            the variants side by side\n"
    "    mera check .                              every error and warning at once\n"
    "\n"
    "`mera ops` lists the operations for `steps:`; `mera schema -o methodology.schema.json` gives "
    "an\n"
    "editor completion.\n";

const cli_new_file *cli_new_files(void)
{
    static const cli_new_file files[] = {
        {"methodology.yaml", new_methodology},
        {"data/generated_towns.csv", new_data},
        {"README.md", new_readme},
        {NULL, NULL},
    };
    return files;
}

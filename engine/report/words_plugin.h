/* SPDX-License-Identifier: Apache-2.0 */
/** @file Words of the tools for authors of plugins; the rest is in words.h. */
#ifndef REPORT_WORDS_PLUGIN_H
#define REPORT_WORDS_PLUGIN_H

/* clang-format off */
#define MERA_WORDS_PLUGIN(X) \
    X(TRIAL_PASSED, "ok", "ок") \
    X(TRIAL_FAILED, "failed", "провал") \
    X(TRIAL_SKIPPED, "skipped", "пропуск") \
    X(ADMITTED_YES, "ok", "ок") \
    X(ADMITTED_DOUBT, "warning", "внимание") \
    X(ADMITTED_NO, "refused", "отказ") \
    X(ASK_COVERAGE, "coverage", "охват") \
    X(ASK_REDUNDANCY, "redundancy", "избыточность") \
    X(ASK_DISCRIMINATION, "discrimination", "различение") \
    X(ASK_UNIT, "unit", "единица") \
    X(ASK_DIRECTION, "direction", "направление") \
    X(HAVE_A_VALUE, "units have a value", "территорий со значением") \
    X(NEAREST_IS, "nearest is", "ближайший —") \
    X(NO_CORE_INDICATOR, "no core indicator to compare", "не с чем сравнить: нет показателя ядра") \
    X(DIFFERENT_VALUES, "different values, the commonest at", "разных значений, самое частое у") \
    X(PER_CENT_OF_UNITS, "% of units", "% территорий") \
    X(NO_UNIT_SAID, "no unit of measure is said", "единица измерения не названа") \
    X(HIGHER_IS_BETTER, "higher is better", "больше — лучше") \
    X(LOWER_IS_BETTER, "lower is better", "меньше — лучше") \
    X(A_TARGET, "a target", "цель") \
    X(PLACES_HEAD, "places", "места") \
    X(HAVE_EXTENDED, "units with a core score have an extended one", "территорий с баллом ядра имеют и расширенный") \
    X(PLACES_MOVE_BY, "among them places move by", "их места сдвигаются на") \
    X(ON_AVERAGE_AT_MOST, "on average, at most by", "в среднем, самое большее на") \
    X(NOBODY, "nobody", "ни у кого") \
    X(ADMITTED, "admitted", "допущено") \
    X(NOT_ADMITTED, "not admitted", "не допущено") \
    X(COST_ITEM, "item", "часть") \
    X(COST_MS, "ms", "мс") \
    X(COST_NS, "ns/unit", "нс/терр.") \
    X(COST_INSTRUCTIONS, "instructions", "инструкций") \
    X(COST_PER_UNIT, "a unit", "на терр.") \
    X(COST_PEAK, "peak MiB", "пик, МиБ") \
    X(COST_HEAD, "units, numbers made up; time is this machine's", "территорий, числа придуманы; время — этой машины") \
    X(LIST_PLUGIN, "plugin", "плагин") \
    X(LIST_VERSION, "version", "версия") \
    X(LIST_STATE, "state", "состояние") \
    X(LIST_OFFERS, "offers", "даёт") \
    X(LIST_FOLDER, "folder", "папка") \
    X(STATE_OK, "ok", "ок") \
    X(STATE_BROKEN, "broken", "сломан") \
    X(STATE_HIDDEN, "hidden", "заслонён") \
    X(REPL_MISSING, "missing", "пропуск") \
    X(REPL_PRESENT, "present, lowest", "есть, наименьшее") \
    X(REPL_MEAN, "mean", "среднее") \
    X(REPL_HIGHEST, "highest", "наибольшее") \
    X(KIND_INDICATOR, "indicator", "показатель") \
    X(KIND_IMPUTER, "imputer", "восполнение") \
    X(KIND_TREATER, "treater", "сглаживание") \
    X(KIND_NORMALISER, "normaliser", "нормировка") \
    X(KIND_WEIGHER, "weigher", "взвешивание") \
    X(KIND_AGGREGATOR, "aggregator", "свёртка") \
    X(KIND_CHECK, "check", "проверка")
/* clang-format on */

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The words of reports in Russian and English: one list, so that no page mixes languages. Error
 * messages are English and do not come from here.
 */
#ifndef MERA_REPORT_WORDS_H
#define MERA_REPORT_WORDS_H

#include "report/words_analysis.h"
#include "report/words_book.h"
#include "report/words_plugin.h"

/* clang-format off */
#define MERA_WORDS(X) \
    X(PLACE, "#", "№") \
    X(PLACE_OF, "place", "место") \
    X(UNIT, "unit", "территория") \
    X(SCORE, "score", "балл") \
    X(CLASS, "class", "класс") \
    X(COVERAGE, "data", "данные") \
    X(CORE_PLACE, "core #", "№ ядра") \
    X(CORE_SCORE, "core", "ядро") \
    X(GROUP_PLACE, "in group", "в группе") \
    X(PROFILE, "profile", "профиль") \
    X(PERIOD, "period", "период") \
    X(VARIANT, "variant", "вариант") \
    X(PERIODS_MORE, "other periods (--period)", "других периодов (--period)") \
    X(UNITS, "units", "территорий") \
    X(INDICATORS, "indicators", "показателей") \
    X(IMPUTED, "imputed cells", "восполнено ячеек") \
    X(TREATED, "treated", "сглажено") \
    X(MISSING, "missing", "пропусков") \
    X(WARNINGS, "warnings", "предупреждений") \
    X(SCREENED, "left out by screening", "не прошли отбор по полноте") \
    X(NOT_RANKED, "without a score", "без балла") \
    X(SHOWN, "shown", "показано") \
    X(OF, "of", "из") \
    X(OUT_OF, "of", "из") \
    X(WEIGHT, "weight", "вес") \
    X(SHARE_OF_INDEX, "of the index", "индекса") \
    X(SHARE_OF_NODE, "of", "узла") \
    X(MEAN_ALL, "mean of all", "в среднем у всех") \
    X(CONTRIBUTION, "against the mean", "к среднему") \
    X(NO_VALUE, "no value", "нет значения") \
    X(LEFT_OUT, "left out", "не учтено") \
    X(RAW, "in the data", "в данных") \
    X(FITTED_ON, "fitted on", "подобрано по") \
    X(AGGREGATED, "aggregated by", "свёртка") \
    X(FORMULA, "formula", "формула") \
    X(INDICATOR, "indicator", "показатель") \
    X(NOW, "is", "сейчас") \
    X(NEEDED, "would have to be", "нужно") \
    X(POINTS, "points", "баллы") \
    X(ABOVE, "above it:", "выше:") \
    X(NOBODY_ABOVE, "nobody is above it", "выше никого нет") \
    X(BEYOND_ALL, "better than anybody has", "лучше, чем у всех") \
    X(MOVES_NOTHING, "moves nothing", "ничего не меняет") \
    X(NOT_ALONE, "not with this alone", "одного этого мало") \
    X(NOT_EVEN_AT, "not even at", "мало даже при") \
    X(RULE_ADDS, "rule (floor, veto)", "правило (порог, вето)") \
    X(ROUNDING_ADDS, "rounding", "округление") \
    X(SPLIT, "split", "разложено") \
    X(SPLIT_LOG, "by logarithms", "по логарифмам") \
    X(SPLIT_SHAPLEY, "by Shapley values", "по Шепли") \
    X(SPLIT_ORDERS, "random orders, standard error up to", "случайных порядков, ошибка до") \
    X(SPLIT_PROPORTIONAL, "in proportion to weight and distance from the mean", \
      "пропорционально весу и расстоянию до среднего") \
    X(SPLIT_FROM, "from the score of all means", "от балла при средних значениях") \
    X(PULLS_UP, "pulls up most", "сильнее всего поднимает") \
    X(PULLS_DOWN, "pulls down most", "сильнее всего тянет вниз") \
    X(STATED, "stated", "задано") \
    X(SHARE_WITHIN, "share within", "доля внутри") \
    X(WRITTEN_AT, "written at", "записано в") \
    X(SHARE_TOTAL, "share of the index", "доля в индексе") \
    X(IS_ROOT, "is the index itself: it has no weight", "это сам индекс: веса у него нет") \
    X(NOTHING_DIFFERS, "no setting differs", "настройки не различаются") \
    X(DIFFERS, "what differs", "чем отличаются") \
    X(SIDES, "sides", "варианты") \
    X(FARTHEST, "farthest from the first", "дальше всего от первого") \
    X(ORDERS, "different orders", "разных порядков") \
    X(SAME_ORDER, "the same order", "один и тот же порядок") \
    X(MEDOID, "nearest to all", "ближе всего ко всем") \
    X(BEST_PLACE, "best", "лучшее") \
    X(WORST_PLACE, "worst", "худшее") \
    X(IN_SIDE, "in", "где") \
    X(MOVES, "who moved", "кто сдвинулся") \
    X(WHY, "which change moved whom", "какая замена кого сдвинула") \
    X(MOVE, "move", "сдвиг") \
    X(CHANGE, "change", "замена") \
    X(CHANGES, "by its changes", "по заменам") \
    X(PLACES, "places", "места") \
    X(TOGETHER, "together", "вместе") \
    X(OTHERS, "others", "других") \
    X(AND, "and", "и ещё") \
    X(MORE, "more", "к ней") \
    X(RANDOM_ORDERS, "random orders of changes", "случайных порядков замен") \
    X(NO_PLACE_THERE, "it has no place on one of the ways there", "на одном из путей у неё нет места") \
    X(RUN, "run", "прогон") \
    X(WHEN, "when", "когда") \
    X(COMMAND, "command", "команда") \
    X(SIDE, "variant", "вариант") \
    X(RANKED, "ranked", "с местом") \
    X(FIRST, "first", "первые") \
    X(SETTINGS, "settings", "настройки") \
    X(METHODOLOGY, "methodology", "методология") \
    X(ENGINE, "engine", "движок") \
    X(REGISTRATION, "registration", "регистрация") \
    X(FILES, "data", "данные") \
    X(PLUGINS, "plugins", "плагины") \
    X(AS_WRITTEN, "as in the file", "как в файле") \
    X(IS_ANOTHER, "not the same", "не те же") \
    X(VARIANTS, "variants", "вариантов") \
    X(MEDIAN, "median", "медиана") \
    X(OTHER_DATA, "left out, of other data", "не показано прогонов на других данных") \
    X(REGISTERED_BEFORE, "registered before these data", "зарегистрирована до этих данных") \
    X(REGISTERED_WITH, "registered when these data were there", "зарегистрирована, когда эти данные уже были") \
    X(REGISTERED_CHANGED, "changed since its registration", "изменена после регистрации") \
    X(NEARLY_SAME, "nearly the same order, tau 0.95 or more", "почти один порядок, тау не меньше 0.95") \
    X(BESIDE_SIMILAR, "beside its similar units", "рядом с похожими территориями") \
    X(AMONG_SIMILAR_MEDIAN, "among similar; their median", "среди похожих; их медиана") \
    X(NOBODY_MOVED, "nobody moved", "никто не сдвинулся") \
    X(MOVED, "moved", "сдвинулось") \
    X(MEAN_SHIFT, "mean shift", "средний сдвиг") \
    X(MAX_SHIFT, "largest", "наибольший") \
    X(TOP_COMMON, "top kept", "в топе") \
    X(COMMON_ONLY, \
      "Not all sides rank the same units: moves and shifts are counted among those that both rank, " \
      "a place is that in the side's own list.", \
      "Стороны дают места не одним и тем же территориям: сдвиги считаются среди тех, у кого место есть " \
      "на обеих, а место — из собственного списка стороны.") \
    X(NOT_SET, "(not set)", "(не задано)") \
    X(OF_GROUP, "of group", "группы") \
    X(OF_ALL_UNITS, "of all units", "всех территорий") \
    X(IN_PERIOD, "in", "за") \
    X(IN_ALL_PERIODS, "in all periods", "за все периоды") \
    X(REASON_OBSERVED, "observed", "наблюдалось") \
    X(REASON_ABSENT, "absent", "отсутствует") \
    X(REASON_SUPPRESSED, "suppressed", "скрыто источником") \
    X(REASON_NOT_APPLICABLE, "not applicable", "неприменимо") \
    X(REASON_CENSORED, "censored", "дана только граница") \
    X(REASON_ZERO_MISSING, "zero taken as missing", "ноль принят за пропуск") \
    X(REASON_UNREADABLE, "unreadable", "не читается") \
    X(REASON_UNDEFINED, "undefined", "не определено") \
    X(SCALE_POINTS, "points", "баллы") \
    X(SCALE_SHARES, "shares", "доли") \
    X(SCALE_GRADES, "grades", "оценки") \
    X(LAYOUT_WIDE, "wide", "широкая таблица") \
    X(LAYOUT_LONG, "long", "длинная таблица") \
    X(LAYOUT_SURVEY, "survey", "ответы опроса") \
    X(LAYOUT_BLOCKS, "blocks", "таблицы одна под другой") \
    X(COMMA, "comma", "запятая") \
    X(SEMICOLON, "semicolon", "точка с запятой") \
    X(TAB, "tab", "табуляция") \
    X(BAR, "bar", "черта") \
    X(DECIMAL, "decimal", "десятичный знак") \
    X(FIELD, "field", "поле") \
    X(KIND, "kind", "вид") \
    X(NUMBER, "number", "число") \
    X(TEXT, "text", "текст") \
    X(PRESENT, "present", "есть") \
    X(CENSORED, "censored", "границы") \
    X(UNREADABLE, "unreadable", "нечитаемых") \
    X(LOWEST, "lowest", "наименьшее") \
    X(HIGHEST, "highest", "наибольшее") \
    X(DISTINCT, "distinct", "разных") \
    X(EXAMPLE, "example", "пример") \
    X(FINDINGS, "found", "замечено") \
    X(PART, "part", "часть") \
    X(STATED_WEIGHT, "weight", "вес") \
    X(INDEX_WEIGHT, "in index", "в индексе") \
    X(COUNTS, "counts", "значит") \
    X(CORRELATION, "r", "r") \
    X(LINEAR_SHARE, "linear", "линейно") \
    X(SHAPLEY_SHARE, "Shapley", "Шепли") \
    X(DIVERGENCE, "divergence", "расхождение") \
    X(UNITS_WITH_ALL, "units with all parts", "территории со всеми частями") \
    X(IMPORTANCE_NOTE, \
      "Bar: what a part counts; ┃ its weight. r: Pearson. η², main effect: Var(E[y|x]) / Var(y) by a natural cubic spline, its penalty by " \
      "generalised cross-validation. Linear: w cov(x, y) / Var(y). Shapley: fair parts of R² " \
      "(LMG). Counts: main effects brought to a sum of 1. Divergence: the largest difference of " \
      "main effect and weight, each divided by its largest (Paruolo et al. 2013).", \
      "Полоса: сколько часть значит; ┃ её вес. r: Пирсон. η², главный эффект: Var(E[y|x]) / Var(y) по натуральному кубическому сплайну, штраф " \
      "выбран обобщённой перекрёстной проверкой. Линейно: w cov(x, y) / Var(y). Шепли: " \
      "справедливые доли R² (LMG). Значит: главные эффекты, приведённые к сумме 1. Расхождение: " \
      "наибольшая разность главного эффекта и веса, каждый делён на свой наибольший (Paruolo и " \
      "др. 2013).") \
    X(HOW_SURE, "how sure a place is", "насколько надёжны места") \
    X(INTERVAL, "interval", "интервал") \
    X(BAND, "band", "ступень") \
    X(TOP_CHANCE, "top", "топ") \
    X(DRAWS, "weightings drawn", "наборов весов") \
    X(JOINT_DRAWS, "draws", "наборов") \
    X(LAW_RANGE, "each weight within ±", "каждый вес в пределах ±") \
    X(LAW_DIRICHLET, "Dirichlet around the given weights, concentration", \
      "распределение Дирихле вокруг заданных весов, концентрация") \
    X(LAW_SIMPLEX, "all weights equally likely", "все веса равновозможны") \
    X(LAW_BOUNDS, "all weights within the stated bounds and orders equally likely", \
      "все веса в заданных границах и порядках равновозможны") \
    X(LAW_FIXED, "weights as given", "веса как заданы") \
    X(LAW_UNSAID, "the methodology does not say how sure its weights are (key 'uncertainty'): ± 25 % is assumed", \
      "методология не говорит, насколько надёжны веса (ключ uncertainty): принято ± 25 %") \
    X(LAW_OF_NODE, "at", "в узле") \
    X(DRAWN_TOGETHER, "drawn together with", "вместе с ними меняется") \
    X(FACTOR_CHOICES, "choices", "вариантов") \
    X(FACTOR_VARIANTS, "variants", "вариантов методологии") \
    X(FACTOR_RANGE, "from", "от") \
    X(FACTOR_TO, "to", "до") \
    X(FACTOR_DROP_ONE, "one indicator or none left out of", "выпадает один показатель или ни одного из") \
    X(FACTOR_DROP_EACH, "left out by chance, of", "выпадают случайно, из") \
    X(FACTOR_NOISE, "errors of indicators:", "погрешности показателей:") \
    X(FACTOR_IMPUTED, "errors of imputed values", "погрешности восполненных значений") \
    X(FACTOR_TIMES, "times the imputers' own", "собственных погрешностей восполнения") \
    X(FAILED_DRAWS, "draws that gave no scores, and are not counted", \
      "вариантов, не давших баллов (не учтены)") \
    X(NARROW_UNITS, "interval of at most 10 places", "интервал не шире 10 мест") \
    X(BANDS, "bands", "ступеней") \
    X(CAN_BE_FIRST, "first in some draws", "бывают первыми") \
    X(STABLE_WEIGHTS, "how far one weight may go, the others in proportion, before two neighbours change places", \
      "насколько можно изменить один вес (остальные в пропорции), пока соседи не поменяются местами") \
    X(STABLE_FROM_TO, "order holds", "порядок держится") \
    X(CHANGE_BELOW, "below: change places", "ниже меняются местами") \
    X(CHANGE_ABOVE, "above: change places", "выше меняются местами") \
    X(LEAST_SURE, "least sure neighbours: their order holds while less than this share of the weight goes elsewhere", \
      "самые ненадёжные соседи: порядок держится, пока иначе распределена меньшая доля веса") \
    X(EPSILON, "epsilon", "эпсилон") \
    X(SPEAKS_FOR_LOWER, "speaks for the lower", "говорит за нижнюю") \
    X(NO_CERTIFICATES, "no certificates of", "без гарантий для узла") \
    X(WHY_OPERATION, "it is no weighted arithmetic or geometric mean", \
      "это не взвешенное среднее арифметическое или геометрическое") \
    X(WHY_MISSING, "its rule for missing values is not to rescale", \
      "пропуски в нём не восполняются пересчётом весов") \
    X(WHY_FLOOR, "it has a floor", "у него есть нижний порог") \
    X(WHY_THEN, "it normalises its own score", "его балл нормируется ещё раз") \
    X(WHY_AS_GIVEN, "its weights are not divided by their sum", "его веса не делятся на сумму") \
    X(WHY_ONE_PART, "it has one part with a weight", "у него одна часть с весом") \
    X(WHY_FEW_UNITS, "fewer than two units have all its parts", \
      "все части есть меньше чем у двух территорий") \
    X(CERTIFIED, "what holds for certain", "что верно наверняка") \
    X(OWN_ORDER, "inside the part", "внутри части") \
    X(CHANGE_NEARER, "first to change places", "первыми меняются местами") \
    X(REACHABLE, "can reach", "может занять") \
    X(CAN_FIRST, "first?", "первой?") \
    X(YES, "yes", "да") \
    X(NO, "no", "нет") \
    X(NEXT_EPSILON, "swaps at", "смена при") \
    X(SPEAKS_FOR_NEXT, "speaks for the next", "говорит за следующую") \
    X(ALWAYS_BELOW, "ahead of", "опережает") \
    X(ALWAYS_ABOVE, "behind", "уступает") \
    X(INCOMPARABLE, "open", "решат веса") \
    X(FOR_PLACE, "for place", "для места") \
    X(LARGEST_LEAD, "for the largest lead", "для наибольшего отрыва") \
    X(LEAST_BEHIND, "nearest to the first", "ближе всего к первой") \
    X(WEIGHTS_FOR_PLACES, "weights that bring it to its best and worst place, and nearest to or furthest before all others", \
      "веса, при которых место лучшее и худшее, и те, при которых отрыв от остальных наибольший") \
    X(CAN_EVER_BE_FIRST, "can be first", "могут быть первыми") \
    X(PAIRS_DOMINANT, "pairs in order whatever the weights", "пар, упорядоченных при любых весах") \
    X(PAIRS_INCOMPARABLE, "pairs that depend on weights", "пар, зависящих от весов") \
    X(NOT_COMPARED, "not compared, for lack of parts", "не сравниваются: нет всех частей") \
    X(REACH_WHOLE, "units over all weights that 'uncertainty' allows, at every level", \
      "территории при всех весах, допустимых по uncertainty, на всех уровнях") \
    X(REACH_PARTS, "units over all weights of the node's parts that 'uncertainty' allows; inside the parts weights stay as written", \
      "территории при всех весах частей узла, допустимых по uncertainty; внутри частей веса как записаны") \
    X(CERTIFY_NOTE, \
      "Can reach: best and worst place that allowed weights give; first?: is there a lead over all others among them. " \
      "Swaps at (epsilon): the order to the next unit holds while less than this share of all weight goes elsewhere. " \
      "Ahead of, behind: so many units, whatever the weights; open: so many whose order to it weights decide.", \
      "Может занять: лучшее и худшее место при допустимых весах; первой?: может ли опередить всех. " \
      "Смена при (эпсилон): порядок со следующей держится, пока иначе распределена меньшая доля веса. " \
      "Опережает, уступает: скольким территориям при любых весах; решат веса: порядок со сколькими зависит от весов.") \
    X(CERTIFY_CUT, \
      "In brackets, where the search was cut short: places beyond these are ruled out, those between were neither found nor ruled out. --unit U searches longer.", \
      "В скобках, где поиск прерван: места за этими границами исключены, между ними не найдены и не исключены. С --unit поиск дольше.") \
    X(ROBUST_NOTE, \
      "Interval: 90 % of draws. Bar: ━ the interval, ┃ the place by the given weights; from the first place to the last. " \
      "Band: nobody in it is surely behind its first; the first of the next band is.", \
      "Интервал: 90 % наборов весов. Полоса: ━ интервал, ┃ место при заданных весах, от первого до последнего. " \
      "Ступень: никто на ней не стоит надёжно ниже её первого; первый следующей ступени — стоит.") \
    X(SCORE_SURE_NOTE, \
      "In brackets: where the place lies in 90 % of draws of weights and methods (key 'uncertainty'). Within a band do not rely on the order; 'mera robustness' says more.", \
      "В скобках: где место в 90 % наборов весов и методов (ключ uncertainty). Внутри ступени на порядок полагаться нельзя; подробнее — mera robustness.") \
    X(ROBUST_CHAIN_NOTE, \
      "Interval: 90 % of draws. Bar: ━ the interval, ┃ the place by the given weights; from the first place to the last. " \
      "Band: units in different bands are surely in order; within a band the table's order is not to be relied on.", \
      "Интервал: 90 % наборов весов. Полоса: ━ интервал, ┃ место при заданных весах, от первого до последнего. " \
      "Ступень: порядок территорий с разных ступеней надёжен; внутри ступени на порядок полагаться нельзя.") \
    X(SAMPLED, "Shapley shares from random orders", "доли Шепли по случайным порядкам") \
    X(LARGEST_ERROR, "largest standard error", "наибольшая стандартная ошибка") \
    X(AUDIT, "audit", "аудит") \
    X(UNITS_LEFT, "units", "территории") \
    X(FAILS, "failures", "провалы") \
    X(NOTES, "notes", "заметки") \
    X(NO_FINDINGS, "nothing is beyond its limit", "ничто не выходит за пределы") \
    X(AT_MOST, "at most", "не больше") \
    X(AT_LEAST, "at least", "не меньше") \
    X(SKEWNESS, "skewness", "асимметрия") \
    X(KURTOSIS, "kurtosis", "эксцесс") \
    X(AFTER, "after", "после") \
    X(CELLS, "cells", "ячейки") \
    X(OTHERS_WITHIN, "within limits before treatment", "в пределах и без обработки") \
    X(POOREST, "most missing", "больше всего пропусков") \
    X(WITH_NODE, "node", "узел") \
    X(TOO_WIDE, "the whole matrix is in --format json", "вся матрица — в --format json") \
    X(NODE, "node", "узел") \
    X(PARTS, "parts", "части") \
    X(FIRST_COMPONENT, "component 1", "компонента 1") \
    X(EIGENVALUES, "eigenvalues", "собственные числа") \
    X(ABOVE_ONE, "above 1", "больше 1") \
    X(ALPHA, "alpha", "альфа") \
    X(COUNTS_MORE, "counts more than it weighs", "значит больше, чем весит") \
    X(COUNTS_LESS, "less", "меньше") \
    X(DIRECTION, "direction", "направление") \
    X(WEIGHTS_DRAWN, "draws of weights", "розыгрышей весов") \
    X(STAY_NARROW, "interval of places", "интервал мест") \
    X(MEAN_WIDTH, "mean width", "средняя ширина") \
    X(WIDEST, "widest", "самые широкие") \
    X(METHOD, "method", "метод") \
    X(LARGEST_AT, "who", "у кого") \
    X(NOT_MADE, "not made", "не сделано") \
    X(WITHOUT, "without", "без") \
    X(ALL_OR_BUT_ONE, "all indicators, or all but one", "все показатели или все без одного") \
    X(PAIRS_DOMINATED, "of pairs are ordered whatever the weights", "пар упорядочены при любых весах") \
    X(PAIRS, "pairs", "пары") \
    X(MATCH_LIST, "units of", "территории из") \
    X(MATCH_EXACT, "matched exactly", "совпали точно") \
    X(MATCH_APPROVED, "approved", "одобрено") \
    X(MATCH_REFUSED, "refused", "отвергнуто") \
    X(MATCH_PROPOSED, "proposed, to be approved", "предложено, ждёт одобрения") \
    X(MATCH_AMBIGUOUS, "may be several units: write the code", "подходят несколько: впишите код") \
    X(MATCH_NONE, "not found: write the code, or no", "не найдено: впишите код или «нет»") \
    X(MATCH_KEPT, "decisions kept, not in the data now", "решений сохранено, сейчас в данных их нет") \
    X(MATCH_DO, "Open the file, say yes or no under `approved`; a code may be corrected there.", \
      "Откройте файл и впишите в столбец `approved` «да» или «нет»; код там можно исправить.") \
    X(MATCH_DONE, "Nothing waits.", "Ничего не ждёт.") \
    MERA_WORDS_ANALYSIS(X) \
    MERA_WORDS_BOOK(X) \
    MERA_WORDS_PLUGIN(X)
/* clang-format on */

typedef enum mera_word {
#define MERA_WORD_ENUM(id, en, ru) MERA_WORD_##id,
    MERA_WORDS(MERA_WORD_ENUM)
#undef MERA_WORD_ENUM
        MERA_N_WORDS,
} mera_word;

/** The word in a language ("ru", else English). */
const char *mera_word_in(mera_word word, const char *language);

/** Kinds of sources (mera_indicator.source_kind) in words. */
typedef struct mera_source_word {
    const char *id;
    mera_word word;
} mera_source_word;

enum { MERA_N_SOURCES = 5 };
extern const mera_source_word mera_source_words[MERA_N_SOURCES];

#endif

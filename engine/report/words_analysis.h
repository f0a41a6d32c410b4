/* SPDX-License-Identifier: Apache-2.0 */
/** @file Words of what moves places, priorities, profiles and changes; the rest is in words.h. */
#ifndef REPORT_WORDS_ANALYSIS_H
#define REPORT_WORDS_ANALYSIS_H

/* clang-format off */
#define MERA_WORDS_ANALYSIS(X) \
    X(SEED, "seed", "зерно") \
    X(WHAT_MOVES, "what moves the places", "что двигает места") \
    X(OPEN_CHOICES, "open", "открыто") \
    X(RUNS, "runs", "прогонов") \
    X(INPUT, "choice", "выбор") \
    X(PIPELINE_STEP, "step", "шаг") \
    X(ITSELF, "by itself", "сам по себе") \
    X(WITH_OTHERS, "with others", "вместе с другими") \
    X(IN_WORDS, "in words", "словами") \
    X(MOVES_NOT, "not told from chance", "неотличимо от случайности") \
    X(MOVES_LITTLE, "hardly", "почти не двигает") \
    X(MOVES_ITSELF, "by itself", "сам по себе") \
    X(MOVES_BOTH, "by itself and with others", "сам и вместе с другими") \
    X(MOVES_TOGETHER, "with others only", "только вместе с другими") \
    X(MOVES_MOST, "Places move most by", "Сильнее всего места двигает") \
    X(SHARE_ITSELF, "of the variance by itself", "разброса сам по себе") \
    X(SHARE_TOGETHER, "together with others", "вместе с другими") \
    X(NOTHING_MOVES, "Nothing that is open moves the places.", "Ничто из открытого не двигает места.") \
    X(CONVERGENCE, "widest interval by runs", "наибольший интервал по прогонам") \
    X(SETTLED, "narrow enough", "достаточно узко") \
    X(NOT_SETTLED, "wider than asked: allow more with --runs N", "шире заданного: разрешите больше, --runs N") \
    X(PLACE_OF_UNIT, "place of", "место:") \
    X(MEAN_PLACE, "mean ± sd", "среднее ± откл.") \
    X(LEAVE_INDICATORS, "places when one indicator is left out", "места без одного показателя") \
    X(LEAVE_DIRECTIONS, "places when one direction is left out", "места без одного направления") \
    X(LEAVE_UNITS, "places when one unit is left out", "места без одной территории") \
    X(LEAVE_WHAT, "left out", "без чего") \
    X(LEAVE_SHIFT, "shift", "сдвиг") \
    X(LEAVE_MOVED, "moved", "сдвинулись") \
    X(LEAVE_LARGEST, "largest shift", "наибольший сдвиг") \
    X(LEAVE_PLACES, "places", "места") \
    X(LEAVE_WITH_ALL, "with all", "со всеми") \
    X(LEAVE_FAILED, "no scores without", "нет баллов без") \
    X(LEAVE_NONE_MOVES, "nobody changes places, whichever is left out.", "никто не меняет места, кого и что ни убирать.") \
    X(LEAVE_NOTE_PARTS, \
      "Each is left out as if screening had done it: its weight goes to the others of its node, and all is scored anew. Places are compared among the units that have a score both ways.", \
      "Каждый убирается так, как если бы не прошёл отбор: его вес переходит к остальным в узле, всё пересчитывается. Места сравниваются среди тех, у кого есть балл и там, и там.") \
    X(LEAVE_NOTE_UNITS, \
      "Each is left out of the data: bounds, means and weights from data are those of the others. Places are compared among the others, so only real changes of order count.", \
      "Каждая убирается из данных: границы, средние и веса по данным — по остальным. Места сравниваются среди остальных, поэтому считаются только настоящие перемены порядка.") \
    X(LEAVE_NOTE_MEAN, \
      "Mean shift: by how many places a unit moves, on average; +3: three places further down. ρ, τ: rank correlation with the places as they are.", \
      "Средний сдвиг — на сколько мест сдвигается территория в среднем; +3 — на три места ниже. ρ, τ: ранговая корреляция с местами как есть.") \
    X(LEAVE_NOTE_ONE, \
      "What moves the unit furthest stands first; +3: three places further down.", \
      "Сначала то, что сдвигает дальше всего; +3 — на три места ниже.") \
    X(MOVED_MOST_BY, "moved most by", "двигает сильнее всего") \
    X(VARIANCE_NOTE, "Shares of the variance of the mean shift (of the unit's place with --unit), with 95 % intervals. By itself: what would go if the choice were known. With others: what would stay if only it were unknown; these add up to more than 100 % where choices act together.", \
      "Доли дисперсии среднего сдвига (места территории с --unit) с 95-% интервалами. Сам по себе: сколько исчезнет, если этот выбор станет известен. Вместе с другими: сколько останется, если неизвестен только он; в сумме больше 100 %, если выборы действуют вместе.") \
    X(SIMILAR, "similar units", "похожие территории") \
    X(SIMILAR_ALL, "all others with a score (the methodology says nothing else: key 'similar')", \
      "все остальные с баллом (методология не говорит иного: ключ similar)") \
    X(SIMILAR_WIDENED, "all others with a score: too few are in its group", \
      "все остальные с баллом: в её группе слишком мало") \
    X(SIMILAR_NO_CLUSTER, "all others with a score: too little is known of it to be in a cluster", \
      "все остальные с баллом: о ней известно слишком мало, чтобы отнести к кластеру") \
    X(CLUSTER, "cluster", "кластер") \
    X(CLUSTER_BY, "by", "по показателям") \
    X(CLUSTERS, "Clusters", "Кластеры") \
    X(CLUSTERS_CHOSEN, "the number of clusters is the one with the largest, of 2 to", \
      "число кластеров — с наибольшим из 2–") \
    X(SILHOUETTE, "mean silhouette (how well they are told apart, up to 1):", \
      "средний силуэт (насколько они различимы, до 1):") \
    X(CLUSTERS_NOTE, "Ward's method over standard deviations of the columns; numbered by the first column. Means: of logarithms the geometric mean.", \
      "Метод Уорда по столбцам в стандартных отклонениях; номера по возрастанию первого столбца. Средние: для логарифмов — геометрическое.") \
    X(FOR_EXAMPLE, "for example", "например") \
    X(DISTANCE, "distance", "расстояние") \
    X(SIMILAR_NEAREST, "nearest in", "ближайшие по показателям") \
    X(AND_MORE, "and more", "и ещё") \
    X(PRIORITIES, "What to do first", "С чего начать") \
    X(PROFILE_FIRST_NOTE, \
      "Index: what the score gains with the value put in the data and everything scored anew; 'mera priorities' has the whole list.", \
      "Индекс: сколько прибавит балл, если вписать значение в данные и пересчитать всё заново; весь список — mera priorities.") \
    X(PRIORITIES_BEST, "each alone, up to the best of the similar units", \
      "каждый показатель отдельно, до лучшей из похожих территорий") \
    X(PRIORITIES_EACH, "each alone, up to the level of the best", \
      "каждый показатель отдельно, до уровня лучших") \
    X(OF_SIMILAR, "of similar units", "похожих территорий") \
    X(LIFT_TO, "up to", "до") \
    X(DIRECTION_GAINS, "direction", "направление") \
    X(DIRECTION_SHORT, "dir.", "напр.") \
    X(INDEX_GAINS, "index", "индекс") \
    X(SURE, "sure", "надёжно") \
    X(THERE_ALREADY, "as good as theirs already", "уже не хуже, чем у них") \
    X(MOVES_NO_INDEX, "would move nothing", "ничего не изменит") \
    X(FEW_SIMILAR, "too few similar units have a value", "у похожих слишком мало данных") \
    X(LIFT_MISSING, "no value of its own to start from", "нет своего значения, не от чего считать") \
    X(LIFT_GIVEN, "nobody can change", "изменить нельзя") \
    X(LIFT_FAILED, "no answer with the value put in", "с таким значением методология не даёт ответа") \
    X(LIFT_ASKED, "up to what was asked (--aim):", "до заданного значения (--aim):") \
    X(LIFT_BEYOND, "; no similar unit has reached that of", \
      "; этого не достигла ни одна из похожих территорий:") \
    X(NOTHING_TO_CHANGE, "none of its indicators can be changed by anybody", \
      "ни один из показателей изменить нельзя") \
    X(NOTHING_COMPARED, "no indicator could be compared with similar units", \
      "ни один показатель не удалось сравнить с похожими территориями") \
    X(NOTHING_TO_LIFT, "nothing is below what similar units have reached", \
      "ни один показатель не ниже уровня похожих территорий") \
    X(PRIORITIES_NOTE_FLAT, \
      "Index: what the score gains with the value put in the data and everything scored anew; gains of several together need not add up.", \
      "Индекс: сколько прибавит балл, если вписать значение в данные и пересчитать всё заново; вместе они могут дать не сумму.") \
    X(PRIORITIES_NOTE, \
      "Index, direction (dir.): what the score gains with the value put in the data and everything scored anew; gains of several together need not add up.", \
      "Индекс, направление (напр.): сколько прибавит балл, если вписать значение в данные и пересчитать всё заново; вместе они могут дать не сумму.") \
    X(GAIN_BY_FALL, "A lower score is better here: a gain is by how much it falls.", \
      "Здесь чем ниже балл, тем лучше: польза — на сколько он снизится.") \
    X(SURE_DRAWS, "Sure: in what share of", "Надёжно: в какой доле из") \
    X(SURE_WEIGHTS, "weightings", "наборов весов") \
    X(SURE_METHODS, "draws of weights and methods", "наборов весов и методов") \
    X(SURE_AMONG, "it is among the first", "показатель среди первых") \
    X(SURE_GAIN, "by what it brings.", "по пользе.") \
    X(SURE_FIRST, "it is the one that brings most.", "показатель самый полезный.") \
    X(SURE_FAILED, "Draws without an answer, which do not count:", "Наборов, при которых ответа нет (не в счёт):") \
    X(FROM_IMPUTED, "~ the unit has no value of its own here, this one was imputed: measure it first", \
      "~ своего значения здесь нет, это восполнено: сначала измерить") \
    X(AMONG_SIMILAR, "among similar", "среди похожих") \
    X(IN_IT, "units in it:", "территорий на ней:") \
    X(DIRECTIONS, "Directions", "Направления") \
    X(THEY, "similar", "похожие") \
    X(ALL_MEDIAN, "all", "все") \
    X(SINCE, "since", "с") \
    X(PROFILE_BARS, "Bar: from the worst to the best of all units; ┃ the median of similar ones. similar, all: medians.", \
      "Полоса: от худшего до лучшего из всех; ┃ медиана похожих. похожие, все: медианы.") \
    X(STRENGTHS, "Strengths: better than most similar units, and it counts", \
      "Сильные стороны: лучше большинства похожих, и это весомо") \
    X(WEAKNESSES, "Weaknesses: worse than most similar units, and it counts", \
      "Слабые стороны: хуже большинства похожих, и это весомо") \
    X(BETTER_THAN, "better than", "лучше чем у") \
    X(DATA_QUALITY, "Data", "Данные") \
    X(DATA_OBSERVED, "own", "свои") \
    X(DATA_CARRIED, "carried over", "перенесены") \
    X(DATA_IMPUTED, "imputed", "восполнены") \
    X(DATA_MISSING, "missing", "нет") \
    X(DATA_COVERAGE, "observed by weight", "наблюдается по весу") \
    X(DATA_ANSWERS, "from a survey, ± standard error (answers)", "по опросу, ± стандартная ошибка (ответов)") \
    X(DATA_LEFT_OUT, "indicators left out for everybody by screening", "показателей не прошли отбор ни для кого") \
    X(SOURCES, "Sources", "Источники") \
    X(KIND_STATISTICS, "statistics", "статистика") \
    X(KIND_OPEN_DATA, "open data", "открытые данные") \
    X(KIND_REQUEST, "authority requests", "запросы властям") \
    X(KIND_SURVEY, "survey", "опрос") \
    X(KIND_MODEL, "model", "модель") \
    X(COST, "cost", "цена") \
    X(GAIN_PER_COST, "gain per cost", "польза на цену") \
    X(BRINGS, "brings alone", "даст само") \
    X(BUDGET, "The best split of a budget of", "Лучший раздел бюджета") \
    X(BUDGET_TOO_SMALL, "it is too small for any step", "не хватает ни на один шаг") \
    X(SPENT, "Spent:", "Потрачено:") \
    X(SUM_OF_GAINS, "Sum of gains:", "Сумма пользы:") \
    X(SUM_OF_MEAN_GAINS, "Sum of gains of the mean score:", "Сумма пользы для среднего балла:") \
    X(MEAN_SCORE, "mean score", "средний балл") \
    X(PERIMETER_UNITS, "units", "территорий") \
    X(ALL_ALIKE, "all count alike", "все считаются поровну") \
    X(WEIGHED_BY, "weighed by", "с весами по") \
    X(FIRST_OF_ALL, "first of all", "прежде всего") \
    X(PLACE_IN_INDEX, "# in the index", "№ в индексе") \
    X(PERIMETER_ITEMS, "What to do first in all of them", "С чего начать во всех сразу") \
    X(PERIMETER_EACH, \
      "one at a time, up to the level of the best", \
      "по одному показателю, до уровня лучших") \
    X(PERIMETER_BEST, "one at a time, up to the best of the similar units", \
      "по одному показателю, до лучшей из похожих территорий") \
    X(LIFTED_IN, "lifted in", "где поднять") \
    X(MEAN_GAINS, "mean", "среднее") \
    X(MOST_FOR, "most for", "больше всего для") \
    X(PERIMETER_STEPS, "What to do first, unit by unit", "С чего начать по отдельности") \
    X(STEPS_EACH, "one indicator of one unit at a time", "по одному показателю одной территории") \
    X(OWN_GAINS, "own score", "свой балл") \
    X(PERIMETER_NOTE, \
      "Mean, own score: what the mean score of all of them, or the unit's own, gains with the values put in the data and everything scored anew; gains of several together need not add up.", \
      "Среднее, свой балл: сколько прибавит средний балл всех территорий или балл самой территории, если вписать значения в данные и пересчитать всё заново; вместе они могут дать не сумму.") \
    X(NO_SPLIT_OVER, "no split sums to more than", "ни у одного раздела сумма не больше") \
    X(NO_STRAIGHT_OVER, \
      "counted straight between quarters of the way, no split sums to more than", \
      "если считать между четвертями пути по прямой, ни у одного раздела сумма не больше") \
    X(BEST_PROVED, "this one is proved best", "доказано, что этот лучший") \
    X(NOT_PROVED, "the search was cut short", "поиск прерван") \
    X(ALL_AT_ONCE, "All at once, scored anew, they bring", "Всё сразу, при пересчёте, даст") \
    X(GOAL, "What would bring it there", "Что приведёт к цели") \
    X(GOAL_MEAN, "What would bring their mean there", "Что приведёт к цели их среднее") \
    X(GOAL_EACH, "What would bring each of them there", "Что приведёт к цели каждую территорию") \
    X(GOAL_TOGETHER, "Scored together, each with those above it; the last only as far as it takes.", \
      "Посчитано вместе, каждый с теми, что выше; последний — ровно насколько нужно.") \
    X(GOAL_TOGETHER_EACH, "Scored together, each with those above it; the last of each only as far as it takes.", \
      "Посчитано вместе, каждый с теми, что выше; последний у каждой — ровно насколько нужно.") \
    X(GOAL_FEW, "First what brings most, so that few are lifted.", \
      "Сначала то, что даёт больше всего, чтобы поднимать меньше показателей.") \
    X(GOAL_CHEAP, "First what brings most per cost; what has no price comes last.", \
      "Сначала то, что даёт больше всего на единицу цены; то, чему цены нет, — в конце.") \
    X(GOAL_COST, "Cost:", "Цена:") \
    X(GOAL_COST_UNKNOWN, "steps without a known cost:", "шагов без известной цены:") \
    X(GOAL_NEAREST, "The nearest that can be had:", "Ближе всего, что достижимо:") \
    X(COSTS_END, "the costs given do not go up to the aim", "цены не доходят до цели") \
    X(GOAL_THERE, "it is there already", "цель уже достигнута") \
    X(GOAL_NOT_MET, "Not enough: this is all that similar units have reached (--reach 100 goes up to the best of them, --aim beyond).", \
      "Этого мало: дальше похожие территории не дошли (--reach 100 — до лучшей из них, --aim — дальше).") \
    X(NOT_DRAWN, "how sure is not known", "надёжность не определена") \
    X(CHANGE_OF, "change", "изменение") \
    X(CHANGE_BEFORE, "before", "было") \
    X(CHANGE_AFTER, "after", "стало") \
    X(CHANGE_WHY, "why the score changed", "почему изменился балл") \
    X(CHANGE_SHORT, "largest changes of the score, and why", "самые большие изменения балла и их причины") \
    X(CHANGE_CAUSE_OWN, "own values", "свои значения") \
    X(CHANGE_CAUSE_SURVEY, "survey answers", "ответы опроса") \
    X(CHANGE_CAUSE_IMPUTED, "imputed data", "восполненные данные") \
    X(CHANGE_CAUSE_INDICATORS, "indicators added or lost", "показатели добавлены или выпали") \
    X(CHANGE_CAUSE_BOUNDS, "peers and bounds", "другие и границы шкал") \
    X(CHANGE_CAUSE_WEIGHTS, "weights", "веса") \
    X(CHANGE_CAUSE_METHOD, "method", "метод") \
    X(CHANGE_NODES, "directions, in their own points", "направления, в своих баллах") \
    X(CHANGE_PARTS, "indicators, in points of the index", "показатели, в баллах индекса") \
    X(CHANGE_WITHIN_NOISE, "within error", "в пределах погрешности") \
    X(CHANGE_LARGER, "larger than the errors of the data that are known, ±", "больше известной погрешности данных, ±") \
    X(CHANGE_SMALLER, "not larger than the errors of the data that are known, ±", "не больше известной погрешности данных, ±") \
    X(CHANGE_NOT_COMPARABLE, \
      "The two scores are not comparable as they stand: less than half of what moved the score is the territory's own.", \
      "Эти два балла нельзя сравнивать впрямую: меньше половины того, что сдвинуло балл, сделано самой территорией.") \
    X(CHANGE_BOUNDS_MOVED, \
      "The scales are fitted anew for each end. With the numbers fitted before (`mera freeze`, `--frozen`) the change would be", \
      "Шкалы подобраны для каждого конца заново. С прежними числами (`mera freeze`, `--frozen`) изменение было бы") \
    X(CHANGE_SAME_SCALE, "Both ends are measured on the same scales.", "Оба конца измерены одними и теми же шкалами.") \
    X(CHANGE_NOT_OBSERVED, "Weight of the index that was not observed", "Вес индекса, который не наблюдался") \
    X(CHANGE_MORE, "more: --top 0 shows all", "ещё: --top 0 покажет все") \
    X(CHANGE_NOTE, \
      "Causes add up to the change. Own values: what was observed at both ends. Peers and bounds: what the scales were fitted to. " \
      "Where causes act together each has its fair (Shapley) part, over random orders and their reverses:", \
      "Причины складываются в изменение. Свои значения: наблюдались на обоих концах. Другие и границы: то, по чему подобраны шкалы. " \
      "Где причины действуют вместе, у каждой справедливая доля (Шепли), порядков вместе с обратными:") \
/* clang-format on */

#endif

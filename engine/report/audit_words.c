/* SPDX-License-Identifier: Apache-2.0 */
/** @file The words of an audit: one table a kind of text, English beside Russian. */
#include "report/audit_words.h"

#include <string.h>

#include "base/math.h"
#include "base/text.h"

static bool words_russian(const char *language)
{
    return language != NULL && strcmp(language, "ru") == 0;
}

static const struct {
    mera_audit_form form;
    const char *en, *ru, *way_en, *way_ru;
} words_limit[MERA_N_LIMITS] = {
    [MERA_LIMIT_missing_share] = {MERA_AUDIT_SHARE, "many values are missing",
                                  "не хватает многих значений",
                                  "another source, an imputation that fits, or leave it out",
                                  "другой источник, подходящее восполнение или исключить"},
    [MERA_LIMIT_unit_missing_share] = {MERA_AUDIT_SHARE, "units with many missing values",
                                       "территории со многими пропусками",
                                       "`steps: screen:` with a unit_coverage",
                                       "`steps: screen:` с unit_coverage"},
    [MERA_LIMIT_same_share] = {MERA_AUDIT_SHARE, "most units have one and the same value",
                               "у большинства одно и то же значение",
                               "it tells hardly any units apart: a finer measure, or leave it out",
                               "почти не различает территории: точнее измерить или исключить"},
    [MERA_LIMIT_skewness] = {MERA_AUDIT_PLAIN, "skewed, with far outliers even after treatment",
                             "сильная асимметрия и выбросы даже после обработки",
                             "`treat: winsorise` with more points, `log`, or `boxcox`",
                             "`treat: winsorise` с большим числом точек, `log` или `boxcox`"},
    [MERA_LIMIT_kurtosis] = {MERA_AUDIT_PLAIN, "far outliers even after treatment",
                             "выбросы даже после обработки",
                             "`treat: winsorise` with more points, `log`, or `boxcox`",
                             "`treat: winsorise` с большим числом точек, `log` или `boxcox`"},
    [MERA_LIMIT_parent_correlation] =
        {MERA_AUDIT_PLAIN, "hardly goes with its node, or against it",
         "слабо связано со своим узлом или противоречит ему",
         "check its direction, move it, weigh it more, or say why the conflict is wanted",
         "проверить направление, перенести, увеличить вес или объяснить, зачем противоречие"},
    [MERA_LIMIT_sibling_correlation] =
        {MERA_AUDIT_PLAIN, "work against each other inside one node",
         "противоречат друг другу внутри узла",
         "check directions, put them under different nodes, or keep the trade-off and say so",
         "проверить направления, развести по узлам или оставить и объяснить"},
    [MERA_LIMIT_redundancy] = {MERA_AUDIT_PLAIN, "say the same, so it is counted twice",
                               "говорят одно и то же: двойной счёт",
                               "keep one, halve their weights, or put them under one node",
                               "оставить одно, вдвое уменьшить веса или объединить в узел"},
    [MERA_LIMIT_other_pillar] = {MERA_AUDIT_PLAIN,
                                 "goes better with another direction than with its own",
                                 "теснее связано с чужим направлением, чем со своим",
                                 "move it, or keep it for its meaning and say so",
                                 "перенести или оставить по смыслу и объяснить"},
    [MERA_LIMIT_alpha] = {MERA_AUDIT_PLAIN, "parts measure no one thing (Cronbach's alpha)",
                          "части не измеряют одно и то же (альфа Кронбаха)",
                          "a formative index may live with it; else split the node",
                          "для формирующего индекса допустимо; иначе разделить узел"},
    [MERA_LIMIT_kmo] = {MERA_AUDIT_PLAIN, "parts share too little for factor analysis (KMO)",
                        "у частей мало общего для факторного анализа (KMO)",
                        "do not take weights from PCA here", "не брать здесь веса из PCA"},
    [MERA_LIMIT_components] = {MERA_AUDIT_PLAIN, "more than one component inside the node",
                               "внутри узла больше одной компоненты",
                               "split the node by its components, or say why they stand together",
                               "разделить узел по компонентам или объяснить, почему вместе"},
    [MERA_LIMIT_cases] = {MERA_AUDIT_PLAIN, "few units for each part: statistics are weak",
                          "мало территорий на часть: статистика слаба",
                          "read sections 3 to 5 of this node with care",
                          "разделы 3–5 этого узла читать с осторожностью"},
    [MERA_LIMIT_divergence] = {MERA_AUDIT_PLAIN, "parts do not count what they weigh",
                               "части значат не столько, сколько весят",
                               "see `mera importance`; `weights: {op: to_importance}` looks for "
                               "weights that fit",
                               "смотри `mera importance`; `weights: {op: to_importance}` "
                               "подберёт веса"},
    [MERA_LIMIT_added_value] = {MERA_AUDIT_SHARE, "orders units much as the index does",
                                "упорядочивает почти как сам индекс",
                                "it adds little of its own: say what it is for",
                                "добавляет мало своего: объяснить, зачем оно"},
    [MERA_LIMIT_narrow_share] = {MERA_AUDIT_SHARE, "places hang on the exact weights",
                                 "места зависят от точных весов",
                                 "publish intervals or groups of places instead of single places",
                                 "публиковать интервалы или группы мест вместо отдельных мест"},
    [MERA_LIMIT_mean_shift] = {MERA_AUDIT_SHARE, "another method moves places far",
                               "другой метод сильно меняет места",
                               "say why the method of the index is the right one",
                               "объяснить, почему выбран именно метод индекса"},
    [MERA_LIMIT_leave_out_shift] = {MERA_AUDIT_SHARE, "without it places move far",
                                    "без этого места сильно меняются",
                                    "the order hangs on it: be sure of its data and its weight",
                                    "порядок держится на нём: проверить данные и вес"},
};

mera_audit_words mera_audit_words_of(mera_limit_id limit, const char *language)
{
    const bool ru = words_russian(language);
    return (mera_audit_words){.form = words_limit[limit].form,
                              .what = ru ? words_limit[limit].ru : words_limit[limit].en,
                              .way = ru ? words_limit[limit].way_ru : words_limit[limit].way_en};
}

typedef struct words_pair {
    const char *id, *en, *ru;
} words_pair;

const char *mera_audit_section(int section, const char *language)
{
    static const words_pair title[] = {
        {"", "", ""},
        {"1", "data: coverage, imputation, treatment", "данные: полнота, восполнение, обработка"},
        {"2", "distributions", "распределения"},
        {"3", "correlations", "корреляции"},
        {"4", "one thing or several", "одно измерение или несколько"},
        {"5", "weights and what counts", "веса и то, что значит"},
        {"6", "what directions add to the index", "что направления добавляют к индексу"},
        {"7", "places under other weights", "места при других весах"},
        {"8", "other methods", "другие методы"},
        {"9", "which choice matters most (Sobol)", "какой выбор важнее (Соболь)"},
        {"10", "less compensation", "меньше взаимозаменяемости"},
        {"11", "without one part", "без одной части"},
        {"12", "dominance", "доминирование"},
        {"13", "conventions", "соглашения"},
    };
    return words_russian(language) ? title[section].ru : title[section].en;
}

const char *mera_audit_method(const char *id, const char *language)
{
    static const words_pair method[] = {
        {"equal_weights", "equal weights in every node", "равные веса в каждом узле"},
        {"minmax", "min-max of the period, 1 to 100", "минимакс по периоду, от 1 до 100"},
        {"zscore", "standard scores, 50 ± 10", "стандартные оценки, 50 ± 10"},
        {"percentile_rank", "percentile ranks, 1 to 100", "процентильные ранги, от 1 до 100"},
        {"arithmetic", "arithmetic means in every node", "среднее арифметическое в каждом узле"},
        {"geometric", "geometric means over min-max", "среднее геометрическое по минимаксу"},
        {"harmonic", "harmonic means over min-max", "среднее гармоническое по минимаксу"},
        {"weakest_direction", "the weakest direction alone", "только слабейшее направление"},
        {"borda", "Borda over all indicators", "Борда по всем показателям"},
        {"copeland", "Copeland over all indicators", "Копленд по всем показателям"},
    };
    for (size_t i = 0; i < sizeof method / sizeof *method; i++) {
        if (strcmp(method[i].id, id) == 0) {
            return words_russian(language) ? method[i].ru : method[i].en;
        }
    }
    return id;
}

const char *mera_audit_level(mera_limit_level level, const char *language)
{
    static const char *const ru[] = {"заметка", "внимание", "провал"};
    return words_russian(language) ? ru[level] : mera_limit_levels[level];
}

const char *mera_audit_conventions(const char *language)
{
    return words_russian(language)
               ? "Асимметрия G1 и эксцесс G2 (несмещённые), стандартное отклонение с делителем "
                 "n−1. "
                 "Корреляции Пирсона по парам, где есть оба значения; альфа, KMO и компоненты по "
                 "территориям, где есть всё. Собственные значения корреляционной матрицы. Квантили "
                 "типа 7. Места: 1 — лучшее. Показатели не пересчитываются: другие веса и методы "
                 "начинают с баллов или обработанных значений, а веса, найденные операцией, "
                 "остаются какими были."
               : "Skewness G1 and kurtosis G2 (excess, bias-corrected), deviations with n−1. "
                 "Pearson correlations over the units that have both; alpha, KMO and components "
                 "over those that have all. Eigenvalues of the correlation matrix. Quantiles of "
                 "type 7. Places: 1 is best. Indicators are not computed anew: other weights and "
                 "methods start from points or treated values, and weights that an operation made "
                 "stay what they were.";
}

const char *mera_audit_not_covered(const char *language)
{
    return words_russian(language)
               ? "Не проверяется: верно ли само понятие, полон ли набор показателей, надёжны ли "
                 "источники и кому нужен результат. Статистика не отвечает на эти вопросы."
               : "Not covered: whether the concept is sound, the indicators complete, their "
                 "sources "
                 "reliable, and the result of use to anybody. Statistics do not answer these.";
}

const char *mera_audit_number(mera_limit_id limit, double number, mera_arena *arena)
{
    if (words_limit[limit].form == MERA_AUDIT_SHARE) {
        return mera_arena_printf(arena, "%.3g%%", 100 * number);
    }
    return mera_arena_printf(arena, "%.3g", number);
}

const char *mera_audit_where(const mera_audit *audit, const mera_audit_finding *finding,
                             mera_arena *arena)
{
    const char *const *id = audit->sheet->id;
    const char *node = finding->node != SIZE_MAX ? id[finding->node] : NULL;
    if (finding->variant != NULL) {
        return finding->variant;
    }
    if (finding->column == SIZE_MAX) {
        return node != NULL                ? node
               : finding->unit != SIZE_MAX ? audit->result->data->unit_name[finding->unit]
                                           : id[0];
    }
    if (finding->limit == MERA_LIMIT_other_pillar && finding->other != SIZE_MAX) {
        return mera_arena_printf(arena, "%s (%s → %s)", id[finding->column],
                                 node != NULL ? node : "", id[finding->other]);
    }
    if (finding->other != SIZE_MAX) {
        return mera_arena_printf(arena, "%s + %s (%s)", id[finding->column], id[finding->other],
                                 node != NULL ? node : "");
    }
    return node != NULL && finding->node != 0
               ? mera_arena_printf(arena, "%s (%s)", id[finding->column], node)
               : id[finding->column];
}

const char *mera_audit_message(const mera_audit *audit, const mera_audit_finding *finding,
                               const char *language, mera_arena *arena)
{
    const mera_audit_words words = mera_audit_words_of(finding->limit, language);
    const bool ru = words_russian(language);
    const bool most = mera_limit_rows()[finding->limit].side == MERA_AT_MOST;
    const char *where = mera_audit_where(audit, finding, arena);
    const char *number = mera_audit_number(finding->limit, finding->number, arena);
    const char *bound = mera_audit_number(finding->limit, finding->bound, arena);
    if (where == NULL || number == NULL || bound == NULL) {
        return NULL;
    }
    return mera_arena_printf(arena, "%s: %s, %s (%s %s)", where, words.what, number,
                             most ? ru ? "не больше" : "at most"
                             : ru ? "не меньше"
                                  : "at least",
                             bound);
}

const char *mera_report_audit_message(const mera_audit *audit, const mera_audit_finding *finding,
                                      mera_arena *arena)
{
    return mera_audit_message(audit, finding, "en", arena);
}

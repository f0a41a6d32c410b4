/* SPDX-License-Identifier: Apache-2.0 */
/** @file What fitted numbers and rules are called in texts; programs see the operations' names. */
#include "report/fitted_words.h"

#include <string.h>

#include "report/style.h"

static const struct {
    const char *name, *ru;
} fitted_words[] = {
    {"base", "основание"},
    {"best", "лучшее"},
    {"curvature", "кривизна"},
    {"deviation", "отклонение"},
    {"distance", "расстояние"},
    {"factor", "множитель"},
    {"half_range", "половина размаха"},
    {"kurtosis", "эксцесс"},
    {"lambda", "лямбда"},
    {"length", "длина"},
    {"lower", "нижняя граница"},
    {"mad", "медианное отклонение"},
    {"mean", "среднее"},
    {"median", "медиана"},
    {"midpoint", "середина"},
    {"points", "сдвинуто значений"},
    {"power", "степень"},
    {"reference", "эталон"},
    {"s", "крутизна"},
    {"shift", "сдвиг"},
    {"sign", "знак"},
    {"skewness", "асимметрия"},
    {"target", "цель"},
    {"total", "сумма"},
    {"upper", "верхняя граница"},
    {"worst", "худшее"},
};

/* Of chains: numbers of the first and of the second operation. */
static const struct {
    const char *before, *ru;
} fitted_orders[] = {{"first_", "сначала: "}, {"then_", "затем: "}};

void mera_fitted_add(mera_text *out, const char *name, const char *language)
{
    const char *word = name;
    if (language == NULL || strcmp(language, "ru") != 0) {
        mera_text_add(out, name);
        return;
    }
    for (size_t i = 0; i < sizeof fitted_orders / sizeof *fitted_orders; i++) {
        const size_t n = strlen(fitted_orders[i].before);
        if (strncmp(word, fitted_orders[i].before, n) == 0) {
            mera_text_add(out, fitted_orders[i].ru);
            word += n;
        }
    }
    for (size_t i = 0; i < sizeof fitted_words / sizeof *fitted_words; i++) {
        if (strcmp(word, fitted_words[i].name) == 0) {
            mera_text_add(out, fitted_words[i].ru);
            return;
        }
    }
    mera_text_add(out, word);
}

static const char *missing_rule(const mera_node *node)
{
    switch (node->missing) {
    case MERA_MISSING_PROPAGATE:
        return "без любой из частей балла нет";
    case MERA_MISSING_ZERO:
        return "недостающая часть считается нулём";
    case MERA_MISSING_VALUE:
        return "недостающая часть считается за";
    case MERA_MISSING_SKIP:
        return "недостающая часть опускается, остальные веса те же";
    case MERA_MISSING_RENORMALISE:
        break;
    }
    return node->formula != NULL ? "что значит недостающая часть, говорит формула"
                                 : "недостающая часть опускается, веса остальных растут";
}

const char *mera_missing_in(const mera_node *node, const char *english, const char *language,
                            mera_arena *arena)
{
    mera_text text = {.arena = arena};
    if (language == NULL || strcmp(language, "ru") != 0) {
        return english;
    }
    mera_text_add(&text, missing_rule(node));
    if (node->missing == MERA_MISSING_VALUE) {
        mera_text_addf(&text, " %s", mera_style_value(node->missing_value, arena));
    }
    if (node->min_present > 0) {
        mera_text_addf(&text, "; нужно не меньше %s веса",
                       mera_style_value(node->min_present, arena));
    }
    return mera_text_string(&text);
}

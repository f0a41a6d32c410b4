/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The one parser. `--name VALUE` and `--name=VALUE`, `-o VALUE`, `--` ends options. All mistakes
 * of a line are told at once.
 */
#include "cli/options.h"

#include <string.h>

#include "base/grow.h"
#include "base/number.h"

typedef struct parser {
    char *const *word;
    size_t n, at;
    mera_arena *arena;
    mera_diags *diags;
    const cli_command *command;
    cli_args *args;
    mera_code code;
} parser;

mera_code cli_list_add(cli_list *list, const char *text, mera_arena *arena)
{
    MERA_TRY_GROWN(list->v, arena, &list->room, list->n + 1);
    list->v[list->n++] = text;
    return MERA_OK;
}

mera_code cli_number_between(const char *option, const cli_number *number, size_t least,
                             size_t most, const char *hint, mera_diags *diags)
{
    if (!number->given || (number->value >= least && number->value <= most)) {
        return MERA_OK;
    }
    const mera_code code =
        mera_fail(diags, MERA_EUSAGE, "bad-value", MERA_NOWHERE,
                  "'--%s %zu' is not between %zu and %zu", option, number->value, least, most);
    if (hint != NULL) {
        mera_hint(diags, "%s", hint);
    }
    return code;
}

const cli_command *cli_find_command(char *const *words, size_t n, size_t *taken)
{
    for (const cli_command *command = cli_commands(); command->name != NULL; command++) {
        const char *space = strchr(command->name, ' ');
        if (space == NULL && n > 0 && mera_streq(command->name, words[0])) {
            *taken = 1;
            return command;
        }
        if (space != NULL && n > 1 && mera_streq(space + 1, words[1]) &&
            strlen(words[0]) == (size_t)(space - command->name) &&
            mera_starts_with(command->name, words[0])) {
            *taken = 2;
            return command;
        }
    }
    return NULL;
}

/** The option of that name or letter among the command's and the common ones, or NULL. */
static const cli_option *parser_option(const parser *p, const char *name, size_t n, char letter)
{
    const cli_option *const *lists[] = {p->command->options, cli_common_options()};
    for (size_t i = 0; i < 2; i++) {
        for (const cli_option *const *o = lists[i]; o != NULL && *o != NULL; o++) {
            const bool named =
                name != NULL && strlen((*o)->name) == n && memcmp((*o)->name, name, n) == 0;
            if (named || (name == NULL && (*o)->letter == letter)) {
                return *o;
            }
        }
    }
    return NULL;
}

static mera_code parser_unknown(parser *p, const char *word, const char *name)
{
    const char *names[64];
    size_t n = 0;
    const cli_option *const *lists[] = {p->command->options, cli_common_options()};
    for (size_t i = 0; i < 2; i++) {
        for (const cli_option *const *o = lists[i]; o != NULL && *o != NULL && n < 64; o++) {
            names[n++] = (*o)->name;
        }
    }
    const mera_code code = mera_fail(p->diags, MERA_EUSAGE, "unknown-option", MERA_NOWHERE,
                                     "'mera %s' has no option '%s'", p->command->name, word);
    const char *near = mera_nearest(name, names, n);
    if (near != NULL && !mera_streq(near, name)) {
        mera_hint(p->diags, "did you mean '--%s'?", near);
    } else {
        mera_hint(p->diags, "'mera %s --help' lists its options", p->command->name);
    }
    return code;
}

static mera_code parser_choice(parser *p, const cli_option *option, const char *value)
{
    const char *const *choices = option->choices != NULL ? option->choices : p->command->formats;
    mera_text allowed = {.arena = p->arena};
    size_t n = 0;
    for (; choices[n] != NULL; n++) {
        if (mera_streq(choices[n], value)) {
            return MERA_OK;
        }
        mera_text_addf(&allowed, "%s%s", n > 0 ? ", " : "", choices[n]);
    }
    const mera_code code = mera_fail(p->diags, MERA_EUSAGE, "bad-value", MERA_NOWHERE,
                                     "'--%s %s' is not known: it is one of %s", option->name, value,
                                     mera_text_string(&allowed));
    const char *near = mera_nearest(value, choices, n);
    if (near != NULL) {
        mera_hint(p->diags, "did you mean '%s'?", near);
    }
    return code;
}

static mera_code parser_number(parser *p, const cli_option *option, const char *value)
{
    cli_number *number = (cli_number *)(void *)((char *)p->args + option->offset);
    const size_t digits = strspn(value, "0123456789");
    if (digits == 0 || digits > 18 || value[digits] != '\0') {
        return mera_fail(p->diags, MERA_EUSAGE, "bad-value", MERA_NOWHERE,
                         "'--%s %s' is not a whole number from 0", option->name, value);
    }
    number->given = true;
    number->value = 0;
    for (size_t i = 0; i < digits; i++) {
        number->value = number->value * 10 + (size_t)(value[i] - '0');
    }
    return MERA_OK;
}

static mera_code parser_store(parser *p, const cli_option *option, const char *value)
{
    char *field = (char *)p->args + option->offset;
    switch (option->kind) {
    case CLI_FLAG:
        *(bool *)(void *)field = true;
        return MERA_OK;
    case CLI_CHOICE:
        MERA_TRY(parser_choice(p, option, value));
        *(const char **)(void *)field = value;
        return MERA_OK;
    case CLI_TEXT:
        *(const char **)(void *)field = value;
        return MERA_OK;
    case CLI_NUMBER:
        return parser_number(p, option, value);
    case CLI_EACH:
    case CLI_MANY:
        return cli_list_add((cli_list *)(void *)field, value, p->arena);
    }
    return MERA_OK;
}

static bool parser_is_option(const char *word)
{
    return word[0] == '-' && word[1] != '\0';
}

/** The words that may follow an option: "N", "derive|denominate|…". */
static const char *parser_wanted(const parser *p, const cli_option *option)
{
    const char *const *choices = option->choices != NULL ? option->choices : p->command->formats;
    mera_text text = {.arena = p->arena};
    if (option->kind != CLI_CHOICE || choices == NULL) {
        return option->argument;
    }
    for (size_t i = 0; choices[i] != NULL; i++) {
        mera_text_addf(&text, "%s%s", i > 0 ? "|" : "", choices[i]);
    }
    return mera_text_string(&text);
}

/** "-1" after an option that takes a number is its value, though a wrong one. */
static bool parser_is_value(const char *word, const cli_option *option)
{
    return !parser_is_option(word) || option->kind == CLI_TEXT ||
           (option->kind == CLI_NUMBER && word[1] >= '0' && word[1] <= '9');
}

/** Takes the value after an option, and every further one of an option that takes many. */
static mera_code parser_values(parser *p, const cli_option *option)
{
    if (p->at >= p->n || !parser_is_value(p->word[p->at], option)) {
        const char *wanted = parser_wanted(p, option);
        MERA_TRY_PTR(wanted);
        return mera_fail(p->diags, MERA_EUSAGE, "missing-value", MERA_NOWHERE,
                         "'--%s' needs a value: --%s %s", option->name, option->name, wanted);
    }
    mera_code code = parser_store(p, option, p->word[p->at++]);
    while (option->kind == CLI_MANY && p->at < p->n && !parser_is_option(p->word[p->at])) {
        const mera_code next = parser_store(p, option, p->word[p->at++]);
        code = code == MERA_OK ? next : code;
    }
    return code;
}

static mera_code parser_word(parser *p)
{
    const char *word = p->word[p->at++];
    const bool is_long = word[1] == '-';
    const char *name = is_long ? word + 2 : word + 1;
    const char *equals = is_long ? strchr(name, '=') : NULL;
    const size_t n = equals != NULL ? (size_t)(equals - name) : strlen(name);
    const cli_option *option = is_long  ? parser_option(p, name, n, 0)
                               : n == 1 ? parser_option(p, NULL, 0, name[0])
                                        : NULL;
    if (option == NULL || (mera_streq(option->name, "format") && p->command->formats == NULL)) {
        const char *bare = mera_arena_strndup(p->arena, name, n);
        MERA_TRY_PTR(bare);
        return parser_unknown(p, word, bare);
    }
    if (option->kind == CLI_FLAG) {
        return equals == NULL ? parser_store(p, option, NULL)
                              : mera_fail(p->diags, MERA_EUSAGE, "bad-value", MERA_NOWHERE,
                                          "'--%s' takes no value", option->name);
    }
    return equals == NULL ? parser_values(p, option) : parser_store(p, option, equals + 1);
}

static mera_code parser_count(parser *p)
{
    const cli_command *command = p->command;
    const size_t n = p->args->operands.n;
    if (p->args->help) {
        return MERA_OK;
    }
    if (n < command->min_operands) {
        const mera_code code = mera_fail(p->diags, MERA_EUSAGE, "missing-argument", MERA_NOWHERE,
                                         "'mera %s' needs %s", command->name, command->operands);
        if (p->args->data.n > 1) {
            mera_hint(p->diags, "'--data' takes every word up to the next option: write %s first",
                      command->operands);
        } else {
            mera_hint(p->diags, "for example: %.*s", (int)strcspn(command->example, "\n"),
                      command->example);
        }
        return code;
    }
    if (n > command->max_operands &&
        p->code == MERA_OK) { /* else they may be values of a mistake */
        return mera_fail(p->diags, MERA_EUSAGE, "unknown-argument", MERA_NOWHERE,
                         "'mera %s' does not know what to do with '%s'", command->name,
                         p->args->operands.v[command->max_operands]);
    }
    return MERA_OK;
}

/** The command nearest to what was typed: as one word, as two, or by the first word of two. */
static mera_code options_nearest(char *const *word, size_t n, mera_arena *arena, const char **out)
{
    const cli_command *table = cli_commands();
    const char **names, **firsts;
    size_t n_all = 0;
    while (table[n_all].name != NULL) {
        n_all++;
    }
    MERA_TRY_NEW(names, arena, n_all);
    MERA_TRY_NEW(firsts, arena, n_all);
    for (size_t i = 0; i < n_all; i++) {
        names[i] = table[i].name;
        firsts[i] = mera_arena_strndup(arena, names[i], strcspn(names[i], " "));
        MERA_TRY_PTR(firsts[i]);
    }
    const char *both = n > 1 ? mera_arena_printf(arena, "%s %s", word[0], word[1]) : word[0];
    MERA_TRY_PTR(both);
    *out = mera_nearest(both, names, n_all);
    *out = *out == NULL ? mera_nearest(word[0], names, n_all) : *out;
    const char *first = *out == NULL ? mera_nearest(word[0], firsts, n_all) : NULL;
    for (size_t i = 0; first != NULL && *out == NULL; i++) {
        *out = mera_streq(firsts[i], first) ? names[i] : NULL;
    }
    return MERA_OK;
}

/** The words that may follow the first one of commands of two: "new, check, test"; n = 0: none. */
static void options_second(const char *first, mera_text *out)
{
    const size_t n = strlen(first);
    for (const cli_command *command = cli_commands(); command->name != NULL; command++) {
        if (strncmp(command->name, first, n) == 0 && command->name[n] == ' ') {
            mera_text_addf(out, "%s%s", out->n > 0 ? ", " : "", command->name + n + 1);
        }
    }
}

static mera_code options_half(char *const *word, size_t n, const mera_text *second,
                              mera_diags *diags)
{
    if (n < 2 || word[1][0] == '-') {
        return mera_fail(diags, MERA_EUSAGE, "unknown-command", MERA_NOWHERE,
                         "'mera %s' needs a word more: %s", word[0], second->data);
    }
    return mera_fail(diags, MERA_EUSAGE, "unknown-command", MERA_NOWHERE,
                     "'mera %s' has no command '%s': there are %s", word[0], word[1], second->data);
}

mera_code cli_unknown_command(char *const *word, size_t n, mera_arena *arena, mera_diags *diags)
{
    const char *near;
    if (word[0][0] == '-') {
        const mera_code code = mera_fail(diags, MERA_EUSAGE, "unknown-command", MERA_NOWHERE,
                                         "'%s' stands where a command is expected", word[0]);
        mera_hint(diags, "the command comes first: mera score METHODOLOGY --top 10");
        return code;
    }
    mera_text second = {.arena = arena};
    options_second(word[0], &second);
    MERA_TRY(options_nearest(word, n, arena, &near));
    if (second.n > 0) {
        const mera_code code = options_half(word, n, &second, diags);
        if (near != NULL && n > 1 && mera_starts_with(near, word[0])) {
            mera_hint(diags, "did you mean 'mera %s'?", near);
        }
        return code;
    }
    const mera_code code = mera_fail(diags, MERA_EUSAGE, "unknown-command", MERA_NOWHERE,
                                     "mera has no command '%s'", word[0]);
    if (near != NULL) {
        mera_hint(diags, "did you mean 'mera %s'?", near);
    } else {
        mera_hint(diags, "'mera help' lists the commands");
    }
    return code;
}

static mera_code parser_command(parser *p)
{
    size_t taken = 0;
    p->command = cli_find_command(p->word, p->n, &taken);
    p->at = taken;
    return p->command != NULL ? MERA_OK : cli_unknown_command(p->word, p->n, p->arena, p->diags);
}

mera_code cli_parse(int argc, char *const *argv, mera_arena *arena, mera_diags *diags,
                    const cli_command **command, cli_args *args)
{
    parser p = {.word = argv + 1,
                .n = argc > 1 ? (size_t)argc - 1 : 0,
                .arena = arena,
                .diags = diags,
                .args = args};
    bool only_operands = false;
    *command = NULL;
    if (p.n == 0) {
        args->help = true;
        return MERA_OK;
    }
    MERA_TRY(parser_command(&p));
    *command = p.command;
    while (p.at < p.n) {
        const char *word = p.word[p.at];
        mera_code code;
        if (!only_operands && mera_streq(word, "--")) {
            only_operands = true;
            p.at++;
            continue;
        }
        code = only_operands || !parser_is_option(word)
                   ? cli_list_add(&args->operands, p.word[p.at++], arena)
                   : parser_word(&p);
        p.code = p.code == MERA_OK ? code : p.code;
    }
    const mera_code code = parser_count(&p);
    return p.code == MERA_OK ? code : p.code;
}

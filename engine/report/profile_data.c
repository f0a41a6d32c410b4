/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The end of a territory's page: what its data are and where they are from. And what all parts of
 * the page are written with.
 */
#include "base/math.h"
#include "report/profile_page.h"

enum { PROFILE_NAMES = 12 };

const char *mera_profile_word(const mera_profile_page *p, mera_word word)
{
    return mera_word_in(word, p->view->view.language);
}

const char *mera_profile_title(const mera_profile_page *p, mera_title title)
{
    return mera_title_in(title, p->view->view.language);
}

void mera_profile_section(const mera_profile_page *p, mera_word word)
{
    mera_text_add(p->out, "\n");
    mera_style_add(p->out, &p->view->view, MERA_PAINT_BOLD, mera_profile_word(p, word));
    mera_text_add(p->out, "\n");
}

mera_code mera_profile_wrap(const mera_profile_page *p, size_t indent, mera_text *line)
{
    const char *text = mera_text_string(line);
    MERA_TRY_PTR(text);
    mera_style_wrap(p->out, &p->view->view, indent, text);
    return MERA_OK;
}

/** "imputed: A, B and 3 more": names of indicators whose cell is of that kind. */
static mera_code profile_names(const mera_profile_page *p, mera_word word, bool missing,
                               uint8_t flag)
{
    const mera_result *r = p->view->result;
    const size_t cell = p->of->period * r->n_units + p->of->unit;
    mera_text line = {.arena = p->arena};
    size_t n = 0;
    for (size_t i = 0; i < p->of->priorities.n; i++) {
        const size_t k = p->of->priorities.item[i].indicator;
        const mera_indicator_result *of = &r->indicator[k];
        const bool gone = isnan(of->stage[MERA_STAGE_IMPUTED][cell]);
        if (missing ? gone : !gone && (of->state[cell] & flag) != 0) {
            mera_text_addf(
                &line, "%s%s", n > 0 ? ", " : "",
                n < PROFILE_NAMES ? mera_profile_title(p, r->methodology->indicator[k].title) : "");
            n++;
            if (n == PROFILE_NAMES) {
                mera_text_addf(&line, "%s", " …");
                break;
            }
        }
    }
    if (n > 0) {
        const char *text = mera_arena_printf(p->arena, "%s: %s", mera_profile_word(p, word),
                                             mera_text_string(&line));
        MERA_TRY_PTR(text);
        mera_style_wrap(p->out, &p->view->view, 2, text);
    }
    return MERA_OK;
}

/** "Trust 60 ± 12.3 % (40) · …": what answers of a survey say, and how sure. */
static mera_code profile_answers(const mera_profile_page *p)
{
    const mera_methodology *m = p->view->result->methodology;
    mera_text line = {.arena = p->arena};
    if (p->of->n_answers == 0) {
        return MERA_OK;
    }
    mera_text_addf(&line, "%s: ", mera_profile_word(p, MERA_WORD_DATA_ANSWERS));
    for (size_t i = 0; i < p->of->n_answers; i++) {
        const mera_profile_answers *one = &p->of->answers[i];
        const mera_indicator *ind = &m->indicator[one->indicator];
        mera_text_addf(&line, "%s%s %s", i > 0 ? " · " : "", mera_profile_title(p, ind->title),
                       mera_report_figure(one->value, p->arena));
        if (!isnan(one->se)) {
            mera_text_addf(&line, " ± %s", mera_style_number(one->se, 2, p->arena));
        }
        mera_text_addf(&line, "%s%s", ind->unit[0] != '\0' ? " " : "",
                       mera_profile_title(p, ind->measure));
        if (!isnan(one->n)) {
            mera_text_addf(&line, " (%.0f)", one->n);
        }
    }
    MERA_TRY_PTR(mera_text_string(&line));
    mera_style_wrap(p->out, &p->view->view, 2, mera_text_string(&line));
    return MERA_OK;
}

mera_code mera_profile_data_lines(const mera_profile_page *p)
{
    const mera_profile_data *data = &p->of->data;
    mera_profile_section(p, MERA_WORD_DATA_QUALITY);
    mera_text line = {.arena = p->arena};
    mera_text_addf(&line, "%s: %zu · %s %zu · %s %zu · %s %zu · %s %zu · %s %.0f%%",
                   mera_profile_word(p, MERA_WORD_INDICATORS), data->n,
                   mera_profile_word(p, MERA_WORD_DATA_OBSERVED), data->observed,
                   mera_profile_word(p, MERA_WORD_DATA_CARRIED), data->carried,
                   mera_profile_word(p, MERA_WORD_DATA_IMPUTED), data->imputed,
                   mera_profile_word(p, MERA_WORD_DATA_MISSING), data->missing,
                   mera_profile_word(p, MERA_WORD_DATA_COVERAGE),
                   floor(100 * data->coverage + 1e-9));
    MERA_TRY(mera_profile_wrap(p, 2, &line));
    if (data->left_out > 0) {
        mera_text_addf(p->out, "  %s: %zu\n", mera_profile_word(p, MERA_WORD_DATA_LEFT_OUT),
                       data->left_out);
    }
    MERA_TRY(profile_names(p, MERA_WORD_DATA_CARRIED, false, MERA_CARRIED));
    MERA_TRY(profile_names(p, MERA_WORD_DATA_IMPUTED, false, MERA_IMPUTED));
    MERA_TRY(profile_names(p, MERA_WORD_DATA_MISSING, true, 0));
    return profile_answers(p);
}

/** "statistics 30 · survey 7": indicators by the kind of their source. */
static void profile_kinds(const mera_profile_page *p, mera_text *line)
{
    const mera_methodology *m = p->view->result->methodology;
    for (size_t s = 0; s < MERA_N_SOURCES; s++) {
        size_t n = 0;
        for (size_t i = 0; i < p->of->priorities.n; i++) {
            n += mera_streq(m->indicator[p->of->priorities.item[i].indicator].source_kind,
                            mera_source_words[s].id);
        }
        if (n > 0) {
            mera_text_addf(line, "%s%s: %zu", line->n > 0 ? " · " : "",
                           mera_profile_word(p, mera_source_words[s].word), n);
        }
    }
}

mera_code mera_profile_sources(const mera_profile_page *p)
{
    const mera_dataset *data = p->view->result->data;
    mera_text line = {.arena = p->arena};
    mera_profile_section(p, MERA_WORD_SOURCES);
    profile_kinds(p, &line);
    for (size_t f = 0; f < data->n_files; f++) {
        mera_text_addf(&line, "%s%s (sha256 %.12s…)", line.n > 0 ? " · " : "", data->file[f].path,
                       data->file[f].sha256);
    }
    MERA_TRY_PTR(mera_text_string(&line));
    mera_style_wrap(p->out, &p->view->view, 2, mera_text_string(&line));
    return MERA_OK;
}

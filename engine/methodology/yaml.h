/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Reading YAML into a tree with places: libyaml's event interface, YAML 1.2's core schema for
 * scalars. Tags, merge keys, several documents and duplicate keys are refused; anchors may be used
 * within the limits of tree.h.
 */
#ifndef MERA_METHODOLOGY_YAML_H
#define MERA_METHODOLOGY_YAML_H

#include <yaml.h>

#include "mera/value.h"

/**
 * Reads a whole file. `file` is the name used in places; an empty file gives a null value.
 * Everything found wrong is recorded. Unless the syntax or a limit stopped the reading, `*out` is
 * set even when MERA_EINPUT is returned, so that a caller can look for more problems.
 */
mera_code mera_yaml_read(const char *text, size_t n, const char *file, mera_arena *arena,
                         mera_diags *diags, const mera_value **out);

/** Reads the value of a `--set`. All places are the whole of `label`; origins are `origin`. */
mera_code mera_yaml_flow(const char *text, const char *label, const char *origin, mera_arena *arena,
                         mera_diags *diags, const mera_value **out);

/** What the parser stumbled over, in plain language. Private to the reader. */
mera_code mera_yaml_syntax(const yaml_parser_t *parser, const char *text, size_t n,
                           const char *file, bool places, mera_diags *diags);

/** Refuses text that is not UTF-8, at its place. Private to the reader. */
mera_code mera_yaml_encoding(const char *text, size_t n, const char *file, mera_diags *diags);

#endif

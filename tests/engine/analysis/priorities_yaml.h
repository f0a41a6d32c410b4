/* SPDX-License-Identifier: Apache-2.0 */
/** @file Parts of the small methodology that tests of priorities score: every direction, a rate. */
#ifndef PRIORITIES_YAML_H
#define PRIORITIES_YAML_H

#define HEAD "mera: 1\nid: t\nunits: {key: unit}\ndata: [{}]\nseed: 5\n"
#define INDICATORS                                                     \
    "indicators:\n  a: {direction: higher}\n  b: {direction: lower}\n" \
    "  c: {direction: {target: [4, 5]}}\n  d: {direction: higher, denominate: {by: p, per: 10}}\n"
#define TREE                                                   \
    "framework:\n  id: index\n  nodes:\n"                      \
    "    - {id: money, weight: 2, indicators: {a: 1, b: 3}}\n" \
    "    - {id: life, weight: 3, indicators: {c: 1, d: 2}}\n"

#endif

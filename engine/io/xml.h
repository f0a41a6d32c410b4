/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The XML parts of a workbook as streams of events, by expat. Document types (and with them
 * entities) are refused, depth is bounded, prefixes of names are taken off.
 */
#ifndef MERA_IO_XML_H
#define MERA_IO_XML_H

#include "io/zip.h"

typedef struct io_xml io_xml;

typedef struct io_xml_events {
    void (*start)(io_xml *xml, const char *name, const char **attribute);
    void (*end)(io_xml *xml, const char *name);
    void (*text)(io_xml *xml, const char *text, size_t n); /**< or NULL */
} io_xml_events;

struct io_xml {
    void *user;
    const io_xml_events *events;
    io_findings *findings;
    const char *part;
    void *parser; /**< of expat */
    size_t depth;
    bool stopped;
    mera_code code;
};

/** Parses a part. What is no well-formed XML is refused with its line. */
mera_code io_xml_parse(const io_zip *zip, const char *part, const io_xml_events *events,
                       void *user);

/** Ends the parsing from inside an event: with MERA_OK when enough was read. */
void io_xml_stop(io_xml *xml, mera_code code);

/** An attribute by its name without prefix, or NULL. */
const char *io_xml_attribute(const char **attribute, const char *name);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/** @file Parts of workbooks as events of expat. */
#include "io/xml.h"

#include <expat.h>

#include <string.h>

enum { XML_DEPTH = 128 };

/* "x:row" is "row". */
static const char *xml_local(const char *name)
{
    const char *colon = strrchr(name, ':');
    return colon == NULL ? name : colon + 1;
}

const char *io_xml_attribute(const char **attribute, const char *name)
{
    for (size_t i = 0; attribute[i] != NULL; i += 2) {
        if (strcmp(xml_local(attribute[i]), name) == 0) {
            return attribute[i + 1];
        }
    }
    return NULL;
}

void io_xml_stop(io_xml *xml, mera_code code)
{
    xml->code = xml->code == MERA_OK ? code : xml->code;
    xml->stopped = true;
    XML_StopParser(xml->parser, XML_FALSE);
}

static mera_code xml_refuse(io_xml *xml, const char *why)
{
    return IO_FAIL(xml->findings, "bad-workbook", (mera_at){.file = xml->findings->path},
                   "the part '%s' %s (its line %lu)", xml->part, why,
                   (unsigned long)XML_GetCurrentLineNumber(xml->parser));
}

static void XMLCALL xml_start(void *user, const XML_Char *name, const XML_Char **attribute)
{
    io_xml *xml = user;
    if (xml->stopped) {
        return;
    }
    if (++xml->depth > XML_DEPTH) {
        io_xml_stop(xml, xml_refuse(xml, "is nested too deeply"));
        return;
    }
    xml->events->start(xml, xml_local(name), attribute);
}

static void XMLCALL xml_end(void *user, const XML_Char *name)
{
    io_xml *xml = user;
    if (!xml->stopped) {
        xml->depth--;
        xml->events->end(xml, xml_local(name));
    }
}

static void XMLCALL xml_text(void *user, const XML_Char *text, int n)
{
    io_xml *xml = user;
    if (!xml->stopped) {
        xml->events->text(xml, text, (size_t)n);
    }
}

static void XMLCALL xml_doctype(void *user, const XML_Char *name, const XML_Char *system,
                                const XML_Char *public, int internal)
{
    (void)name;
    (void)system;
    (void)public;
    (void)internal;
    io_xml *xml = user;
    io_xml_stop(xml, xml_refuse(xml, "has a document type, which workbooks do not have"));
}

static bool xml_piece(void *user, const char *bytes, size_t n)
{
    io_xml *xml = user;
    const enum XML_Status status = XML_Parse(xml->parser, bytes, (int)n, XML_FALSE);
    if (status == XML_STATUS_ERROR && !xml->stopped) {
        xml->code = XML_GetErrorCode(xml->parser) == XML_ERROR_NO_MEMORY
                        ? MERA_ENOMEM
                        : xml_refuse(xml, XML_ErrorString(XML_GetErrorCode(xml->parser)));
        xml->stopped = true;
    }
    return !xml->stopped;
}

mera_code io_xml_parse(const io_zip *zip, const char *part, const io_xml_events *events, void *user)
{
    io_xml xml = {.user = user, .events = events, .findings = zip->findings, .part = part};
    XML_Parser parser = XML_ParserCreate(NULL);
    MERA_TRY_PTR(parser);
    xml.parser = parser;
    XML_SetUserData(parser, &xml);
    XML_SetElementHandler(parser, xml_start, xml_end);
    XML_SetStartDoctypeDeclHandler(parser, xml_doctype);
    if (events->text != NULL) {
        XML_SetCharacterDataHandler(parser, xml_text);
    }
    const mera_code poured = io_zip_pour(zip, part, xml_piece, &xml);
    if (poured == MERA_OK && !xml.stopped &&
        XML_Parse(parser, "", 0, XML_TRUE) == XML_STATUS_ERROR && !xml.stopped) {
        xml.code = xml_refuse(&xml, XML_ErrorString(XML_GetErrorCode(parser)));
    }
    XML_ParserFree(parser);
    return poured != MERA_OK ? poured : xml.code;
}

// Whether bytes are an XML document of the kind that xml.h reads. Inside core/codec only.
#pragma once

#include "core/codec/xml.h"

namespace scrutineer {

// Well-formedness (XML 1.0), namespaces (Namespaces in XML 1.0) and limits, in one pass without recursion. Errors
// carry the byte offset in `where`, as decimal digits.
Status scan_xml(std::string_view text, const XmlLimits& limits);

}  // namespace scrutineer

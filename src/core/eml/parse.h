// What the readers of EML messages share. Inside core/eml only.
#pragma once

#include <functional>

#include "core/codec/xml.h"
#include "core/eml/eml.h"

namespace scrutineer::eml {

Result<XmlElement> child(const XmlElement& parent, std::string_view name, std::string_view space = kSpace);
std::string child_text(const XmlElement& parent, std::string_view name, std::string_view space = kSpace);
Result<std::string> identifier(const XmlElement& element);  // its attribute Id, not empty
Result<std::int64_t> number(const XmlElement& element);     // xs:nonNegativeInteger, canonical

// The header of an EML message; `content` is the element that holds the election ("Count", "Result"). The kind must
// start with `kind`.
struct Message {
  Header header;
  XmlElement election;
};
Result<Message> read_message(const Xml& xml, std::string_view kind, std::string_view content);

}  // namespace scrutineer::eml

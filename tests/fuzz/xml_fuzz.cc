// Any bytes: either refused with a place, or a tree whose names, text and namespaces are UTF-8 and which, written
// again, reads back as the same tree.
#include <string>

#include "core/base/bytes.h"
#include "core/codec/xml.h"
#include "tests/fuzz/fuzz.h"

using namespace scrutineer;

namespace {

void write(XmlWriter& out, const XmlElement& element) {
  check(is_utf8(element.name()) && !element.name().empty() && is_utf8(element.text()),
        "an element breaks its promises");
  out.begin("n:" + std::string(element.name()));
  out.attribute("xmlns:n", element.space().empty() ? std::string_view("urn:none") : element.space());
  if (auto id = element.attribute("Id")) out.attribute("Id", *id);
  std::string text = element.text();
  out.begin("n:text").text(text).end();
  check(element.line() >= 1, "an element has a line");
  for (auto child = element.first_child(); child; child = child->next_sibling()) write(out, *child);
  out.end();
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  XmlLimits limits;
  limits.name_bytes = 64;
  auto xml = Xml::parse(fuzz_text(data, size), "f", limits);
  if (!xml) {
    check(xml.error().where.starts_with("f:") && !xml.error().message.empty(), "a refusal says where and why");
    return 0;
  }
  XmlWriter out;
  write(out, (*xml)->root());
  limits.depth += 1;  // the text stands in an element of its own
  limits.name_bytes += 8;
  auto again = Xml::parse(out.take(), "f", limits);
  check(again.has_value(), "what the writer writes is read");
  check((*again)->root().name() == (*xml)->root().name(), "as the same root");
  check((*again)->root().first_child()->text() == (*xml)->root().text(), "with the same text");
  return 0;
}

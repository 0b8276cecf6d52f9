#include "core/codec/xml.h"

#include <algorithm>

#include <pugixml.hpp>

#include "core/base/bytes.h"
#include "core/base/check.h"
#include "core/codec/xml_scan.h"

namespace scrutineer {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string_view local(std::string_view name) {
  return name.substr(name.find(':') + 1);
}

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

}  // namespace

struct Xml::Tree {
  pugi::xml_document document;
};

Xml::Xml() : tree_(std::make_unique<Tree>()) {}
Xml::~Xml() = default;

Result<std::unique_ptr<Xml>> Xml::parse(std::string_view text, std::string file, const XmlLimits& limits) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  std::unique_ptr<Xml> xml(new Xml);
  xml->file_ = std::move(file);
  if (auto scanned = scan_xml(text, limits); !scanned) {
    std::size_t offset = parse_decimal(scanned.error().where).value_or(0);
    auto line = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n') + 1;
    return fail(scanned.error().code, scanned.error().message, xml->file_ + ":" + std::to_string(line));
  }
  xml->line_starts_.push_back(0);
  for (std::size_t at = text.find('\n'); at != text.npos; at = text.find('\n', at + 1))
    xml->line_starts_.push_back(at + 1);
  auto parsed = xml->tree_->document.load_buffer(text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8);
  check(static_cast<bool>(parsed), "what the scan lets through can be built");
  return xml;
}

XmlElement Xml::root() const {
  return {this, tree_->document.document_element().internal_object()};
}

std::string_view XmlElement::name() const {
  return local(pugi::xml_node(node_).name());
}

std::string_view XmlElement::space() const {
  pugi::xml_node node(node_);
  std::string_view whole = node.name();
  std::size_t colon = whole.find(':');
  if (colon == 3 && whole.starts_with("xml:")) return "http://www.w3.org/XML/1998/namespace";
  for (; node.type() == pugi::node_element; node = node.parent())
    for (pugi::xml_attribute a : node.attributes()) {
      std::string_view name = a.name();
      if (colon == whole.npos ? name == "xmlns"
                              : name.starts_with("xmlns:") && name.substr(6) == whole.substr(0, colon))
        return a.value();
    }
  return {};
}

bool XmlElement::is(std::string_view in, std::string_view called) const {
  return name() == called && space() == in;
}

std::optional<std::string_view> XmlElement::attribute(std::string_view name) const {
  for (pugi::xml_attribute a : pugi::xml_node(node_).attributes())
    if (name == a.name()) return a.value();
  return std::nullopt;
}

std::string XmlElement::text() const {
  std::string out;
  for (pugi::xml_node child : pugi::xml_node(node_).children()) {
    if (child.type() != pugi::node_pcdata && child.type() != pugi::node_cdata) continue;
    for (std::string_view piece = child.value(); char c : piece) {
      if (!is_space(c))
        out += c;
      else if (!out.empty() && out.back() != ' ')
        out += ' ';
    }
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

std::optional<XmlElement> XmlElement::first_child() const {
  for (pugi::xml_node child : pugi::xml_node(node_).children())
    if (child.type() == pugi::node_element) return XmlElement(document_, child.internal_object());
  return std::nullopt;
}

std::optional<XmlElement> XmlElement::next_sibling() const {
  pugi::xml_node node = pugi::xml_node(node_).next_sibling();
  while (node && node.type() != pugi::node_element) node = node.next_sibling();
  if (!node) return std::nullopt;
  return XmlElement(document_, node.internal_object());
}

std::optional<XmlElement> XmlElement::find(std::string_view in, std::string_view called) const {
  for (auto child = first_child(); child; child = child->next_sibling())
    if (child->is(in, called)) return child;
  return std::nullopt;
}

std::size_t XmlElement::line() const {
  auto offset = static_cast<std::size_t>(std::max<std::ptrdiff_t>(pugi::xml_node(node_).offset_debug(), 0));
  const auto& starts = document_->line_starts_;
  return static_cast<std::size_t>(std::upper_bound(starts.begin(), starts.end(), offset) - starts.begin());
}

std::string XmlElement::place() const {
  return document_->file_ + ":" + std::to_string(line());
}

}  // namespace scrutineer

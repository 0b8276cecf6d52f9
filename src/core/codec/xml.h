// XML 1.0 as results are exchanged in it (EML): one strict reader, one writer. UTF-8 only; no document type declaration
// and so no entities but the five that XML itself names; no duplicate attributes, no prefix without its namespace;
// limits on everything. Nothing is ever fetched.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace pugi {
struct xml_node_struct;
}

namespace scrutineer {

struct XmlLimits {
  std::size_t bytes = 128u << 20;  // a large city's count at every station with every candidate is half of it
  std::size_t elements = 8'000'000;
  std::size_t depth = 32;
  std::size_t attributes = 32;  // of one element
  std::size_t name_bytes = 128;
};

class Xml;

// An element of a document; as long as the document lives.
class XmlElement {
 public:
  std::string_view name() const;   // without its prefix
  std::string_view space() const;  // the namespace that its prefix stands for; empty: none
  bool is(std::string_view space, std::string_view name) const;

  // An attribute without a prefix: those belong to the element, not to a namespace.
  std::optional<std::string_view> attribute(std::string_view name) const;
  // Its own characters, those of CDATA sections included, without its children's; white space at both ends left out and
  // runs of it inside made one space (the `token` of XML Schema).
  std::string text() const;

  // The first child of that name.
  std::optional<XmlElement> find(std::string_view space, std::string_view name) const;

  // The next element inside the same parent, and the first inside this one. Nothing where there is none.
  std::optional<XmlElement> first_child() const;
  std::optional<XmlElement> next_sibling() const;

  std::size_t line() const;   // where it starts, from 1; scans the text: for messages
  std::string place() const;  // "file.xml:12"

 private:
  friend class Xml;
  XmlElement(const Xml* document, pugi::xml_node_struct* node) : document_(document), node_(node) {}
  const Xml* document_;
  pugi::xml_node_struct* node_;
};

// A parsed document. Not copied; elements refer to it.
class Xml {
 public:
  // `file`: the name that errors carry. Errors: malformed, unsupported (a document type, another encoding),
  // limit_exceeded; each with file and line.
  static Result<std::unique_ptr<Xml>> parse(std::string_view text, std::string file = "xml",
                                            const XmlLimits& limits = {});
  ~Xml();
  Xml(const Xml&) = delete;
  Xml& operator=(const Xml&) = delete;

  XmlElement root() const;
  const std::string& file() const { return file_; }

 private:
  friend class XmlElement;
  struct Tree;
  Xml();
  std::unique_ptr<Tree> tree_;
  std::vector<std::size_t> line_starts_;
  std::string file_;
};

// Writes an indented document in the order of the calls: the same calls give the same bytes. Names are written as they
// are given, prefixes included; misuse is a bug. Characters that XML cannot carry become U+FFFD.
class XmlWriter {
 public:
  XmlWriter();
  XmlWriter& begin(std::string_view name);
  XmlWriter& attribute(std::string_view name, std::string_view value);  // directly after begin()
  XmlWriter& text(std::string_view text);
  XmlWriter& end();
  XmlWriter& element(std::string_view name, std::string_view text) { return begin(name).text(text).end(); }
  XmlWriter& element(std::string_view name, std::int64_t value) { return element(name, std::to_string(value)); }
  XmlWriter& empty(std::string_view name) { return begin(name).end(); }
  std::string take();

 private:
  void escaped(std::string_view text);
  void close_tag();
  std::string out_;
  std::vector<std::string> open_;
  bool in_tag_ = false;    // the start tag is not closed yet
  bool has_text_ = false;  // the current element holds text: its end tag follows directly
};

}  // namespace scrutineer

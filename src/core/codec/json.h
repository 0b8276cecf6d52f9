// JSON (RFC 8259) as records use it: one strict reader, one writer. No duplicate names at any depth, integers only,
// |n| <= 2^53-1, limited depth, well-formed UTF-8. Formats of others (STIX) may ask for other numbers, too; those keep
// their text and are never computed with.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/limits.h"
#include "core/base/result.h"

namespace scrutineer {

// number: one with a fraction or an exponent, or beyond 2^53-1; only where the reader asked for JsonNumbers::any.
enum class JsonKind : std::uint8_t { null, boolean, integer, string, array, object, number };
enum class JsonNumbers : std::uint8_t { integers, any };

class JsonValue;

// A parsed document: a flat list of nodes in document order over one buffer of text. Copies are deep; views
// (JsonValue, string_view) live as long as the document does and is not moved from or parsed into again.
class Json {
 public:
  // Errors: malformed (with the byte offset in `where`), limit_exceeded (depth).
  static Result<Json> parse(std::string_view text, std::size_t depth_limit = limits::kJsonDepth,
                            JsonNumbers numbers = JsonNumbers::integers);
  // The same into an existing document, keeping its memory: for many small documents in a row.
  static Status parse_into(Json& document, std::string_view text, std::size_t depth_limit = limits::kJsonDepth,
                           JsonNumbers numbers = JsonNumbers::integers);

  JsonValue root() const;

 private:
  friend class JsonValue;
  friend class JsonHandler;
  struct Node {
    JsonKind kind = JsonKind::null;
    std::uint32_t name = 0, name_size = 0;  // in text_; of object members
    std::uint32_t end = 0;                  // index behind this subtree
    std::uint32_t count = 0;                // elements or members
    std::int64_t number = 0;                // integer; boolean 0/1; string, number: offset in text_ << 32 | size
  };
  std::vector<Node> nodes_;
  std::string text_;
};

class JsonValue {
 public:
  JsonKind kind() const { return node().kind; }
  bool is_object() const { return kind() == JsonKind::object; }
  bool is_array() const { return kind() == JsonKind::array; }
  std::optional<std::string_view> as_string() const;
  std::optional<std::int64_t> as_integer() const;
  std::optional<std::string_view> as_number_text() const;  // of JsonKind::number, as it was written
  std::optional<bool> as_boolean() const;
  std::size_t size() const { return node().count; }            // elements or members
  std::string_view name() const;                               // of an object's member
  std::optional<JsonValue> find(std::string_view name) const;  // a member of an object; linear
  // The byte offset of this value in `source`, which must be the text that was parsed. Scans it: for error messages.
  std::size_t offset_in(std::string_view source) const;
  // The exact text of every element or member's value in `source`, which must be the text that was parsed. One scan.
  std::vector<std::string_view> texts_in(std::string_view source) const;

  // for (JsonValue child : value): elements of an array, members of an object, in document order.
  class Iterator {
   public:
    Iterator(const Json* document, std::uint32_t index) : document_(document), index_(index) {}
    JsonValue operator*() const;
    Iterator& operator++();
    bool operator!=(const Iterator& other) const { return index_ != other.index_; }

   private:
    const Json* document_;
    std::uint32_t index_;
  };
  Iterator begin() const { return {document_, index_ + 1}; }
  Iterator end() const { return {document_, is_object() || is_array() ? node().end : index_ + 1}; }

 private:
  friend class Json;
  friend class Iterator;
  JsonValue(const Json* document, std::uint32_t index) : document_(document), index_(index) {}
  const Json::Node& node() const { return document_->nodes_[index_]; }
  std::string_view text_at_number() const;
  const Json* document_;
  std::uint32_t index_;
};

inline JsonValue Json::root() const {
  return JsonValue(this, 0);
}
inline JsonValue JsonValue::Iterator::operator*() const {
  return JsonValue(document_, index_);
}
inline JsonValue::Iterator& JsonValue::Iterator::operator++() {
  index_ = document_->nodes_[index_].end;
  return *this;
}

// Writes compact JSON in the order of the calls: the same calls give the same bytes. Misuse (a value where a name is
// due) is a bug and not detected; integers beyond 2^53-1 abort.
class JsonWriter {
 public:
  JsonWriter& begin_object();
  JsonWriter& end_object();
  JsonWriter& begin_array();
  JsonWriter& end_array();
  JsonWriter& name(std::string_view name);
  JsonWriter& string(std::string_view text);  // UTF-8
  JsonWriter& integer(std::int64_t value);
  JsonWriter& boolean(bool value);
  JsonWriter& null();
  // name + value
  JsonWriter& member(std::string_view key, std::string_view text) { return name(key).string(text); }
  JsonWriter& member(std::string_view key, const char* text) { return name(key).string(text); }
  JsonWriter& member(std::string_view key, std::int64_t value) { return name(key).integer(value); }
  JsonWriter& member_if(std::string_view key, const std::optional<std::int64_t>& value);
  // One line feed between the tokens given so far and the next: for files that people open.
  JsonWriter& line();

  const std::string& text() const { return out_; }
  std::string take() { return std::move(out_); }

 private:
  void separate();
  std::string out_;
  bool first_ = true;
  bool after_name_ = false;
  bool line_ = false;
};

}  // namespace scrutineer

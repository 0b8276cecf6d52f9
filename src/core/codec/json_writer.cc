#include <charconv>

#include "core/base/check.h"
#include "core/codec/json.h"

namespace scrutineer {

void JsonWriter::separate() {
  if (!first_ && !after_name_) out_ += ',';
  if (line_) out_ += '\n';
  first_ = false;
  after_name_ = false;
  line_ = false;
}

JsonWriter& JsonWriter::begin_object() {
  separate();
  out_ += '{';
  first_ = true;
  return *this;
}
JsonWriter& JsonWriter::end_object() {
  if (line_) out_ += '\n';
  line_ = false;
  out_ += '}';
  first_ = false;
  return *this;
}
JsonWriter& JsonWriter::begin_array() {
  separate();
  out_ += '[';
  first_ = true;
  return *this;
}
JsonWriter& JsonWriter::end_array() {
  if (line_) out_ += '\n';
  line_ = false;
  out_ += ']';
  first_ = false;
  return *this;
}

JsonWriter& JsonWriter::name(std::string_view key) {
  string(key);
  out_ += ':';
  after_name_ = true;
  return *this;
}

JsonWriter& JsonWriter::string(std::string_view text) {
  separate();
  out_ += '"';
  for (char c : text) {
    auto u = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out_ += '\\';
      out_ += c;
    } else if (u < 0x20 || u == 0x7f) {
      // Control characters may not stand in a note, not even 0x7f, which plain JSON would allow.
      constexpr char kDigits[] = "0123456789abcdef";
      out_ += "\\u00";
      out_ += kDigits[u >> 4];
      out_ += kDigits[u & 15];
    } else {
      out_ += c;
    }
  }
  out_ += '"';
  return *this;
}

JsonWriter& JsonWriter::integer(std::int64_t value) {
  check(value <= limits::kMaxInteger && value >= -limits::kMaxInteger, "a JSON integer stays within 2^53-1");
  separate();
  char digits[24];
  auto [end, error] = std::to_chars(digits, digits + sizeof digits, value);
  out_.append(digits, static_cast<std::size_t>(end - digits));
  return *this;
}

JsonWriter& JsonWriter::boolean(bool value) {
  separate();
  out_ += value ? "true" : "false";
  return *this;
}

JsonWriter& JsonWriter::null() {
  separate();
  out_ += "null";
  return *this;
}

JsonWriter& JsonWriter::member_if(std::string_view key, const std::optional<std::int64_t>& value) {
  if (value) name(key).integer(*value);
  return *this;
}

JsonWriter& JsonWriter::line() {
  line_ = true;
  return *this;
}

}  // namespace scrutineer

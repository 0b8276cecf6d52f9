#include "app/mail/header.h"

#include <algorithm>

#include "app/mail/limits.h"

namespace scrutineer::mail {

namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

// RFC 5322 section 3.6.8: printable ASCII but the colon.
bool is_field_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

Status add_line(Header& header, std::string_view line, std::size_t offset) {
  if (line.find('\0') != line.npos || line.find('\r') != line.npos)
    return broken(ErrorCode::malformed, "a header holds a byte that may not stand there", offset);
  if (is_blank(line.front())) {  // folded: RFC 5322 section 2.2.3
    if (header.fields.empty()) return broken(ErrorCode::malformed, "a header begins in the middle of a field", offset);
    std::string& value = header.fields.back().value;
    value += ' ';
    value += trimmed(line);
    return {};
  }
  const std::size_t colon = line.find(':');
  if (colon == line.npos || !is_field_name(line.substr(0, colon)))
    return broken(ErrorCode::malformed, "a header line has no field name", offset);
  header.fields.push_back({lower(line.substr(0, colon)), std::string(trimmed(line.substr(colon + 1)))});
  return {};
}

// Reads the parameters of a structured field from left to right.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  // Blanks and comments (RFC 5322 section 3.2.2), which nest.
  Status skip() {
    std::size_t depth = 0;
    while (!rest_.empty()) {
      const char c = rest_.front();
      if (c == '(') {
        ++depth;
      } else if (c == ')' && depth > 0) {
        --depth;
      } else if (depth > 0 && c == '\\' && rest_.size() > 1) {
        rest_.remove_prefix(1);
      } else if (depth == 0 && !is_blank(c)) {
        return {};
      }
      rest_.remove_prefix(1);
    }
    if (depth > 0) return fail(ErrorCode::malformed, "a header field has a comment without an end");
    return {};
  }
  bool done() const { return rest_.empty(); }
  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  // Up to one of `ends`; programs forget quotes around names with blanks, so blanks inside are part of it.
  std::string_view take_until(std::string_view ends) {
    const std::size_t size = std::min(rest_.find_first_of(ends), rest_.size());
    const std::string_view out = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return trimmed(out);
  }
  Result<std::string> take_quoted() {  // behind its first quote
    std::string out;
    while (!rest_.empty()) {
      char c = rest_.front();
      rest_.remove_prefix(1);
      if (c == '"') return out;
      if (c == '\\' && !rest_.empty()) {
        c = rest_.front();
        rest_.remove_prefix(1);
      }
      out += c;
    }
    return fail(ErrorCode::malformed, "a header field has a quote without an end");
  }

 private:
  std::string_view rest_;
};

}  // namespace

std::string_view take_line(std::string_view& rest) {
  const std::size_t end = rest.find('\n');
  std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
  if (end != rest.npos && line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

tl::unexpected<Error> broken(ErrorCode code, std::string sentence, std::size_t offset) {
  return fail(code, std::move(sentence), "byte " + std::to_string(offset + 1));
}

Result<std::optional<std::string_view>> Header::only(std::string_view name) const {
  std::optional<std::string_view> out;
  for (const HeaderField& field : fields) {
    if (field.name != name) continue;
    if (out) return fail(ErrorCode::malformed, "a header field that says what a part is stands there twice");
    out = field.value;
  }
  return out;
}

Result<Header> parse_header(BytesView bytes, std::size_t offset) {
  Header out;
  std::string_view rest = bytes;
  while (!rest.empty()) {
    const std::size_t at = bytes.size() - rest.size();
    const std::string_view line = take_line(rest);
    out.size = bytes.size() - rest.size();
    if (out.size > kMailHeaderBytes)
      return broken(ErrorCode::limit_exceeded, "a header is larger than " + std::to_string(kMailHeaderBytes) + " bytes",
                    offset);
    if (line.empty()) return out;
    SCRUTINEER_CHECKED(add_line(out, line, offset + at));
  }
  return out;
}

Result<Parameterised> parse_parameterised(std::string_view text) {
  Parameterised out;
  Scanner scanner(text);
  SCRUTINEER_CHECKED(scanner.skip());
  out.value = lower(scanner.take_until(";( \t"));
  while (true) {
    SCRUTINEER_CHECKED(scanner.skip());
    if (scanner.done()) return out;
    if (!scanner.take(';')) return fail(ErrorCode::malformed, "a header field has something between its parameters");
    SCRUTINEER_CHECKED(scanner.skip());
    const std::string name = lower(scanner.take_until(";=( \t"));
    SCRUTINEER_CHECKED(scanner.skip());
    if (!scanner.take('=')) {
      if (name.empty()) continue;  // a semicolon with nothing behind it
      return fail(ErrorCode::malformed, "a header field has a parameter without a value");
    }
    SCRUTINEER_CHECKED(scanner.skip());
    std::string value;
    if (scanner.take('"')) {
      SCRUTINEER_TRY(value, scanner.take_quoted());
    } else {
      value = scanner.take_until(";(");
    }
    if (!out.parameter(name).empty()) return fail(ErrorCode::malformed, "a header field has a parameter twice");
    if (out.parameters.size() == kMailParameters)
      return fail(ErrorCode::limit_exceeded,
                  "a header field has more than " + std::to_string(kMailParameters) + " parameters");
    out.parameters.push_back({name, std::move(value)});
  }
}

std::string_view Parameterised::parameter(std::string_view name) const {
  for (const HeaderField& one : parameters)
    if (one.name == name) return one.value;
  return {};
}

}  // namespace scrutineer::mail

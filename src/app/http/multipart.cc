// multipart/form-data (RFC 7578, RFC 2046 section 5.1).
#include <algorithm>

#include "app/http/message.h"

namespace scrutineer::http {

namespace {

constexpr std::size_t kParts = 100;
constexpr std::size_t kPartHeadBytes = 4'096;
constexpr std::size_t kBoundaryBytes = 70;  // RFC 2046

tl::unexpected<Error> broken(const char* what) {
  return fail(ErrorCode::malformed, std::string("this is not multipart/form-data: ") + what);
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

struct Parameters {
  std::string head;  // what stands before the first ';', lower case
  std::vector<Field> values;
  std::string_view get(std::string_view name) const {
    for (const Field& field : values)
      if (field.first == name) return field.second;
    return {};
  }
};

// `form-data; name="a"; filename="b"`. Browsers write '"' inside as %22 and leave backslashes as they are (WHATWG HTML,
// "multipart/form-data encoding"), so a backslash quotes nothing here.
std::optional<Parameters> parse_parameters(std::string_view text) {
  Parameters out;
  std::size_t at = std::min(text.find(';'), text.size());
  out.head = lower(trimmed(text.substr(0, at)));
  while (at < text.size()) {
    const std::size_t equals = text.find('=', ++at);
    if (equals == text.npos) return std::nullopt;
    const std::string name = lower(trimmed(text.substr(at, equals - at)));
    at = equals + 1;
    if (at < text.size() && text[at] == '"') {
      const std::size_t close = text.find('"', ++at);
      if (close == text.npos) return std::nullopt;
      out.values.emplace_back(name, text.substr(at, close - at));
      at = close + 1;
      while (at < text.size() && text[at] == ' ') ++at;
      if (at < text.size() && text[at] != ';') return std::nullopt;
    } else {
      const std::size_t end = std::min(text.find(';', at), text.size());
      out.values.emplace_back(name, trimmed(text.substr(at, end - at)));
      at = end;
    }
  }
  return out;
}

std::string unescaped(std::string_view text) {
  std::string out;
  for (; !text.empty(); text.remove_prefix(1)) {
    const bool quote = text.starts_with("%22");
    out += quote ? '"' : text.front();
    if (quote) text.remove_prefix(2);
  }
  return out;
}

Result<FormPart> parse_part(BytesView bytes) {
  const std::size_t end = bytes.substr(0, kPartHeadBytes).find("\r\n\r\n");
  if (end == bytes.npos) return broken("a part has no head, or too large a one");
  FormPart part;
  bool named = false;
  for (std::string_view head = bytes.substr(0, end + 2); !head.empty();) {
    const std::size_t line_end = head.find("\r\n");
    const std::string_view line = head.substr(0, line_end);
    head.remove_prefix(line_end + 2);
    const std::size_t colon = line.find(':');
    if (colon == line.npos) return broken("a line of a part's head has no colon");
    const std::string name = lower(line.substr(0, colon));
    if (name == "content-type") part.type = trimmed(line.substr(colon + 1));
    if (name != "content-disposition") continue;
    const auto parameters = parse_parameters(line.substr(colon + 1));
    if (!parameters || parameters->head != "form-data" || parameters->get("name").empty() || named)
      return broken("a part does not say once which field it is");
    named = true;
    part.name = unescaped(parameters->get("name"));
    part.file_name = unescaped(parameters->get("filename"));
  }
  if (!named) return broken("a part does not say which field it is");
  if (!is_utf8(part.name) || !is_utf8(part.file_name)) return broken("a part's name is not UTF-8");
  part.bytes = bytes.substr(end + 4);
  return part;
}

}  // namespace

Result<std::vector<FormPart>> parse_multipart(const Request& request) {
  const auto type = parse_parameters(request.header("content-type"));
  if (!type || type->head != "multipart/form-data") return broken("its media type says something else");
  const std::string_view boundary = type->get("boundary");
  if (boundary.empty() || boundary.size() > kBoundaryBytes) return broken("its boundary is missing or too long");
  const std::string delimiter = "\r\n--" + std::string(boundary);
  BytesView rest = request.body;
  if (!rest.starts_with(std::string_view(delimiter).substr(2))) return broken("it does not begin with its boundary");
  rest.remove_prefix(delimiter.size() - 2);
  std::vector<FormPart> parts;
  while (!rest.starts_with("--")) {
    if (!rest.starts_with("\r\n")) return broken("a boundary is followed by something else");
    rest.remove_prefix(2);
    if (parts.size() == kParts) return fail(ErrorCode::limit_exceeded, "a form has at most 100 parts");
    const std::size_t end = rest.find(delimiter);
    if (end == rest.npos) return broken("it ends inside a part");
    SCRUTINEER_TRY(FormPart part, parse_part(rest.substr(0, end)));
    parts.push_back(std::move(part));
    rest.remove_prefix(end + delimiter.size());
  }
  return parts;
}

}  // namespace scrutineer::http

#include "app/http/wire.h"

#include <algorithm>
#include <array>

namespace scrutineer::http {

namespace {

// RFC 9110 section 9, PATCH of RFC 5789. TRACE and CONNECT have no business here.
constexpr std::array<std::string_view, 7> kMethods = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};

tl::unexpected<Refused> refuse(int status, std::string sentence) {
  return tl::unexpected<Refused>(Refused{status, std::move(sentence)});
}

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

bool same_token(std::string_view text, std::string_view lower_case) {
  return std::equal(text.begin(), text.end(), lower_case.begin(), lower_case.end(),
                    [](char a, char b) { return lower(a) == b; });
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::optional<std::string_view> take_line(BytesView& bytes) {
  const std::size_t end = bytes.find("\r\n");
  if (end == bytes.npos) return std::nullopt;
  const std::string_view line = bytes.substr(0, end);
  bytes.remove_prefix(end + 2);
  return line;
}

// RFC 9112 section 5. Control characters but tabs, among them bare CR and LF, are refused in values.
Read<std::vector<Field>> parse_fields(BytesView bytes) {
  std::vector<Field> fields;
  for (auto line = take_line(bytes); line && !line->empty(); line = take_line(bytes)) {
    if (fields.size() == kFields) return refuse(431, "A request has at most 100 header fields.");
    const std::size_t colon = line->find(':');
    if (colon == line->npos || !is_token(line->substr(0, colon)))
      return refuse(400, "A header field has no proper name.");
    const std::string_view value = trimmed(line->substr(colon + 1));
    if (std::any_of(value.begin(), value.end(),
                    [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f; }))
      return refuse(400, "A header field holds a control character.");
    std::string name(line->substr(0, colon));
    std::transform(name.begin(), name.end(), name.begin(), lower);
    fields.emplace_back(std::move(name), value);
  }
  return fields;
}

std::size_t count(const std::vector<Field>& fields, std::string_view name) {
  return static_cast<std::size_t>(
      std::count_if(fields.begin(), fields.end(), [&](const Field& f) { return f.first == name; }));
}

// RFC 9112 section 6.3; whatever could be read in two ways is refused.
Read<BodyLength> length_of(const std::vector<Field>& fields, bool old_version) {
  const std::size_t lengths = count(fields, "content-length"), codings = count(fields, "transfer-encoding");
  if (codings > 0) {
    if (old_version || lengths > 0 || codings > 1) return refuse(400, "The request's length is said in two ways.");
    if (!same_token(first_value(fields, "transfer-encoding"), "chunked"))
      return refuse(501, "The only transfer coding known here is 'chunked'.");
    return BodyLength{BodyLength::Kind::chunked, 0};
  }
  if (lengths == 0) return BodyLength{};
  const auto size = parse_decimal(first_value(fields, "content-length"));
  if (lengths > 1 || !size) return refuse(400, "The request's length is not one number.");
  return BodyLength{BodyLength::Kind::fixed, *size};
}

bool keeps_alive(const std::vector<Field>& fields, bool old_version) {
  bool keep = !old_version;
  for (const auto& [name, value] : fields) {
    if (name != "connection") continue;
    if (lists_token(value, "close")) return false;
    if (lists_token(value, "keep-alive")) keep = true;
  }
  return keep;
}

Read<std::vector<Field>> parse_query(std::string_view text) {
  std::vector<Field> fields;
  while (!text.empty()) {
    const std::size_t end = text.find('&');
    const std::string_view pair = text.substr(0, end);
    text = end == text.npos ? std::string_view() : text.substr(end + 1);
    if (pair.empty()) continue;
    if (fields.size() == kFields) return refuse(400, "An address has at most 100 parameters.");
    const std::size_t equals = pair.find('=');
    auto name = percent_decoded(pair.substr(0, equals), true);
    auto value = equals == pair.npos ? std::string() : percent_decoded(pair.substr(equals + 1), true);
    if (!name || !value) return refuse(400, "The address's query is not percent-encoded UTF-8.");
    fields.emplace_back(std::move(*name), std::move(*value));
  }
  return fields;
}

// RFC 9112 section 3.2.1, origin-form; the forms for proxies are none of ours.
tl::expected<void, Refused> parse_target(std::string_view target, RequestHead& head) {
  if (target.size() > kTargetBytes) return refuse(414, "The address is too long.");
  const bool plain = std::all_of(target.begin(), target.end(), [](char c) { return c > 0x20 && c < 0x7f; });
  if (!plain || !target.starts_with('/') || target.find('#') != target.npos)
    return refuse(400, "The request's target is not a path.");
  const std::size_t mark = target.find('?');
  auto path = percent_decoded(target.substr(0, mark), false);
  if (!path) return refuse(400, "The address is not percent-encoded UTF-8.");
  head.path = std::move(*path);
  if (mark == target.npos) return {};
  auto query = parse_query(target.substr(mark + 1));
  if (!query) return tl::unexpected(query.error());
  head.query = std::move(*query);
  return {};
}

}  // namespace

std::string_view first_value(const std::vector<Field>& fields, std::string_view name) {
  for (const Field& field : fields)
    if (field.first == name) return field.second;
  return {};
}

bool lists_token(std::string_view list, std::string_view token) {
  while (true) {
    const std::size_t end = list.find(',');
    if (same_token(trimmed(list.substr(0, end)), token)) return true;
    if (end == list.npos) return false;
    list.remove_prefix(end + 1);
  }
}

std::optional<std::size_t> head_size(BytesView bytes, std::size_t scanned) {
  const std::size_t end = bytes.find("\r\n\r\n", scanned < 3 ? 0 : scanned - 3);
  if (end == bytes.npos) return std::nullopt;
  return end + 4;
}

Read<RequestHead> parse_request_head(BytesView head) {
  const auto line = take_line(head);
  const std::size_t first = line ? line->find(' ') : 0, last = line ? line->rfind(' ') : 0;
  if (!line || first == line->npos || first == last || !is_token(line->substr(0, first)))
    return refuse(400, "The request line is not 'METHOD /path HTTP/1.1'.");
  const std::string_view version = line->substr(last + 1);
  const bool old_version = version == "HTTP/1.0";
  if (!version.starts_with("HTTP/")) return refuse(400, "The request line is not 'METHOD /path HTTP/1.1'.");
  if (!old_version && version != "HTTP/1.1") return refuse(505, "The versions known here are HTTP/1.1 and HTTP/1.0.");
  RequestHead out;
  out.method = line->substr(0, first);
  if (std::find(kMethods.begin(), kMethods.end(), out.method) == kMethods.end())
    return refuse(501, "This method is not known here.");
  if (auto parsed = parse_target(line->substr(first + 1, last - first - 1), out); !parsed)
    return tl::unexpected(parsed.error());
  auto fields = parse_fields(head);
  if (!fields) return tl::unexpected(fields.error());
  const std::size_t hosts = count(*fields, "host");
  if (hosts > 1 || (hosts == 0 && !old_version)) return refuse(400, "A request names one host.");  // RFC 9112, 3.2
  auto length = length_of(*fields, old_version);
  if (!length) return tl::unexpected(length.error());
  out.length = *length;
  out.keep_alive = keeps_alive(*fields, old_version);
  out.expects_continue = !old_version && same_token(first_value(*fields, "expect"), "100-continue");
  out.headers = std::move(*fields);
  return out;
}

Result<AnswerHead> parse_answer_head(BytesView head, std::string_view method) {
  const auto line = take_line(head);
  const auto code = line && line->size() >= 12 ? parse_decimal(line->substr(9, 3)) : std::nullopt;
  const bool old_version = line && line->starts_with("HTTP/1.0 ");
  if (!code || *code < 100 || *code > 599 || (!old_version && !line->starts_with("HTTP/1.1 ")))
    return fail(ErrorCode::malformed, "the answer is not HTTP/1.1");
  auto fields = parse_fields(head);
  if (!fields) return fail(ErrorCode::malformed, "the answer's head is broken: " + fields.error().sentence);
  AnswerHead out;
  out.status = static_cast<int>(*code);
  auto length = length_of(*fields, old_version);
  if (!length) return fail(ErrorCode::malformed, "the answer's head is broken: " + length.error().sentence);
  out.length = *length;
  const bool bodyless = method == "HEAD" || out.status < 200 || out.status == 204 || out.status == 304;
  if (bodyless) out.length = {};
  const bool said = count(*fields, "content-length") + count(*fields, "transfer-encoding") > 0;
  if (!bodyless && !said) out.length.kind = BodyLength::Kind::until_close;
  out.keep_alive = keeps_alive(*fields, old_version) && out.length.kind != BodyLength::Kind::until_close;
  out.headers = std::move(*fields);
  return out;
}

}  // namespace scrutineer::http

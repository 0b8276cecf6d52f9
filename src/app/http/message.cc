#include "app/http/message.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstdio>

#include "app/http/file_rules.h"
#include "core/codec/json.h"
#include "core/crypto/hash.h"

namespace scrutineer::http {

namespace {

constexpr std::size_t kFormFields = 1'000;

struct Phrase {
  int status;
  std::string_view phrase, korean, english;
};

// RFC 9110 section 15, RFC 6585; the sentences are for a person who meets one of them in a browser.
constexpr std::array<Phrase, 31> kPhrases = {{
    {200, "OK", {}, {}},
    {201, "Created", {}, {}},
    {202, "Accepted", {}, {}},
    {204, "No Content", {}, {}},
    {206, "Partial Content", {}, {}},
    {301, "Moved Permanently", "주소가 바뀌었습니다.", "The address has changed."},
    {302, "Found", "다른 주소에 있습니다.", "It is at another address."},
    {303, "See Other", "다른 주소에 있습니다.", "It is at another address."},
    {304, "Not Modified", {}, {}},
    {307, "Temporary Redirect", "다른 주소에 있습니다.", "It is at another address."},
    {400, "Bad Request", "이해할 수 없는 요청입니다.", "This request cannot be understood."},
    {401, "Unauthorized", "먼저 로그인해야 합니다.", "Sign in first."},
    {403, "Forbidden", "이 작업을 할 권한이 없습니다.", "You may not do this."},
    {404, "Not Found", "여기에는 아무것도 없습니다.", "There is nothing here."},
    {405, "Method Not Allowed", "이 주소에서는 할 수 없는 요청입니다.", "This cannot be done at this address."},
    {408, "Request Timeout", "요청이 너무 오래 걸렸습니다.", "The request took too long to arrive."},
    {409, "Conflict", "이미 있는 내용과 어긋납니다.", "It contradicts what is already there."},
    {411, "Length Required", "요청의 크기를 밝혀야 합니다.", "The request must say how long it is."},
    {412, "Precondition Failed", "그 사이에 내용이 바뀌었습니다.", "It has changed in the meantime."},
    {413, "Content Too Large", "보낸 내용이 너무 큽니다.", "What was sent is too large."},
    {414, "URI Too Long", "주소가 너무 깁니다.", "The address is too long."},
    {415, "Unsupported Media Type", "받을 수 없는 형식입니다.", "This kind of content is not taken here."},
    {416, "Range Not Satisfiable", "파일에 없는 범위입니다.", "The file has no such part."},
    {422, "Unprocessable Content", "내용을 받아들일 수 없습니다.", "The content cannot be accepted."},
    {429, "Too Many Requests", "요청이 너무 잦습니다. 잠시 뒤에 다시 하십시오.", "Too many requests. Try again later."},
    {431, "Request Header Fields Too Large", "요청의 머리말이 너무 큽니다.", "The request's headers are too large."},
    {500, "Internal Server Error", "서버에 문제가 생겼습니다.", "Something failed in the server."},
    {501, "Not Implemented", "모르는 방식의 요청입니다.", "This kind of request is not known here."},
    {503, "Service Unavailable", "지금은 바쁩니다. 잠시 뒤에 다시 하십시오.", "Busy now. Try again in a moment."},
    {504, "Gateway Timeout", "답이 제때 오지 않았습니다.", "No answer came in time."},
    {505, "HTTP Version Not Supported", "모르는 HTTP 판입니다.", "This version of HTTP is not known here."},
}};

const Phrase& phrase_of(int status) {
  const auto* found =
      std::find_if(kPhrases.begin(), kPhrases.end(), [&](const Phrase& p) { return p.status == status; });
  static constexpr Phrase kOther{0, "Status", "요청을 처리하지 못했습니다.", "The request was not carried out."};
  return found == kPhrases.end() ? kOther : *found;
}

int status_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::malformed:
    case ErrorCode::invalid_argument: return 400;
    case ErrorCode::unauthorised: return 403;
    case ErrorCode::not_found: return 404;
    case ErrorCode::conflict:
    case ErrorCode::stale: return 409;
    case ErrorCode::limit_exceeded: return 413;
    case ErrorCode::bad_signature:
    case ErrorCode::unsupported: return 422;
    case ErrorCode::busy: return 503;
    case ErrorCode::io_error:
    case ErrorCode::disk_full:
    case ErrorCode::corrupt:
    case ErrorCode::overflow: return 500;
  }
  return 500;
}

Answer problem_answer(int status, std::string_view code, std::string_view title, std::string_view detail,
                      std::string_view where) {
  JsonWriter json;
  json.begin_object().member("type", "about:blank").member("title", title).member("status", status);
  json.member("detail", detail).member("code", code);
  if (!where.empty()) json.member("where", where);
  json.end_object();
  Answer answer;
  answer.status = status;
  answer.type = "application/problem+json";
  answer.headers.emplace_back("Cache-Control", "no-store");
  answer.body = json.take();
  return answer;
}

// Only what the sender wrote may come back to the sender, and JSON must be UTF-8.
std::string shown(std::string_view text) {
  return std::string(text.substr(0, utf8_prefix(text)));
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

const Field* find(const std::vector<Field>& fields, std::string_view name) {
  const auto found = std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return f.first == name; });
  return found == fields.end() ? nullptr : &*found;
}

std::string_view value_of(const Field* field) {
  return field == nullptr ? std::string_view() : std::string_view(field->second);
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

}  // namespace

std::string_view Request::header(std::string_view name) const {
  return value_of(find(headers, name));
}

bool Request::has_header(std::string_view name) const {
  return find(headers, name) != nullptr;
}

std::string_view Request::parameter(std::string_view name) const {
  return value_of(find(query, name));
}

std::optional<std::string> Request::cookie(std::string_view name) const {
  for (const auto& [header_name, value] : headers) {
    if (header_name != "cookie") continue;
    for (std::string_view rest = value; !rest.empty();) {
      const std::size_t end = rest.find(';');
      const std::string_view pair = trimmed(rest.substr(0, end));
      rest = end == rest.npos ? std::string_view() : rest.substr(end + 1);
      const std::size_t equals = pair.find('=');
      if (equals != pair.npos && pair.substr(0, equals) == name) return std::string(pair.substr(equals + 1));
    }
  }
  return std::nullopt;
}

std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += plus_is_space && text[i] == '+' ? ' ' : text[i];
      continue;
    }
    const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
    const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
    if (high < 0 || low < 0) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  if (!is_utf8(out)) return std::nullopt;
  return out;
}

// WHATWG URL, section 5.1: application/x-www-form-urlencoded parsing.
Result<std::vector<Field>> parse_form(BytesView body) {
  std::vector<Field> fields;
  while (!body.empty()) {
    const std::size_t end = body.find('&');
    const std::string_view pair = body.substr(0, end);
    body = end == body.npos ? BytesView() : body.substr(end + 1);
    if (pair.empty()) continue;
    if (fields.size() == kFormFields) return fail(ErrorCode::limit_exceeded, "a form has at most 1,000 fields");
    const std::size_t equals = pair.find('=');
    auto name = percent_decoded(pair.substr(0, equals), true);
    auto value = equals == pair.npos ? std::string() : percent_decoded(pair.substr(equals + 1), true);
    if (!name || !value) return fail(ErrorCode::malformed, "a field of the form is not percent-encoded UTF-8");
    fields.emplace_back(std::move(*name), std::move(*value));
  }
  return fields;
}

Answer see_other(std::string location) {
  Answer answer = refusal(303, {});
  answer.headers.emplace_back("Location", std::move(location));
  return answer;
}

Answer restricted(Answer answer) {
  for (const Header& header : kDeskHeaders) {
    std::erase_if(answer.headers, [&](const Field& field) { return field.first == header.name; });
    answer.headers.emplace_back(header.name, header.value);
  }
  return answer;
}

Answer tagged(Answer answer) {
  answer.headers.emplace_back("ETag", '"' + to_hex(sha256(answer.body)) + '"');
  return answer;
}

Answer refusal(int status, std::string_view path, std::string_view sentence) {
  const Phrase& phrase = phrase_of(status);
  if (sentence.empty()) sentence = phrase.english;
  if (path == "/api" || path.starts_with("/api/")) {
    static constexpr std::pair<int, std::string_view> kCodes[] = {
        {401, "unauthorised"},   {403, "unauthorised"},   {404, "not_found"},      {408, "busy"},
        {409, "conflict"},       {413, "limit_exceeded"}, {414, "limit_exceeded"}, {429, "busy"},
        {431, "limit_exceeded"}, {500, "io_error"},       {501, "unsupported"},    {503, "busy"}};
    const auto* known = std::find_if(std::begin(kCodes), std::end(kCodes), [&](auto& c) { return c.first == status; });
    return problem(status, known == std::end(kCodes) ? "invalid_argument" : known->second, phrase.phrase, sentence);
  }
  Answer answer;
  answer.status = status;
  answer.type = "text/plain; charset=utf-8";
  answer.body = fmt::format("{}\n{}\n", phrase.korean, sentence);
  return answer;
}

std::string_view reason_phrase(int status) {
  return phrase_of(status).phrase;
}

Answer problem(const Error& error) {
  const int status = status_of(error.code);
  const std::string_view title = reason_phrase(status);
  if (status != 500)
    return problem_answer(status, error_code_name(error.code), title, shown(error.message), shown(error.where));
  std::string line = to_string(error);
  std::replace_if(
      line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
  fmt::print(stderr, "scrutineer: answered 500: {}\n", line);
  return problem_answer(status, "io_error", title, phrase_of(status).english, {});
}

Answer problem(int status, std::string_view code, std::string_view title, std::string_view detail) {
  return problem_answer(status, code, title, shown(detail), {});
}

}  // namespace scrutineer::http

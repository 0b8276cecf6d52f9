#include "app/taxii/words.h"

#include <fmt/core.h>

#include <cstdio>

#include "core/codec/json.h"

namespace scrutineer {
namespace {

void outcomes(JsonWriter& json, std::string_view name, const std::vector<TaxiiOutcome>& list, std::string_view count) {
  json.member(count, static_cast<std::int64_t>(list.size()));
  if (list.empty()) return;
  json.name(name).begin_array();
  for (const TaxiiOutcome& one : list) {
    json.begin_object().member("id", one.id).member("version", one.version);
    if (!one.message.empty()) json.member("message", one.message);
    json.end_object();
  }
  json.end_array();
}

std::string text_in(JsonValue value, std::string_view name) {
  const auto member = value.find(name);
  return std::string(member ? member->as_string().value_or("") : "");
}

std::vector<TaxiiOutcome> read_outcomes(JsonValue root, std::string_view name) {
  std::vector<TaxiiOutcome> out;
  const auto list = root.find(name);
  if (!list || !list->is_array()) return out;
  const JsonValue values = *list;
  for (JsonValue one : values)
    if (one.is_object()) out.push_back({text_in(one, "id"), text_in(one, "version"), text_in(one, "message")});
  return out;
}

}  // namespace

http::Answer taxii_answer(int status, std::string json) {
  http::Answer answer;
  answer.status = status;
  answer.type = kTaxiiMedia;
  answer.body = std::move(json);
  answer.headers.emplace_back("Cache-Control", "no-store");
  return answer;
}

http::Answer taxii_error(int status, std::string_view korean, std::string_view english) {
  JsonWriter json;
  json.begin_object().member("title", http::reason_phrase(status));
  json.member("description", std::string(korean) + " " + std::string(english));
  json.member("http_status", std::to_string(status)).end_object();
  http::Answer answer = taxii_answer(status, json.take());
  if (status == 401) answer.headers.emplace_back("WWW-Authenticate", "Basic realm=\"taxii\", charset=\"UTF-8\"");
  return answer;
}

http::Answer taxii_error(const Error& error) {
  switch (error.code) {
    case ErrorCode::not_found: return taxii_error(404, "여기에는 아무것도 없습니다.", "There is nothing here.");
    case ErrorCode::unauthorised: return taxii_error(403, "권한이 없습니다.", "You may not do this.");
    case ErrorCode::limit_exceeded: return taxii_error(413, "보낸 내용이 너무 큽니다.", "What was sent is too large.");
    case ErrorCode::malformed:
      return taxii_error(400, "이해할 수 없는 요청입니다.", "This request cannot be understood.");
    case ErrorCode::invalid_argument:
    case ErrorCode::conflict:
    case ErrorCode::unsupported:
      return taxii_error(422, "내용을 받아들일 수 없습니다.", "The content cannot be accepted.");
    case ErrorCode::busy: return taxii_error(503, "지금은 바쁩니다.", "Busy now. Try again in a moment.");
    default: break;
  }
  fmt::print(stderr, "scrutineer: a TAXII request failed: {}\n", error_code_name(error.code));
  return taxii_error(500, "서버에 문제가 생겼습니다.", "Something failed in the server.");
}

// Section 5.2.1
std::string collection_json(const TaxiiCollection& collection) {
  JsonWriter json;
  json.begin_object().member("id", collection.id).member("title", collection.title);
  if (!collection.description.empty()) json.member("description", collection.description);
  if (!collection.alias.empty()) json.member("alias", collection.alias);
  json.name("can_read").boolean(collection.can_read).name("can_write").boolean(collection.can_write);
  json.name("media_types").begin_array().string(kStixMedia).end_array().end_object();
  return json.take();
}

// Section 4.3.1
std::string status_json(const TaxiiStatus& status) {
  JsonWriter json;
  json.begin_object().member("id", status.id).member("status", status.complete() ? "complete" : "pending");
  json.member("request_timestamp", to_string(status.requested));
  const std::size_t all = status.successes.size() + status.failures.size() + status.pendings.size();
  json.member("total_count", static_cast<std::int64_t>(all));
  outcomes(json, "successes", status.successes, "success_count");
  outcomes(json, "failures", status.failures, "failure_count");
  outcomes(json, "pendings", status.pendings, "pending_count");
  json.end_object();
  return json.take();
}

std::optional<TaxiiStatus> parse_status(std::string_view text) {
  auto json = Json::parse(text, limits::kStixDepth, JsonNumbers::any);
  if (!json || !json->root().is_object()) return std::nullopt;
  const JsonValue root = json->root();
  TaxiiStatus out;
  out.id = text_in(root, "id");
  const std::string state = text_in(root, "status");
  if (out.id.empty() || (state != "complete" && state != "pending")) return std::nullopt;
  out.requested = parse_taxii_time(text_in(root, "request_timestamp")).value_or(TaxiiTime{});
  out.successes = read_outcomes(root, "successes");
  out.failures = read_outcomes(root, "failures");
  out.pendings = read_outcomes(root, "pendings");
  // Lists may be left out; only the word says that it is over.
  if (state == "pending" && out.pendings.empty()) out.pendings.emplace_back();
  if (state == "complete") out.pendings.clear();
  return out;
}

}  // namespace scrutineer

#include "app/notice/wire.h"

#include <algorithm>

#include "core/codec/json.h"

namespace scrutineer {
namespace {

constexpr std::string_view kRequestLine = "scrutineer/sealed-request/1\n";
constexpr std::size_t kOthersWords = 500;  // kept of what another node says

std::string words(std::optional<std::string_view> text) {
  std::string out(text.value_or("").substr(0, kOthersWords));
  out.resize(utf8_prefix(out));
  std::replace_if(
      out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
  return out;
}

std::optional<std::string_view> text_of(const JsonValue& object, std::string_view name) {
  auto member = object.find(name);
  return member ? member->as_string() : std::nullopt;
}

// The next line; nullopt where there is none.
std::optional<std::string_view> take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  if (end == text.npos) return std::nullopt;
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

}  // namespace

Bytes envelope_answer(const TakenInAll& taken) {
  JsonWriter out;
  out.begin_object().name("results").begin_array();
  for (const TakenIn& one : taken.results) {
    out.begin_object().member("record", to_hex(one.record));
    out.member("outcome", kTakenInNames[static_cast<std::size_t>(one.outcome)]);
    if (one.error)
      out.member("code", error_code_name(one.error->code)).member("sentence", to_string(*one.error));
    else
      out.member("index", static_cast<std::int64_t>(one.index));
    out.end_object();
  }
  out.end_array().name("said").begin_array();
  for (const Bytes& note : taken.said) out.string(note);
  out.end_array().end_object();
  return out.take();
}

Result<EnvelopeAnswer> read_envelope_answer(BytesView body) {
  SCRUTINEER_TRY(Json json, Json::parse(body));
  auto results = json.root().is_object() ? json.root().find("results") : std::nullopt;
  auto said = results ? json.root().find("said") : std::nullopt;
  if (!said || !results->is_array() || !said->is_array())
    return fail(ErrorCode::malformed, "this is no answer to an envelope");
  if (results->size() > kEnvelopeRecords || said->size() > 2 * kEnvelopeRecords)
    return fail(ErrorCode::limit_exceeded, "an answer with more results than an envelope has records");
  EnvelopeAnswer answer;
  for (JsonValue one : *results) {
    auto outcome = one.is_object() ? text_of(one, "outcome") : std::nullopt;
    const auto known = std::find(std::begin(kTakenInNames), std::end(kTakenInNames), outcome.value_or(""));
    if (known == std::end(kTakenInNames)) return fail(ErrorCode::malformed, "a result without an outcome");
    answer.results.push_back({static_cast<TakenIn::Outcome>(known - std::begin(kTakenInNames)),
                              words(text_of(one, "code")), words(text_of(one, "sentence"))});
  }
  for (JsonValue note : *said) {
    auto text = note.as_string();
    if (!text) return fail(ErrorCode::malformed, "what was said is not a note");
    answer.said.emplace_back(*text);
  }
  return answer;
}

std::string to_text(const SealedRequest& request) {
  std::string text(kRequestLine);
  text += request.origin + "\n" + std::to_string(request.time) + "\n";
  for (const RecordId& id : request.records) text += to_hex(id) + "\n";
  return text;
}

Result<SealedRequest> read_sealed_request_text(std::string_view text) {
  if (!text.starts_with(kRequestLine)) return fail(ErrorCode::malformed, "this is no request for sealed contents");
  text.remove_prefix(kRequestLine.size());
  SealedRequest request;
  auto origin = take_line(text);
  auto time = take_line(text);
  auto seconds = time ? parse_decimal(*time) : std::nullopt;
  if (!seconds || *seconds > static_cast<std::uint64_t>(INT64_MAX))
    return fail(ErrorCode::malformed, "a request for sealed contents names a log and a time");
  request.origin = *origin;
  request.time = static_cast<std::int64_t>(*seconds);
  while (!text.empty()) {
    auto line = take_line(text);
    auto hash = line ? hash_from_hex(*line) : std::nullopt;
    if (!hash) return fail(ErrorCode::malformed, "expected record ids, one a line");
    if (request.records.size() == kSealedAtOnce)
      return fail(ErrorCode::limit_exceeded, "a request names at most 256 records");
    request.records.push_back(RecordId{*hash});
  }
  return request;
}

}  // namespace scrutineer

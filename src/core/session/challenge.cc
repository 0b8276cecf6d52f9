#include "core/session/challenge.h"

#include "core/base/problems.h"
#include "core/codec/json.h"
#include "core/codec/object_reader.h"
#include "core/record/body.h"
#include "core/session/limits.h"

namespace scrutineer {
namespace {

constexpr std::string_view kFirstLine = "scrutineer/sign-in/1\n";

JsonWriter begin(const Challenge& challenge) {
  JsonWriter out;
  out.begin_object()
      .member("server", challenge.server.text())
      .member("nonce", to_hex(challenge.nonce))
      .member("at", to_rfc3339(challenge.at));
  return out;
}

std::string finish(JsonWriter out) {
  return std::string(kFirstLine) + out.end_object().take() + "\n";
}

}  // namespace

Challenge make_challenge(const Origin& server, Rng& rng, UnixSeconds now) {
  Challenge challenge{server, {}, now};
  rng.fill(challenge.nonce.bytes);
  return challenge;
}

std::string challenge_offer(const Challenge& challenge) {
  return finish(begin(challenge));
}

std::string challenge_text(const Challenge& challenge, const VerifierKey& key) {
  return finish(begin(challenge).member("key", to_string(key)));
}

bool is_challenge_text(std::string_view text) {
  return text.starts_with(kFirstLine);
}

Result<ChallengeText> read_challenge_text(std::string_view text) {
  if (text.size() > limits::kChallengeBytes)
    return fail(ErrorCode::limit_exceeded, "a sign-in text has at most 2048 bytes");
  SCRUTINEER_CHECKED(check_note_text(text));
  if (!is_challenge_text(text) || text.find('\n', kFirstLine.size()) != text.size() - 1)
    return fail(ErrorCode::malformed, "a sign-in text has two lines: scrutineer/sign-in/1 and an object");
  SCRUTINEER_TRY(Json json, Json::parse(text.substr(kFirstLine.size(), text.size() - kFirstLine.size() - 1)));
  Problems problems;
  ObjectReader in(json.root(), problems);
  std::string server = in.non_empty("server"), at = in.non_empty("at"), key = in.non_empty("key");
  Hash256 nonce = in.hash("nonce");
  if (!problems.empty()) return tl::unexpected(problems.first());
  auto seconds = seconds_of_rfc3339(at);
  if (!seconds) return fail(ErrorCode::malformed, "expected a time like 2025-06-03T20:00:00Z", "at");
  SCRUTINEER_TRY(Origin origin, parse_origin(server));
  SCRUTINEER_TRY(VerifierKey vkey, parse_vkey(key));
  return ChallengeText{{std::move(origin), nonce, {*seconds}}, std::move(vkey)};
}

Result<VerifierKey> check_answer(std::string_view text, const NoteSignature& signature, const Challenge& asked,
                                 UnixSeconds now) {
  SCRUTINEER_TRY(ChallengeText answer, read_challenge_text(text));
  if (answer.challenge.server != asked.server)
    return fail(ErrorCode::unauthorised, "this answers the question of another server", "server");
  if (answer.challenge.nonce != asked.nonce || answer.challenge.at != asked.at)
    return fail(ErrorCode::unauthorised, "this does not answer the question that was asked", "nonce");
  if (now < asked.at || now.value - asked.at.value > limits::kChallengeSeconds)
    return fail(ErrorCode::unauthorised, "the answer came too late: ask for a new question", "at");
  if (signature.name != answer.key.name || signature.id != answer.key.id)
    return fail(ErrorCode::unauthorised, "the key that signed is not the key that the text names", "key");
  if (!verify_note_signature(text, signature, answer.key))
    return fail(ErrorCode::bad_signature, "the signature does not belong to this text and key");
  return std::move(answer.key);
}

void OpenChallenges::drop_old(UnixSeconds now) {
  while (!by_time_.empty() && by_time_.begin()->first < now.value - limits::kChallengeSeconds) {
    open_.erase(by_time_.begin()->second);
    by_time_.erase(by_time_.begin());
  }
}

void OpenChallenges::add(const Challenge& challenge) {
  drop_old(challenge.at);
  if (open_.size() >= limits::kOpenChallenges) {
    open_.erase(by_time_.begin()->second);
    by_time_.erase(by_time_.begin());
  }
  if (open_.emplace(challenge.nonce, challenge).second) by_time_.emplace(challenge.at.value, challenge.nonce);
}

Result<Challenge> OpenChallenges::take(std::string_view text, UnixSeconds now) {
  SCRUTINEER_TRY(ChallengeText answer, read_challenge_text(text));
  drop_old(now);
  auto found = open_.find(answer.challenge.nonce);
  if (found == open_.end())
    return fail(ErrorCode::unauthorised,
                "this question was not asked, was answered before, or was asked too long ago: ask for a new one");
  Challenge asked = found->second;
  open_.erase(found);
  auto [first, last] = by_time_.equal_range(asked.at.value);
  for (auto it = first; it != last; ++it)
    if (it->second == asked.nonce) {
      by_time_.erase(it);
      break;
    }
  return asked;
}

}  // namespace scrutineer

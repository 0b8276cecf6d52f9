#include "core/session/challenge.h"

#include <doctest/doctest.h>

#include "core/base/limits.h"
#include "core/session/by_hand_for_test.h"
#include "core/session/limits.h"
#include "core/session/signed_form.h"

using namespace scrutineer;
using namespace scrutineer::testing;

namespace {

const Origin kServer = parse_origin("https://count.example").value();

struct Asked {
  CountingRng rng;
  HandClock clock;
  Challenge challenge = make_challenge(kServer, rng, clock.now());
};

std::string outcome(const Result<VerifierKey>& result) {
  return result ? "welcome " + result->name : std::string(error_code_name(result.error().code));
}

}  // namespace

TEST_CASE("origins: what a browser would send, and nothing else") {
  for (const char* good : {"https://count.example", "https://count.example:8443", "https://xn--9n2bp8q.kr",
                           "http://127.0.0.1:8080", "http://localhost:47110", "https://10.0.0.7"})
    CHECK_MESSAGE(parse_origin(good).has_value(), good);
  for (const char* bad :
       {"", "count.example", "https://", "https://count.example/", "https://count.example:443", "https://a:0",
        "https://a:65536", "https://a:08", "https://a:", "HTTPS://a", "https://Count.example", "https://user@a",
        "https://a b", "https://-a", "https://a..b", "http://count.example", "http://127.0.0.1.example", "null", "*"})
    CHECK_MESSAGE(!parse_origin(bad).has_value(), bad);
  CHECK(parse_origin("https://" + std::string(300, 'a')).error().code == ErrorCode::limit_exceeded);
}

TEST_CASE("challenge: the text that is signed, letter by letter") {
  Asked asked;
  WordKey key("jongno/member-3");
  std::string nonce = to_hex(asked.challenge.nonce);
  CHECK(challenge_text(asked.challenge, key.vkey) ==
        "scrutineer/sign-in/1\n{\"server\":\"https://count.example\",\"nonce\":\"" + nonce +
            "\",\"at\":\"2025-06-03T20:00:00Z\",\"key\":\"" + to_string(key.vkey) + "\"}\n");
  CHECK(challenge_offer(asked.challenge) == "scrutineer/sign-in/1\n{\"server\":\"https://count.example\",\"nonce\":\"" +
                                                nonce + "\",\"at\":\"2025-06-03T20:00:00Z\"}\n");
  auto read = read_challenge_text(challenge_text(asked.challenge, key.vkey));
  REQUIRE(read.has_value());
  CHECK(read->challenge == asked.challenge);
  CHECK(read->key == key.vkey);
  CHECK_FALSE(read_challenge_text(challenge_offer(asked.challenge)).has_value());
}

TEST_CASE("answers: who is let in") {
  Asked asked, other;
  other.challenge.nonce = sha256("another");
  Challenge elsewhere = asked.challenge;
  elsewhere.server = parse_origin("https://evil.example").value();
  Challenge earlier = asked.challenge;
  earlier.at.value -= 1;
  WordKey member("jongno/member-3"), token("jongno/chair", KeyType::ecdsa_p256), stranger("stranger");
  auto text = [&](const WordKey& key) { return challenge_text(asked.challenge, key.vkey); };
  NoteSignature renamed = stranger.sign(text(member));
  renamed.name = member.vkey.name, renamed.id = member.vkey.id;
  std::string spaced = text(member);
  spaced.insert(spaced.find(','), " ");  // another spelling of the same: its signature holds for these bytes

  struct Row {
    const char* what;
    std::string text;
    NoteSignature signature;
    std::int64_t after;
    std::string expected;
  };
  const Row rows[] = {
      {"at once", text(member), member.sign(text(member)), 0, "welcome jongno/member-3"},
      {"P-256", text(token), token.sign(text(token)), 5, "welcome jongno/chair"},
      {"spelt with a space", spaced, member.sign(spaced), 5, "welcome jongno/member-3"},
      {"in the last second", text(member), member.sign(text(member)), 120, "welcome jongno/member-3"},
      {"too late", text(member), member.sign(text(member)), 121, "unauthorised"},
      {"before it was asked", text(member), member.sign(text(member)), -1, "unauthorised"},
      {"another key signs", text(member), stranger.sign(text(member)), 5, "unauthorised"},
      {"another key signs under the name", text(member), renamed, 5, "bad_signature"},
      {"the signature of another text", text(member), member.sign(text(stranger)), 5, "bad_signature"},
      {"the question of another server", challenge_text(elsewhere, member.vkey),
       member.sign(challenge_text(elsewhere, member.vkey)), 5, "unauthorised"},
      {"another question", challenge_text(other.challenge, member.vkey),
       member.sign(challenge_text(other.challenge, member.vkey)), 5, "unauthorised"},
      {"another time of asking", challenge_text(earlier, member.vkey),
       member.sign(challenge_text(earlier, member.vkey)), 5, "unauthorised"},
      {"no challenge", "hello\n", member.sign("hello\n"), 5, "malformed"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    CHECK(outcome(check_answer(row.text, row.signature, asked.challenge, {asked.challenge.at.value + row.after})) ==
          row.expected);
  }
}

TEST_CASE("challenge texts that are refused") {
  Asked asked;
  WordKey member("m");
  const std::string good = challenge_text(asked.challenge, member.vkey);
  REQUIRE(read_challenge_text(good).has_value());
  auto with = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    text.replace(text.find(from), from.size(), to);
    return text;
  };
  const std::string rows[] = {
      "",
      "scrutineer/sign-in/1\n",
      good.substr(0, good.size() - 1),
      good + "\n",
      good + "more\n",
      with("sign-in/1", "sign-in/2"),
      with("sign-in", "count-sheet"),
      with("https://count", "http://count"),
      with("\"nonce\"", "\"once\""),
      with(to_hex(asked.challenge.nonce), std::string(62, 'a')),
      with("2025-06-03T20", "2025-06-03 20"),
      with("{", "{\"server\":\"https://a.example\","),
      with("m+", "m +"),
      with("{", "{\"filler\":\"" + std::string(limits::kChallengeBytes, 'x') + "\","),
  };
  for (const std::string& row : rows) {
    CAPTURE(row);
    CHECK_FALSE(read_challenge_text(row).has_value());
  }
}

TEST_CASE("open challenges: each is answered once and not too late") {
  Asked asked;
  WordKey member("m");
  OpenChallenges open;
  open.add(asked.challenge);
  std::string text = challenge_text(asked.challenge, member.vkey);
  CHECK(open.take(text, asked.clock.now()).value() == asked.challenge);
  CHECK(open.take(text, asked.clock.now()).error().code == ErrorCode::unauthorised);
  CHECK(open.size() == 0);
  open.add(asked.challenge);
  CHECK(open.take(text, {asked.challenge.at.value + 121}).error().code == ErrorCode::unauthorised);
  CHECK(open.size() == 0);
  CHECK(open.take("nonsense\n", asked.clock.now()).error().code == ErrorCode::malformed);
}

TEST_CASE("open challenges: whoever asks without end pushes out the oldest, memory stays") {
  Asked asked;
  OpenChallenges open;
  Challenge first = asked.challenge;
  open.add(first);
  for (std::size_t i = 0; i < limits::kOpenChallenges; ++i)
    open.add(make_challenge(kServer, asked.rng, {first.at.value + 1}));
  CHECK(open.size() == limits::kOpenChallenges);
  CHECK_FALSE(open.take(challenge_text(first, WordKey("m").vkey), first.at).has_value());
}

TEST_CASE("signed forms: what the browser sends is the note that was signed") {
  Asked asked;
  WordKey member("jongno/의장", KeyType::ecdsa_p256);
  const std::string text = challenge_text(asked.challenge, member.vkey);
  NoteSignature signature = member.sign(text);
  const std::string id = to_hex({reinterpret_cast<const char*>(signature.id.data()), 4});
  const std::string base64 = to_base64(signature.signature);
  std::string sent = text;
  for (std::size_t i = 0; (i = sent.find('\n', i)) != std::string::npos; i += 2) sent.replace(i, 1, "\r\n");
  for (const std::string& spelling : {text, sent})
    CHECK(signed_form(spelling, "jongno/의장", id, base64).value() == SignedNote{text, {signature}});

  struct Row {
    std::string text, signer, id, signature, where;
  };
  const Row rows[] = {
      {"", "a", id, base64, "text"},
      {"no end of line", "a", id, base64, "text"},
      {"a stray \r here\n", "a", id, base64, "text"},
      {std::string(limits::kEntryBytes, 'x') + "\n", "a", id, base64, "text"},
      {std::string(3 * limits::kEntryBytes, 'x'), "a", id, base64, "text"},
      {text, "", id, base64, "signer"},
      {text, "a b", id, base64, "signer"},
      {text, "a", "", base64, "key_id"},
      {text, "a", id + "00", base64, "key_id"},
      {text, "a", "ABCDEF01", base64, "key_id"},
      {text, "a", id, "", "signature"},
      {text, "a", id, "not base64", "signature"},
      {text, "a", id, std::string(2'000, 'A'), "signature"},
  };
  for (const Row& row : rows) {
    auto note = signed_form(row.text, row.signer, row.id, row.signature);
    REQUIRE_FALSE(note.has_value());
    CHECK(note.error().where.starts_with(row.where));
    CHECK_FALSE(note.error().message.empty());
  }
}

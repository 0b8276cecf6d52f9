// Sign-in by proof of possession of a key (docs/formats/sign-in.md): the server asks a question that nobody can have
// been asked before, and the person's key signs it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/note/note.h"
#include "core/note/vkey.h"
#include "core/session/origin.h"

namespace scrutineer {

// What the server asks.
struct Challenge {
  Origin server;  // the signature is good for this server alone
  Hash256 nonce;  // drawn, used once
  UnixSeconds at;
  friend bool operator==(const Challenge&, const Challenge&) = default;
};
Challenge make_challenge(const Origin& server, Rng& rng, UnixSeconds now);

// What the page shows to the signing program, before it is known whose key will answer: the text without "key".
std::string challenge_offer(const Challenge& challenge);
// The text that is signed.
std::string challenge_text(const Challenge& challenge, const VerifierKey& key);

// Says nothing about what follows the first line.
bool is_challenge_text(std::string_view text);

struct ChallengeText {
  Challenge challenge;
  VerifierKey key;  // who claims to answer
};
// Errors: malformed, unsupported (type of key), limit_exceeded. Nothing is verified.
Result<ChallengeText> read_challenge_text(std::string_view text);

// Who has answered: the key that the text names, which has signed it. Errors: unauthorised (another server's question,
// not the question that was asked, too late, signed by another key), bad_signature, malformed. `now` and `asked.at` are
// of the same clock, the server's. The caller still asks whether this key has been granted anything.
Result<VerifierKey> check_answer(std::string_view text, const NoteSignature& signature, const Challenge& asked,
                                 UnixSeconds now);

// Questions that were asked and not answered yet. A question is answered once, whether rightly or not. Not thread-safe.
class OpenChallenges {
 public:
  void add(const Challenge& challenge);  // where limits::kOpenChallenges are open, the oldest goes
  // The question that `text` answers, which is then closed. Errors: those of read_challenge_text; unauthorised (no
  // such question: never asked, answered before, or too long ago).
  Result<Challenge> take(std::string_view text, UnixSeconds now);
  std::size_t size() const { return open_.size(); }

 private:
  void drop_old(UnixSeconds now);
  std::map<Hash256, Challenge> open_;
  std::multimap<std::int64_t, Hash256> by_time_;
};

}  // namespace scrutineer

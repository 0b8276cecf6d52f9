// An agreement with everybody's keys, for tests: three relays, quorum two; three witnesses, quorum two.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/crypto/box.h"
#include "core/crypto/hash.h"
#include "core/note/key_file.h"
#include "core/notice/book.h"

namespace scrutineer::testing {

// Repeats itself for ever: SHA-256 of a counter.
class CountingRng : public Rng {
 public:
  explicit CountingRng(std::string seed = "notice") : seed_(std::move(seed)) {}
  void fill(std::span<std::uint8_t> out) override {
    for (std::uint8_t& byte : out) {
      if (at_ == block_.bytes.size()) block_ = sha256(seed_ + std::to_string(count_++)), at_ = 0;
      byte = block_.bytes[at_++];
    }
  }

 private:
  std::string seed_;
  std::uint64_t count_ = 0;
  Hash256 block_;
  std::size_t at_ = block_.bytes.size();
};

struct Actor {
  VerifierKey vkey;
  std::unique_ptr<Signer> signer;
};

// Keys by name, made when they are first asked for, the same in every run.
class Cast {
 public:
  Actor& actor(const std::string& name, KeyType type = KeyType::ed25519) {
    auto [place, added] = actors_.try_emplace(name);
    if (added) {
      PrivateKey secret{type, SecretBytes::copy_of(sha256("key of " + name).view())};
      place->second.signer = *make_signer(secret);
      place->second.vkey =
          VerifierKey{name, key_id(name, place->second.signer->public_key()), place->second.signer->public_key()};
    }
    return place->second;
  }
  BoxKey box(const std::string& name) { return *box_key(SecretBytes::copy_of(sha256("box of " + name).view())); }

  Bytes sign(const std::string& text, const std::vector<std::string>& names) {
    std::vector<NoteSignature> signatures;
    for (const std::string& name : names) signatures.push_back(*sign_note(text, name, *actor(name).signer));
    return *entry_bytes(text, std::move(signatures));
  }
  Bytes sign(const NoticeRecord& record, const std::vector<std::string>& names) {
    return sign(notice_record_text(record), names);
  }

 private:
  std::map<std::string, Actor> actors_;
};

inline AgreedParty agreed_party(Cast& cast, const std::string& name) {
  AgreedParty party;
  party.title = {name, name};
  party.log = cast.actor(name + ".example/notices").vkey;
  party.machine = cast.actor(name + "/machine").vkey;
  party.boxes = {{name + "/box", cast.box(name).public_key}};
  party.people = {{cast.actor(name + "/officer-1").vkey, Duty::officer},
                  {cast.actor(name + "/officer-2").vkey, Duty::officer},
                  {cast.actor(name + "/deputy-1").vkey, Duty::deputy},
                  {cast.actor(name + "/telephone").vkey, Duty::telephone},
                  {cast.actor(name + "/head").vkey, Duty::representative}};
  party.addresses = {{Channel::https, "http://127.0.0.1:1/" + name}};
  return party;
}

inline Agreement agreement_for_test(Cast& cast, const std::string& institution = "commission") {
  Agreement agreement;
  agreement.title = {"시험 협정", "Agreement for tests"};
  agreement.simulated = true;
  agreement.notifier = agreed_party(cast, "service");
  agreement.institution = agreed_party(cast, institution);
  agreement.oversight = agreed_party(cast, "oversight");
  for (const char* name : {"relay-1", "relay-2", "relay-3"})
    agreement.relays.push_back({{name, name},
                                cast.actor(std::string(name) + ".example/notices").vkey,
                                cast.actor(std::string(name) + "/machine").vkey,
                                std::string("http://127.0.0.1:1/") + name});
  agreement.quorum = 2;
  for (const char* name : {"witness-1", "witness-2", "witness-3"})
    agreement.witnesses.push_back(cast.actor(name, KeyType::cosignature_ed25519).vkey);
  agreement.witness_quorum = 2;
  agreement.deadlines = {{"machine-5s", NoticeStep::receipt, 5, EscalateTo::mail, {}, ""},
                         {"person-15m", NoticeStep::acknowledgement, 900, EscalateTo::deputy, {}, ""},
                         {"deputy-30m", NoticeStep::acknowledgement, 1'800, EscalateTo::telephone, {}, ""},
                         {"telephone-45m", NoticeStep::acknowledgement, 2'700, EscalateTo::oversight, {}, ""},
                         {"initial-24h", NoticeStep::initial, 86'400, EscalateTo::oversight, {"attack"}, "24 h"},
                         {"full-72h", NoticeStep::full, 259'200, EscalateTo::oversight, {"attack"}, "72 h"},
                         {"final-1m", NoticeStep::final, 2'592'000, EscalateTo::oversight, {"attack"}, "1 month"}};
  return agreement;
}

// The verdict of the book's own keys on every signature.
inline std::vector<SignedBy> checks_of(const NoticeBook& book, const ParsedNotice& entry) {
  std::vector<SignedBy> checks;
  for (const NoteSignature& signature : entry.signatures) {
    const auto key = book.key_of(entry, signature);
    checks.push_back(!key                                                 ? SignedBy::stranger
                     : verify_note_signature(entry.text, signature, *key) ? SignedBy::good
                                                                          : SignedBy::bad);
  }
  return checks;
}

inline NoticeBook::Applied take_in(NoticeBook& book, const Bytes& note) {
  const ParsedNotice entry = *parse_notice_entry(note);
  return book.apply(entry, checks_of(book, entry));
}

inline RecordId id_of(const Bytes& note) {
  return parse_notice_entry(note)->id;
}

}  // namespace scrutineer::testing

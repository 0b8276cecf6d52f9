// A small election for tests: keys made from names, records signed and appended in order, folded as verifiers fold
// them.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/base/check.h"
#include "core/crypto/hash.h"
#include "core/election/tables.h"
#include "core/tally/fold.h"

namespace scrutineer::testing {

// A signer made from a word: the same word, the same key. "p256-..." is a P-256 key, everything else Ed25519.
inline std::unique_ptr<Signer> signer_from(const std::string& word) {
  KeyType type = word.starts_with("p256-") ? KeyType::ecdsa_p256 : KeyType::ed25519;
  return make_signer(PrivateKey{type, SecretBytes::copy_of(sha256("seed " + word).view())}).value();
}

// NAME signs with the key made from its own name; NAME~WORD is somebody who uses the key of WORD under another name.
struct Signatory {
  explicit Signatory(const std::string& spelling)
      : name(spelling.substr(0, spelling.find('~'))),
        signer(signer_from(spelling.substr(spelling.find('~') == std::string::npos ? 0 : spelling.find('~') + 1))),
        key(make_vkey(name, signer->public_key()).value()) {}
  NoteSignature sign(std::string_view text) const { return sign_note(text, name, *signer).value(); }
  // A signature line under this person's name and key id that this person did not make.
  NoteSignature garbage() const { return {name, key.id, Bytes(64, 'x')}; }

  std::string name;
  std::unique_ptr<Signer> signer;
  VerifierKey key;
};

struct Country {
  std::vector<UnitRow> units = {{UnitId("a1"), {"north", "town"}, "A one", "polling-day"},
                                {UnitId("a2"), {"north", "town"}, "A two", "early"},
                                {UnitId("b1"), {"north", "village"}, "B one", "polling-day"},
                                {UnitId("s1"), {"south", ""}, "S one", "polling-day"},
                                {UnitId("s2"), {"south", ""}, "S two", "polling-day"}};
  std::vector<OptionRow> options = {{ContestId("mayor"), {OptionId("A"), "Party A", "Ann"}},
                                    {ContestId("mayor"), {OptionId("B"), "", "Bob"}},
                                    {ContestId("mayor"), {OptionId("C"), "Party C", "Cem"}},
                                    {ContestId("council"), {OptionId("X"), "List X", "List X"}},
                                    {ContestId("council"), {OptionId("Y"), "List Y", "List Y"}}};
  std::string rules = R"({"rules":[]})";
  std::string mayor_seats = R"({"method":"plurality","seats":1})";
  std::string council_seats = R"({"method":"dhondt","seats":5})";
  std::size_t root_threshold = 2;
  bool scanned_papers =
      false;  // a sorter signs batches, a chair what people decided, a court orders, a publisher shows
  bool counting_centre = false;  // members also sign what a counting centre records, observers count for themselves

  static constexpr std::size_t kLevels = 2;
  std::string unit_table() const { return write_unit_table(units, kLevels); }
  std::string option_table() const { return write_option_table(options); }
};

inline BlobRef blob_of(std::string_view bytes, std::string type) {
  return {blob_hash(bytes), static_cast<std::int64_t>(bytes.size()), std::move(type)};
}

// Sheets need a chair and two members, or one clerk; national offices grant everybody below them, coordinators grant
// chairs and members; coordinators adopt, record lots and refusals stand with one member's name.
inline Definition definition_of(const Country& country) {
  Definition d;
  d.title = {"시험 선거", "Test election"};
  d.simulated = true;
  d.date = "2025-06-03";
  d.time_zone = "Asia/Seoul";
  d.polls_close = "2025-06-03T20:00:00+09:00";
  d.contests = {{ContestId("mayor"), {"시장", "Mayor"}, 1, country.mayor_seats},
                {ContestId("council"), {"의회", "Council"}, 1, country.council_seats}};
  d.units = blob_of(country.unit_table(), "text/csv");
  d.options = blob_of(country.option_table(), "text/csv");
  d.rules = blob_of(country.rules, "application/json");
  auto one = [](std::string label, const char* role) {
    return std::vector<SigningAlternative>{{std::move(label), {{Role(role), 1}}}};
  };
  d.signing = {
      {RecordType::count_sheet,
       {{"station", {{Role("chair"), 1}, {Role("member"), 2}}}, {"transcribed", {{Role("clerk"), 1}}}}},
      {RecordType::adopt, one("coordinator", "coordinator")},
      {RecordType::refusal, one("member", "member")},
      {RecordType::lot, one("coordinator", "coordinator")},
      {RecordType::result_claim, one("publisher", "publisher")},
  };
  if (country.counting_centre) {
    for (RecordType type : {RecordType::entry, RecordType::remark, RecordType::attachment, RecordType::custody})
      d.signing.push_back({type, one("member", "member")});
    d.signing.push_back({RecordType::acceptance, one("coordinator", "coordinator")});
    d.signing.push_back({RecordType::independent_tally, one("observer", "observer")});
    for (RecordType type : {RecordType::device_statement, RecordType::device_enrolment, RecordType::inspection})
      d.signing.push_back({type, one("member", "member")});
  }
  if (country.scanned_papers) {
    d.signing.push_back({RecordType::ballot_batch, one("sorter", "sorter")});
    for (RecordType type : {RecordType::adjudication, RecordType::committee_vote})
      d.signing.push_back({type, one("chair", "chair")});
    d.signing.push_back({RecordType::release_order, one("court", "court")});
    d.signing.push_back({RecordType::image_release, one("publisher", "publisher")});
  }
  d.grantors = {{Role("national"), {Role("coordinator"), Role("chair"), Role("member"), Role("clerk")}},
                {Role("coordinator"), {Role("chair"), Role("member")}}};
  return d;
}

inline Roots roots_of(const Country& country) {
  Roots roots;
  for (const char* name : {"root-1", "root-2", "root-3"}) roots.keys.push_back(Signatory(name).key);
  roots.threshold = country.root_threshold;
  return roots;
}

// The log and who wrote into it. Not copied, not moved: the election is referred to.
class World {
 public:
  explicit World(Country country = {})
      : country_(std::move(country)),
        roots_(roots_of(country_)),
        definition_text_(record_text(Record{{}, {}, definition_of(country_)})) {
    auto built = Election::build(record_id(definition_text_), definition_of(country_), country_.unit_table(),
                                 country_.option_table(), country_.rules);
    check(built.has_value(), "the test's election can be built");
    election_ = std::move(*built);
  }
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  const Election& election() const { return election_; }
  const Roots& roots() const { return roots_; }
  const Country& country() const { return country_; }
  const std::string& definition_text() const { return definition_text_; }
  const std::vector<Bytes>& entries() const { return entries_; }

  // The text of a record of this election.
  std::string text(RecordBody body, std::optional<std::string> at = {}) const {
    return record_text(Record{election_.id(), std::move(at), std::move(body)});
  }

  // Names as Signatory spells them; "!NAME" puts garbage under NAME's name and key id.
  static Bytes entry(std::string_view text, const std::vector<std::string>& names) {
    std::vector<NoteSignature> signatures;
    for (const std::string& name : names)
      signatures.push_back(name.starts_with('!') ? Signatory(name.substr(1)).garbage() : Signatory(name).sign(text));
    return entry_bytes(text, std::move(signatures)).value();
  }
  Position append(std::string_view text, const std::vector<std::string>& names) {
    entries_.push_back(entry(text, names));
    return entries_.size() - 1;
  }
  void append(Bytes entry) { entries_.push_back(std::move(entry)); }

  // What a verifier that sees these signatures at this point of the log says of each.
  static std::vector<SignatureCheck> verdicts(const ParsedEntry& entry, std::string_view text, const RecordBook& book) {
    std::vector<SignatureCheck> checks;
    for (const NoteSignature& signature : entry.signatures) {
      auto key = book.keys().find(signature.name, signature.id);
      checks.push_back(!key                                                            ? SignatureCheck::unknown_key
                       : verify_note_signature(text, signature, book.keys()[*key].key) ? SignatureCheck::good
                                                                                       : SignatureCheck::bad);
    }
    return checks;
  }
  Status feed(ElectionFold& fold) const {
    for (Position position = 0; position < entries_.size(); ++position) {
      SCRUTINEER_TRY(ParsedEntry parsed, parse_entry(entries_[position]));
      std::string_view text = entry_text(entries_[position]);
      fold.apply(position, parsed, text, verdicts(parsed, text, fold.book()));
    }
    return {};
  }
  Result<std::unique_ptr<ElectionFold>> fold() const {
    return stable_fold(election_, roots_, [this](ElectionFold& fold) { return feed(fold); });
  }

 private:
  Country country_;
  Roots roots_;
  std::string definition_text_;
  Election election_;
  std::vector<Bytes> entries_;
};

}  // namespace scrutineer::testing

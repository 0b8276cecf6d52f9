// What a verification found: every check with its count, every difference by name.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/codec/json.h"

namespace scrutineer {

// Every check that a verification makes, in the order of the report.
enum class CheckId : std::uint8_t {
  manifest_signature,  // signed by whom the definition lets publish
  files,               // every file named by the manifest is there with its size and hash
  extra_files,         // no file beside them
  checkpoint,          // signed by a log of the policy; quorum of witnesses
  seen,                // consistent with every checkpoint seen before: no fork, no rollback
  tiles,               // every tile is what the entries below it hash to
  root,                // all entries together have the root that the checkpoint signs
  entries,             // every entry is a record of this election
  signatures,          // every signature by a known key is good
  definition,          // the definition is the one trusted, in effect, and its tables are there
  claim,               // a result claim in effect names the claim files
  claimed_values,      // every claimed figure equals what the entries give
  sheets,              // every unit's sheet: counted once, conflicts and corrections named
  proofs,              // every proof file proves its unit's sheet
  papers,              // batches of scanned papers: their roots, and what was shown of them
};
inline constexpr std::size_t kCheckIds = 15;
inline constexpr std::array<std::string_view, kCheckIds> kCheckNames = {
    "manifest-signature", "files",      "extra-files", "checkpoint",     "seen",   "tiles",  "root",  "entries",
    "signatures",         "definition", "claim",       "claimed-values", "sheets", "proofs", "papers"};

enum class Severity : std::uint8_t {
  failure,  // the bundle is not what it claims to be: the answer is no
  notice,   // to be known: shown and not counted, or unusual
};

struct Finding {
  CheckId check;
  Severity severity = Severity::failure;
  std::string where;  // file, log position, record id, unit
  std::string field;  // of a difference; may be empty
  std::string claimed;
  std::string computed;
  std::string message;
  friend auto operator<=>(const Finding&, const Finding&) = default;
};

struct CheckCount {
  std::uint64_t checked = 0;
  std::uint64_t failures = 0;
  std::uint64_t notices = 0;
};

class Report {
 public:
  void count(CheckId check, std::uint64_t n = 1) { counts_[static_cast<std::size_t>(check)].checked += n; }
  // Whatever the bundle put into the finding: kept as UTF-8, and cut where it is long.
  void add(Finding finding);
  // A failure with a sentence.
  void fail(CheckId check, std::string where, std::string message);
  void notice(CheckId check, std::string where, std::string message);
  void absorb(const Report& other);  // counts add up, findings append
  void sort_findings();              // one order, whoever found them when; keeps kFindingsListed of each kind
  bool good() const;
  const CheckCount& operator[](CheckId check) const { return counts_[static_cast<std::size_t>(check)]; }
  const std::vector<Finding>& findings() const { return findings_; }
  // Each check lists at most kFindingsListed findings of each severity; the counts are complete.
  static constexpr std::size_t kFindingsListed = 1'000;
  static constexpr std::size_t kFindingTextBytes = 2'000;  // of each text of a finding

  // Facts for people: name and value, in order ("title", "log size", ...).
  std::vector<std::pair<std::string, std::string>> facts;

  std::string to_json() const;
  // Control characters and what turns the direction of writing are spelt out: a bundle's author writes nothing of their
  // own on a terminal.
  std::string to_text(std::size_t findings_shown) const;

 private:
  friend class PartCodec;
  void prune();
  std::array<CheckCount, kCheckIds> counts_{};
  std::vector<Finding> findings_;
};

void write(JsonWriter& out, const Finding& finding);

}  // namespace scrutineer

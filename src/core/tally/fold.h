// state = fold(apply, records): the one fold that server, pages and verifier share. Book of records, tally and result
// claims, kept together entry by entry.
#pragma once

#include <memory>

#include "core/tally/tally.h"

namespace scrutineer {

struct ClaimInEffect {
  RecordId id;
  Position position = 0;
  std::optional<std::string> at;
  ResultClaim claim;
};

class ElectionFold {
 public:
  // Borrows election and roots. `compromises` as for RecordBook.
  ElectionFold(const Election& election, const Roots& roots, std::vector<PlausibilityRule> rules,
               std::vector<Compromise> compromises = {})
      : book_(election, roots, std::move(compromises)), tally_(election, std::move(rules)) {}

  void apply(Position position, const ParsedEntry& entry, std::string_view text,
             std::span<const SignatureCheck> checks);

  void reserve(std::size_t entries) { book_.reserve(entries); }

  // While the tally is held it stays as it is, and what takes effect waits to enter it: for whoever reads the tally for
  // long while the log goes on. Book and claims go on.
  void hold_tally() { held_ = true; }
  void release_tally();

  // Call after the last entry, before anything is asked of the tally that compares sheets.
  void finish() { tally_.compare_sheets(); }
  // The second step of it, where the first was made by a reader (Tally::find_same_figures()).
  void finish(Tally::SameFigures found) { tally_.take(std::move(found)); }

  const RecordBook& book() const { return book_; }
  const Tally& tally() const { return tally_; }
  const std::vector<ClaimInEffect>& claims() const { return claims_; }  // in log order

 private:
  RecordBook book_;
  Tally tally_;
  std::vector<ClaimInEffect> claims_;
  bool held_ = false;
  std::vector<std::pair<RecordIndex, Record>> waiting_;  // in effect, not yet in the held tally
};

// Whether anything but result claims happened in the log from `position` on: what a claim as of there leaves out.
bool changed_since(const RecordBook& book, Position position);

// The signed text of an entry: everything before the empty line that precedes its signatures.
inline std::string_view entry_text(BytesView note) {
  return note.substr(0, note.rfind("\n\n") + 1);
}

// Builds folds until the compromises in effect at the end are those that the fold started with. `feed` applies the
// same entries to each new fold.
Result<std::unique_ptr<ElectionFold>> stable_fold(const Election& election, const Roots& roots,
                                                  const std::function<Status(ElectionFold&)>& feed);

}  // namespace scrutineer

#include "app/import/import.h"

#include <algorithm>

#include "app/threads/parallel.h"

namespace scrutineer {
namespace {

constexpr std::size_t kBatch = 2'048;  // entries that are signed, checked and appended together
constexpr std::size_t kConflictsNamed = 10;

Result<Bytes> sign(const Record& record, const NamedKey& key, Signer& signer) {
  std::string text = record_text(record);
  SCRUTINEER_TRY(NoteSignature signature, sign_note(text, key.vkey.name, signer));
  return entry_bytes(text, {std::move(signature)});
}

// What to do about the sheet that a unit may already have.
enum class Standing { none, same, other };
Standing standing(const CountSheet& sheet, const Tally& tally, const RecordBook& book,
                  std::optional<RecordId>& current) {
  const Election& election = tally.election();
  auto unit = election.tree().find_unit(sheet.unit);
  auto contest = election.find_contest(sheet.contest);
  if (!unit || !contest) return Standing::none;  // refused at intake, with a reason
  const Cell& cell = tally.cell(*contest, *unit);
  if (cell.state == CellState::empty) return Standing::none;
  const SheetVersion& version = cell.versions[cell.current];
  current = book.records()[version.record].id;
  return version.row == make_row(sheet, election.contests()[*contest]) ? Standing::same : Standing::other;
}

}  // namespace

Result<ImportSetup> make_import_setup(const Package& package, const NamedKey& key) {
  SCRUTINEER_TRY(auto signer, make_signer(key.secret));
  ImportSetup setup;
  Record definition{std::nullopt, std::nullopt, package.definition};
  setup.election = record_id(record_text(definition));
  SCRUTINEER_TRY(setup.definition, sign(definition, key, *signer));
  for (const char* role : {"importer", "publisher", "coordinator"}) {
    Record grant{setup.election, std::nullopt, Grant{key.vkey, Role(role), Scope{{"/"}, {"*"}}}};
    SCRUTINEER_TRY(Bytes entry, sign(grant, key, *signer));
    setup.grants.push_back(std::move(entry));
  }
  return setup;
}

Result<Imported> import_sheets(const Package& package, const RecordId& election, const NamedKey& key, Intake& intake,
                               const std::optional<std::string>& correction, std::size_t threads,
                               const Progress& progress) {
  // 1. What is new, what is there, what contradicts.
  Imported imported;
  std::vector<Record> records;
  std::string conflicts;
  std::size_t conflicting = 0;
  for (const CountSheet& sheet : package.sheets) {
    std::optional<RecordId> current;
    Standing found = standing(sheet, intake.fold_now().tally(), intake.fold_now().book(), current);
    if (found == Standing::same) {
      ++imported.already_there;
      continue;
    }
    Record record{election, std::nullopt, sheet};
    if (found == Standing::other) {
      if (!correction && conflicting++ < kConflictsNamed)
        conflicts += (conflicts.empty() ? "" : ", ") + sheet.unit.value();
      auto& body = std::get<CountSheet>(record.body);
      body.replaces = current;
      body.reason = correction.value_or("");
      ++imported.corrected;
    }
    records.push_back(std::move(record));
  }
  if (conflicting > 0)
    return fail(ErrorCode::conflict, std::to_string(conflicting) + " units already have a sheet with other figures: " +
                                         conflicts + (conflicting > kConflictsNamed ? ", ..." : "") +
                                         "; give --correct REASON if these figures replace them");
  // 2. Sign and append, some thousands at a time.
  std::vector<std::unique_ptr<Signer>> signers(threads);
  for (auto& signer : signers) {
    SCRUTINEER_TRY(signer, make_signer(key.secret));
  }
  for (std::size_t begin = 0; begin < records.size(); begin += kBatch) {
    std::size_t end = std::min(records.size(), begin + kBatch);
    std::vector<Result<Bytes>> entries(end - begin, fail(ErrorCode::not_found, "not signed"));
    parallel_for(end - begin, threads, 8, [&](std::size_t i, std::size_t thread) {
      entries[i] = sign(records[begin + i], key, *signers[thread]);
    });
    std::vector<Bytes> signed_entries;
    for (auto& entry : entries) {
      if (!entry) return tl::unexpected(entry.error());
      signed_entries.push_back(std::move(*entry));
    }
    for (const auto& result : intake.append(signed_entries)) {
      if (!result) return tl::unexpected(result.error());
      ++(result->already_there ? imported.already_there : imported.added);
    }
    if (progress) progress(end, records.size());
  }
  return imported;
}

}  // namespace scrutineer

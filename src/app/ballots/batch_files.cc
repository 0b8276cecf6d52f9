#include "app/ballots/batch_files.h"

#include <unordered_set>

namespace scrutineer {
namespace {

constexpr std::size_t kSecretBytes = 1'000;

Status read_outcomes(Disk& disk, const std::string& path, BatchFiles& batch) {
  SCRUTINEER_TRY(bool there, disk.exists(path));
  if (!there) return {};
  SCRUTINEER_TRY(Bytes text, read_file(disk, path, kReadingsBytes));
  return read_ballot_outcomes(text, path, [&](BallotOutcome outcome) -> Status {
    std::string id = outcome.id.value();
    batch.outcomes.emplace(std::move(id), std::move(outcome));
    return {};
  });
}

Status check_whole(const BatchFiles& batch) {
  std::int64_t pictures = 0;
  std::unordered_set<std::string> ids, fronts;
  SCRUTINEER_CHECKED(batch.each([&](const BallotLine& line) -> Status {
    ++pictures;
    ids.insert(line.id.value());
    if (line.front) fronts.insert(line.front->value());
    return {};
  }));
  if (pictures != batch.info.sheets)
    return fail(ErrorCode::conflict,
                "batch.json counts " + std::to_string(batch.info.sheets) + " pictures, and there are " +
                    std::to_string(pictures) + " readings",
                batch.directory);
  for (const std::string& front : fronts)
    if (!ids.contains(front)) return fail(ErrorCode::conflict, "a back side names a front that is not there: " + front);
  for (const auto& [id, outcome] : batch.outcomes)
    if (!ids.contains(id)) return fail(ErrorCode::conflict, "people decided about a picture that is not there: " + id);
  return {};
}

}  // namespace

Status BatchFiles::each(const std::function<Status(const BallotLine&)>& each) const {
  return read_ballot_lines(readings, directory + "/readings.jsonl",
                           [&](BallotLine line) -> Status { return each(line); });
}

const BallotOutcome* BatchFiles::outcome(const BallotId& id) const {
  auto found = outcomes.find(id.value());
  return found == outcomes.end() ? nullptr : &found->second;
}

Result<BatchFiles> read_batch(Disk& disk, const std::string& directory, WithSecret secret) {
  BatchFiles batch;
  batch.directory = directory;
  SCRUTINEER_TRY(Bytes info, read_file(disk, directory + "/batch.json", kBatchInfoBytes));
  auto parsed = parse_batch_info(info);
  if (!parsed) return tl::unexpected(placed(parsed.error(), directory + "/batch.json"));
  batch.info = std::move(*parsed);
  SCRUTINEER_TRY(batch.readings, read_file(disk, directory + "/readings.jsonl", kReadingsBytes));
  if (secret == WithSecret::yes) {
    SCRUTINEER_TRY(Bytes text, read_file(disk, directory + "/secret.json", kSecretBytes));
    auto seed = parse_batch_secret(text);
    if (!seed) return tl::unexpected(placed(seed.error(), directory + "/secret.json"));
    batch.secret = *seed;
  }
  SCRUTINEER_CHECKED(read_outcomes(disk, directory + "/decisions/outcome.jsonl", batch));
  SCRUTINEER_CHECKED(check_whole(batch));
  // Every contest and option that readings and decisions name is one of the batch's.
  SCRUTINEER_CHECKED(machine_counts(batch).map([](const BatchCounts&) {}));
  SCRUTINEER_CHECKED(decided_counts(batch).map([](const BatchCounts&) {}));
  return batch;
}

Result<BatchCounts> machine_counts(const BatchFiles& batch) {
  BatchCounter counter(batch.info);
  SCRUTINEER_CHECKED(
      batch.each([&](const BallotLine& line) { return counter.add(line.reading, line.front.has_value()); }));
  return counter.counts();
}

Result<BatchCounts> decided_counts(const BatchFiles& batch) {
  BatchCounter counter(batch.info);
  SCRUTINEER_CHECKED(batch.each([&](const BallotLine& line) {
    const BallotOutcome* outcome = batch.outcome(line.id);
    return outcome ? counter.add_decided(line.reading, *outcome, line.front.has_value())
                   : counter.add_undecided(line.reading, line.front.has_value());
  }));
  return counter.counts();
}

}  // namespace scrutineer

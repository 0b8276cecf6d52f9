#include "app/cli/folded.h"

#include "app/projection/fold_log.h"
#include "app/projection/log_directory.h"

namespace scrutineer::cli {

Result<FoldedLog> fold_directory(const std::string& log_directory) {
  FoldedLog folded;
  SCRUTINEER_TRY(folded.log, LogReader::open(*folded.disk, store_path(log_directory)));
  SCRUTINEER_TRY(TrustedElection trusted, read_trusted_election(*folded.disk, log_directory, *folded.log));
  folded.roots = std::move(trusted.roots);
  folded.election = std::make_unique<Election>(std::move(trusted.election));
  folded.size = folded.log->size();
  SCRUTINEER_TRY(folded.fold, fold_log(*folded.log, folded.size, *folded.election, folded.roots));
  return folded;
}

Result<ContestIndex> contest_named(const Election& election, const std::string& name) {
  if (name.empty() && election.contests().size() == 1) return ContestIndex{0};
  if (auto contest = election.find_contest(ContestId(name))) return *contest;
  auto number = parse_decimal(name);
  if (number && *number >= 1 && *number <= election.contests().size()) return static_cast<ContestIndex>(*number - 1);
  std::string known;
  for (const Contest& contest : election.contests()) known += " " + contest.definition.id.value();
  return fail(ErrorCode::not_found,
              name.empty() ? "say which contest:" + known : "there is no contest " + name + ":" + known);
}

}  // namespace scrutineer::cli

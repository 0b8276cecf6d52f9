#include "core/cvr/cvr.h"

#include <algorithm>
#include <map>

namespace scrutineer {

std::optional<std::size_t> CvrTable::find_contest(std::string_view key) const {
  auto found = by_key_.find(std::string(key));
  if (found == by_key_.end()) return std::nullopt;
  return found->second;
}

std::optional<std::size_t> CvrTable::find_option(std::size_t contest, std::string_view key) const {
  const auto& options = options_by_key_[contest];
  auto found = options.find(std::string(key));
  if (found == options.end()) return std::nullopt;
  return found->second;
}

Result<std::size_t> CvrTable::contest(std::string_view key, std::string_view name, std::int64_t votes_allowed) {
  if (auto found = find_contest(key)) {
    if (contests_[*found].votes_allowed == 0) contests_[*found].votes_allowed = votes_allowed;
    return *found;
  }
  if (contests_.size() == kCvrContests) return fail(ErrorCode::limit_exceeded, "an export has at most 10000 contests");
  by_key_.emplace(key, contests_.size());
  contests_.push_back({std::string(key), std::string(name), votes_allowed, {}});
  options_by_key_.emplace_back();
  return contests_.size() - 1;
}

Result<std::size_t> CvrTable::option(std::size_t contest, std::string_view key, std::string_view name, bool write_in) {
  if (auto found = find_option(contest, key)) return *found;
  if (options_ == kCvrOptions) return fail(ErrorCode::limit_exceeded, "an export has at most 100000 options");
  ++options_;
  auto& options = contests_[contest].options;
  options_by_key_[contest].emplace(key, options.size());
  options.push_back({std::string(key), std::string(name), write_in});
  return options.size() - 1;
}

void close_contest(CvrContest& contest, std::int64_t votes_allowed) {
  if (contest.overvoted) contest.votes.clear();
  if (votes_allowed == 0) return;
  std::map<std::int64_t, std::int64_t> at_rank;
  for (const CvrVote& vote : contest.votes) ++at_rank[vote.rank];
  for (const auto& [rank, votes] : at_rank) {
    const std::int64_t allowed = rank == 0 ? votes_allowed : 1;
    if (votes <= allowed) continue;
    contest.overvoted = true;
    contest.votes.clear();
    return;
  }
}

void CvrSums::add(const CvrTable& table, const Cvr& cvr) {
  ++papers_;
  contests_.resize(std::max(contests_.size(), table.contests().size()));
  for (const CvrContest& said : cvr.contests) {
    CvrContestSums& sums = contests_[said.contest];
    const CvrContestInfo& info = table.contests()[said.contest];
    sums.votes.resize(std::max(sums.votes.size(), info.options.size()));
    ++sums.papers;
    sums.overvoted += said.overvoted;
    sums.needs_people += said.needs_people;
    sums.invalid += said.invalid;
    if (said.overvoted || said.needs_people || said.invalid) continue;
    sums.blank += said.votes.empty();
    std::int64_t given = 0;
    for (const CvrVote& vote : said.votes) {
      if (vote.rank > 1) continue;
      ++given;
      ++sums.votes[vote.option];
    }
    sums.undervotes += std::max<std::int64_t>(0, info.votes_allowed - given);
  }
}

std::optional<CvrFormat> cvr_format_of(std::string_view start) {
  start = start.substr(0, 64u << 10);
  if (start.starts_with("\xef\xbb\xbf")) start.remove_prefix(3);
  const std::size_t first = start.find_first_not_of(" \t\r\n");
  if (first == start.npos) return std::nullopt;
  auto has = [&](std::string_view word) { return start.find(word) != start.npos; };
  if (start[first] == '{') {
    if (has("CVR.CastVoteRecordReport")) return CvrFormat::cdf_json;
    if (has("\"Sessions\"")) return CvrFormat::dominion_json;
    if (has("\"CVR.")) return CvrFormat::cdf_json;
    return std::nullopt;
  }
  if (start[first] == '<') {
    return has("http://tempuri.org/CVRDesign.xsd") ? std::optional(CvrFormat::hart_xml) : std::nullopt;
  }
  if (has("CvrNumber") && has("TabulatorNum")) return CvrFormat::dominion_csv;
  if (has("RowNumber") && has("BoxID") && has("Choice_")) return CvrFormat::clear_ballot_csv;
  if (has("Cast Vote Record")) return CvrFormat::ess_csv;
  return std::nullopt;
}

Status read_cvrs(CvrFormat format, CvrTable& table, std::string_view text, std::string_view file, const EachCvr& each) {
  switch (format) {
    case CvrFormat::cdf_json: return read_cdf_json(table, text, file, each);
    case CvrFormat::dominion_json: return read_dominion_json(table, text, file, each);
    case CvrFormat::dominion_csv: return read_dominion_csv(table, text, file, each);
    case CvrFormat::hart_xml: return read_hart_xml(table, text, file, each);
    case CvrFormat::ess_csv: return read_ess_csv(table, text, file, each);
    case CvrFormat::clear_ballot_csv: return read_clear_ballot_csv(table, text, file, each);
  }
  __builtin_unreachable();
}

}  // namespace scrutineer

// Cast vote records of any maker in one model: contests and options, and what each paper says in each contest
// (docs/formats/cvr.md). Files are texts here; whoever reads them says how they are called.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace scrutineer {

inline constexpr std::size_t kCvrJsonBytes = 256u << 20;  // one file of JSON is in memory as a whole
inline constexpr std::size_t kCvrFileBytes = 1u << 30;
inline constexpr std::size_t kCvrContests = 10'000;
inline constexpr std::size_t kCvrOptions = 100'000;  // of all contests together
inline constexpr std::size_t kCvrColumns = 20'000;
inline constexpr std::size_t kCvrFieldBytes = 16u << 10;

struct CvrOption {
  std::string key;  // as the export names it: an id, or the name itself
  std::string name;
  bool write_in = false;
};

struct CvrContestInfo {
  std::string key;
  std::string name;
  std::int64_t votes_allowed = 0;  // 0: the export does not say
  std::vector<CvrOption> options;
};

// Contests and options as they turn up. Indices stay what they are.
class CvrTable {
 public:
  const std::vector<CvrContestInfo>& contests() const { return contests_; }
  // Finds or adds. Error limit_exceeded.
  Result<std::size_t> contest(std::string_view key, std::string_view name, std::int64_t votes_allowed = 0);
  Result<std::size_t> option(std::size_t contest, std::string_view key, std::string_view name, bool write_in = false);
  std::optional<std::size_t> find_contest(std::string_view key) const;
  std::optional<std::size_t> find_option(std::size_t contest, std::string_view key) const;

 private:
  std::vector<CvrContestInfo> contests_;
  std::unordered_map<std::string, std::size_t> by_key_;
  std::vector<std::unordered_map<std::string, std::size_t>> options_by_key_;  // by contest
  std::size_t options_ = 0;
};

struct CvrVote {
  std::size_t option = 0;
  std::int64_t rank = 0;  // from 1 where voters rank; 0: they do not
  bool operator==(const CvrVote&) const = default;
};

// What one paper says in one contest. A contest that is not on the paper is absent.
struct CvrContest {
  std::size_t contest = 0;
  std::vector<CvrVote> votes;  // what counts; empty where too much was marked
  bool overvoted = false;
  bool needs_people = false;  // a machine has not decided it
  bool invalid = false;       // by the rules, and for another reason than an overvote
  bool operator==(const CvrContest&) const = default;
};

struct Cvr {
  std::string id;                          // unique in the export
  std::string batch, device, unit, style;  // each may be empty
  std::vector<CvrContest> contests;
  std::optional<std::vector<CvrContest>> machine;  // what the machine said, where people decided otherwise or later
  std::optional<Hash256> image;
};

using EachCvr = std::function<Status(const CvrTable& table, const Cvr& cvr)>;

// Sums over one or many exports.
struct CvrContestSums {
  std::int64_t papers = 0, overvoted = 0, blank = 0, needs_people = 0, invalid = 0;
  std::int64_t undervotes = 0;      // votes not given; 0 where the export does not say how many are allowed
  std::vector<std::int64_t> votes;  // by option; where voters rank, first ranks
};
class CvrSums {
 public:
  void add(const CvrTable& table, const Cvr& cvr);
  std::int64_t papers() const { return papers_; }
  const std::vector<CvrContestSums>& contests() const { return contests_; }  // by index of the table
 private:
  std::int64_t papers_ = 0;
  std::vector<CvrContestSums> contests_;
};

// Closes a contest as makers do: more votes at one rank than are allowed are an overvote, and none of them counts.
void close_contest(CvrContest& contest, std::int64_t votes_allowed);

enum class CvrFormat : std::uint8_t { cdf_json, dominion_json, dominion_csv, hart_xml, ess_csv, clear_ballot_csv };
inline constexpr std::string_view kCvrFormatNames[] = {"cdf-json", "dominion-json", "dominion-csv",
                                                       "hart-xml", "ess-csv",       "clear-ballot-csv"};
// By how the text begins; nullopt: none of them.
std::optional<CvrFormat> cvr_format_of(std::string_view start);

// Each reads one file and hands out its papers one by one. Errors: malformed, unsupported and limit_exceeded, with
// file:line in `where`; those of `each`.
// Dominion's JSON names contests and candidates in two further files, which come first.
Status read_dominion_contests(CvrTable& table, std::string_view json, std::string_view file);
Status read_dominion_candidates(CvrTable& table, std::string_view json, std::string_view file);
Status read_dominion_json(CvrTable& table, std::string_view json, std::string_view file, const EachCvr& each);
Status read_dominion_csv(CvrTable& table, std::string_view csv, std::string_view file, const EachCvr& each);
Status read_hart_xml(CvrTable& table, std::string_view xml, std::string_view file, const EachCvr& each);
Status read_ess_csv(CvrTable& table, std::string_view csv, std::string_view file, const EachCvr& each);
Status read_clear_ballot_csv(CvrTable& table, std::string_view csv, std::string_view file, const EachCvr& each);
Status read_cdf_json(CvrTable& table, std::string_view json, std::string_view file, const EachCvr& each);
Status read_cvrs(CvrFormat format, CvrTable& table, std::string_view text, std::string_view file, const EachCvr& each);

}  // namespace scrutineer

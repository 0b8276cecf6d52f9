#include "core/eml/package.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/base/bytes.h"
#include "core/codec/csv.h"
#include "core/codec/json.h"

namespace scrutineer::eml {
namespace {

constexpr std::int64_t kLowerHouse = 150;  // Grondwet, article 51

// Lists and candidates by number; short codes behind them.
using OptionKey = std::tuple<std::uint64_t, std::uint64_t, std::string>;
constexpr std::uint64_t kNoNumber = ~std::uint64_t{0};

OptionKey key_of(const Selection& s) {
  return {parse_decimal(s.list).value_or(kNoNumber),
          parse_decimal(s.candidate).value_or(s.candidate.empty() ? 0 : kNoNumber),
          s.candidate.empty() ? s.list : s.list + "." + s.candidate};
}

std::string area_name(std::string name) {
  std::replace(name.begin(), name.end(), '/', '-');  // a path is made of names
  return name;
}

std::string kind_of(const Group& unit) {
  if (unit.type == "Mobile") return "mobile";
  if (unit.type == "Special") return "special";
  std::size_t last = unit.id.rfind("::");
  std::string_view own = std::string_view(unit.id).substr(last == std::string::npos ? 0 : last + 2);
  return own.starts_with("SB") ? "polling-day" : own.starts_with("HSB") ? "district" : "municipality";
}

class PackageMaker {
 public:
  PackageMaker(std::span<const Count> counts, OptionLevel level) : counts_(counts), level_(level) {}

  Result<PackageFiles> make(std::int64_t seats) {
    if (counts_.empty()) return fail(ErrorCode::not_found, "there is no file");
    const Header& header = counts_[0].header;
    if (seats == 0 && header.category == "TK") seats = kLowerHouse;
    if (seats < 1 || seats > limits::kSeats)
      return fail(ErrorCode::invalid_argument, "say how many seats are to be filled: a count does not");
    for (const Count& count : counts_) SCRUTINEER_CHECKED(collect(count));
    if (units_.empty())
      return fail(ErrorCode::not_found, "these files have totals only: there are no reporting units to import");
    write_units();
    write_options();
    write_counts();
    files_.election_json = election_json(seats);
    return std::move(files_);
  }

 private:
  struct Unit {
    const Group* group;
    std::string area;
  };

  Status collect(const Count& count) {
    if (count.header.election_id != counts_[0].header.election_id)
      return fail(ErrorCode::conflict, "these files are of different elections: " + counts_[0].header.election_id +
                                           " and " + count.header.election_id);
    for (const ContestCount& contest : count.contests)
      for (const Group& unit : contest.units) {
        if (!ids_.insert(unit.id).second)
          return fail(ErrorCode::conflict, "the reporting unit " + unit.id + " stands in these files twice",
                      unit.place);
        units_.push_back({&unit, area_name(count.header.authority_name)});
        for (const Selection& s : unit.selections)
          if (wanted(s)) {
            options_.try_emplace(key_of(s), s);
          } else if (s.candidate.empty()) {
            lists_.try_emplace(s.list, s.name);
          }
      }
    return {};
  }

  bool wanted(const Selection& s) const { return s.candidate.empty() == (level_ == OptionLevel::lists); }

  void write_units() {
    CsvWriter out;
    for (std::string_view name : {"unit_id", "level1", "name", "kind", "electors", "ballots", "valid", "invalid"})
      out.field(name);
    out.end_row();
    for (const Unit& unit : units_) {
      const Group& g = *unit.group;
      out.field(g.id).field(unit.area).field(g.name.empty() ? g.id : g.name).field(kind_of(g));
      if (auto electors = g.electors())
        out.field(*electors);
      else
        out.field("");
      // A package has one figure for what is not valid: blank votes are in it.
      out.field(g.papers()).field(g.counted).field(g.invalid + g.blank).end_row();
    }
    files_.units_csv = out.take();
    files_.notes.emplace_back("blank votes are in the invalid ones: a package has one figure for both");
  }

  void write_options() {
    CsvWriter out;
    out.field("contest_id").field("option_id").field("party").field("name").end_row();
    for (const auto& [key, s] : options_) {
      const std::string& list = s.candidate.empty() ? s.name : lists_[s.list];
      std::string name = list.empty() ? "Lijst " + s.list : list;
      out.field(contest_id()).field(std::get<2>(key));
      if (s.candidate.empty())
        out.field("").field(name);
      else
        out.field(name).field("kandidaat " + s.candidate);
      out.end_row();
    }
    files_.options_csv = out.take();
  }

  void write_counts() {
    CsvWriter out;
    out.field("unit_id").field("contest_id").field("option_id").field("votes").end_row();
    std::int64_t absent = 0;
    for (const Unit& unit : units_) {
      std::map<OptionKey, std::int64_t> votes;
      for (const Selection& s : unit.group->selections)
        if (wanted(s)) votes[key_of(s)] += s.votes;
      for (const auto& [key, s] : options_) {
        auto found = votes.find(key);
        absent += found == votes.end();
        out.field(unit.group->id).field(contest_id()).field(std::get<2>(key));
        out.field(found == votes.end() ? 0 : found->second).end_row();
      }
    }
    files_.counts_csv = out.take();
    if (absent > 0)
      files_.notes.push_back(std::to_string(absent) +
                             " counts are 0 because the list is not on the ballot paper of that unit");
  }

  const std::string& contest_id() const { return counts_[0].header.election_id; }

  std::string election_json(std::int64_t seats) const {
    const Header& header = counts_[0].header;
    const std::string title = header.election_name.empty() ? header.election_id : header.election_name;
    JsonWriter out;
    auto bilingual = [&](std::string_view name) {
      out.name(name).begin_object().member("ko", title).member("en", title).end_object();
    };
    auto signing = [&](std::string_view type, std::string_view label, std::string_view role) {
      out.line().name(type).begin_array().begin_object().member("label", label).name("needs").begin_array();
      out.begin_object().member("role", role).member("count", 1).end_object().end_array().end_object().end_array();
    };
    out.begin_object().member("format", "scrutineer/election/1").line();
    bilingual("title");
    out.line().name("simulated").boolean(title.starts_with("[SIMULATED]"));
    out.member("date", header.date).member("time_zone", "Europe/Amsterdam").line();
    out.name("contests").begin_array().begin_object().member("id", contest_id());
    bilingual("title");
    out.member("votes_per_ballot", 1).name("seats").begin_object();
    out.member("method", header.category == "TK" ? "nl-house" : "nl-council").member("seats", seats);
    out.end_object().end_object().end_array().line().name("signing").begin_object();
    signing("count-sheet", "transcribed", "importer");
    signing("result-claim", "published", "publisher");
    signing("adopt", "adopted", "coordinator");
    signing("lot", "drawn", "coordinator");
    out.end_object().line().name("grantors").begin_object().end_object().line().name("rules").begin_array();
    for (std::string_view code : {"parts-do-not-add-up", "parts-missing", "too-many-votes", "nobody-voted",
                                  "no-electors", "more-ballots-than-electors"}) {
      out.line().begin_object().member("code", code).name("kinds").begin_array().string("*").end_array();
      out.name("contests").begin_array().string("*").end_array().end_object();
    }
    out.end_array().line().member("source", "EML_NL " + header.kind + " " + header.election_id + ", " + header.created);
    out.end_object();
    return out.take() + "\n";
  }

  std::span<const Count> counts_;
  OptionLevel level_;
  std::vector<Unit> units_;
  std::set<std::string> ids_;
  std::map<OptionKey, Selection> options_;
  std::map<std::string, std::string> lists_;  // names, where options are candidates
  PackageFiles files_;
};

}  // namespace

Result<PackageFiles> to_package(std::span<const Count> counts, OptionLevel level, std::int64_t seats) {
  return PackageMaker(counts, level).make(seats);
}

}  // namespace scrutineer::eml

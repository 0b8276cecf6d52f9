// Dominion's CvrExport.json with its manifests, and NIST SP 1500-103 in JSON.
#include <algorithm>

#include "core/codec/object_reader.h"
#include "core/cvr/cvr.h"

namespace scrutineer {
namespace {

constexpr std::size_t kDepth = 32;

std::string place_in(std::string_view file, std::string_view text, std::size_t offset) {
  const auto lines =
      std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(std::min(offset, text.size())), '\n');
  return std::string(file) + ":" + std::to_string(lines + 1);
}

// A parsed file whose problems know their line.
struct Document {
  Document(std::string_view text_, std::string_view file_) : text(text_), file(file_) {
    locate = [this](const std::optional<JsonValue>& value, const std::string& path) {
      return (value ? place_in(file, text, value->offset_in(text)) : file) + (path.empty() ? "" : ": " + path);
    };
  }
  Status parse() {
    if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
    if (text.size() > kCvrJsonBytes) return fail(ErrorCode::limit_exceeded, "a file of JSON has at most 256 MiB", file);
    auto parsed = Json::parse(text, kDepth, JsonNumbers::any);
    if (!parsed) return tl::unexpected(placed(parsed.error(), file));
    json = std::move(*parsed);
    return {};
  }
  ObjectReader root() { return ObjectReader(json.root(), problems, &locate); }
  Status done() const { return problems.empty() ? Status() : Status(tl::unexpected(problems.first())); }

  std::string_view text;
  std::string file;
  Json json;
  Problems problems;
  ObjectReader::Locate locate;
};

constexpr std::int64_t kIdMost = std::int64_t{1} << 53;

std::string id_of(const ObjectReader& in, std::string_view name) {
  return std::to_string(in.integer(name, -kIdMost + 1, kIdMost - 1));
}

// An id that is a number, or a text where a maker has blacked it out.
std::string id_or_text(const ObjectReader& in, std::string_view name) {
  auto value = in.find(name);
  if (value && value->as_string()) return std::string(*value->as_string());
  return id_of(in, name);
}

Status each_of_list(Document& document, const std::function<Status(const ObjectReader&)>& each) {
  SCRUTINEER_CHECKED(document.parse());
  Status status;
  document.root().objects("List", [&](const ObjectReader& item, std::size_t) {
    if (!status) return;
    status = each(item);
    if (!status) status = tl::unexpected(placed(status.error(), document.file));
  });
  if (!status) return status;
  return document.done();
}

}  // namespace

Status read_dominion_contests(CvrTable& table, std::string_view json, std::string_view file) {
  Document document(json, file);
  return each_of_list(document, [&](const ObjectReader& item) -> Status {
    const std::string id = id_of(item, "Id"), name = item.non_empty("Description");
    return table.contest(id, name, item.integer("VoteFor", 0, 1'000)).map([](std::size_t) {});
  });
}

Status read_dominion_candidates(CvrTable& table, std::string_view json, std::string_view file) {
  Document document(json, file);
  return each_of_list(document, [&](const ObjectReader& item) -> Status {
    const std::string id = id_of(item, "Id"), name = item.non_empty("Description"), of = id_of(item, "ContestId");
    const std::string type = item.optional_string("Type").value_or("");
    auto contest = table.find_contest(of);
    if (!contest) {
      item.problem("ContestId", "the list of contests has no contest " + of);
      return {};
    }
    return table.option(*contest, id, name, type == "WriteIn" || type == "QualifiedWriteIn").map([](std::size_t) {});
  });
}

namespace {

class DominionSessions {
 public:
  DominionSessions(CvrTable& table, Document& document, const EachCvr& each)
      : table_(table), document_(document), each_(each) {}

  void session(const ObjectReader& in) {
    if (!status_) return;
    Cvr cvr;
    cvr.device = id_or_text(in, "TabulatorId"), cvr.batch = id_or_text(in, "BatchId");
    cvr.id = cvr.device + "-" + cvr.batch + "-" + id_or_text(in, "RecordId");
    std::optional<std::vector<CvrContest>> original, modified;
    bool original_counts = false, modified_counts = false;
    in.object("Original", [&](const ObjectReader& said) { original = paper(said, cvr, original_counts); });
    in.object(
        "Modified", [&](const ObjectReader& said) { modified = paper(said, cvr, modified_counts); }, false);
    if (original_counts == modified_counts) in.problem("Original", "one of Original and Modified counts: IsCurrent");
    if (modified_counts) cvr.machine = std::move(original);
    cvr.contests = std::move(modified_counts ? modified : original).value_or(std::vector<CvrContest>{});
    if (document_.problems.empty()) status_ = each_(table_, cvr);
    if (!status_) status_ = tl::unexpected(placed(status_.error(), document_.file));
  }
  Status status() const { return status_; }

 private:
  std::vector<CvrContest> paper(const ObjectReader& in, Cvr& cvr, bool& counts) {
    counts = in.boolean("IsCurrent");
    cvr.unit = id_or_text(in, "PrecinctPortionId"), cvr.style = id_or_text(in, "BallotTypeId");
    std::vector<CvrContest> contests;
    auto take = [&](const ObjectReader& contest, std::size_t) { contests.push_back(one(contest)); };
    if (in.has("Cards"))
      in.objects("Cards", [&](const ObjectReader& card, std::size_t) { card.objects("Contests", take); });
    else  // before version 5.10 a paper's contests stood in it directly
      in.objects("Contests", take);
    return contests;
  }

  CvrContest one(const ObjectReader& in) {
    CvrContest contest;
    const std::string id = id_of(in, "Id");
    auto known = table_.find_contest(id);
    if (!known) {
      in.problem("Id", "the list of contests has no contest " + id);
      return contest;
    }
    contest.contest = *known;
    contest.overvoted = in.optional_integer("Overvotes", 0, 100'000).value_or(0) > 0;
    in.objects("Marks", [&](const ObjectReader& mark, std::size_t) {
      const std::string candidate = id_of(mark, "CandidateId");
      const std::int64_t rank = mark.integer("Rank", 0, 1'000);
      if (!mark.boolean("IsVote")) return;  // seen, and below the threshold
      auto option = table_.find_option(*known, candidate);
      if (!option) return mark.problem("CandidateId", "the contest has no candidate " + candidate);
      contest.votes.push_back({*option, rank});
    });
    // Every mark of a contest without ranks has rank 1.
    const bool ranks =
        std::any_of(contest.votes.begin(), contest.votes.end(), [](const CvrVote& v) { return v.rank > 1; });
    if (!ranks && table_.contests()[*known].votes_allowed > 1)
      for (CvrVote& vote : contest.votes) vote.rank = 0;
    close_contest(contest, table_.contests()[*known].votes_allowed);
    return contest;
  }

  CvrTable& table_;
  Document& document_;
  const EachCvr& each_;
  Status status_;
};

}  // namespace

Status read_dominion_json(CvrTable& table, std::string_view json, std::string_view file, const EachCvr& each) {
  Document document(json, file);
  SCRUTINEER_CHECKED(document.parse());
  DominionSessions sessions(table, document, each);
  document.root().objects("Sessions", [&](const ObjectReader& session, std::size_t) { sessions.session(session); });
  SCRUTINEER_CHECKED(document.done());
  return sessions.status();
}

namespace {

// NIST SP 1500-103, section 4: contests and selections by @id, papers with snapshots of which one is current.
class CdfReport {
 public:
  CdfReport(CvrTable& table, Document& document, const EachCvr& each)
      : table_(table), document_(document), each_(each) {}

  void election(const ObjectReader& in) {
    std::unordered_map<std::string, std::string> candidates;
    in.objects(
        "Candidate",
        [&](const ObjectReader& c, std::size_t) {
          candidates[c.non_empty("@id")] = c.optional_string("Name").value_or("");
        },
        false);
    in.objects("Contest", [&](const ObjectReader& c, std::size_t) { contest(c, candidates); });
  }

  void cvr(const ObjectReader& in, std::size_t index) {
    if (!status_) return;
    Cvr cvr;
    cvr.id = in.optional_string("UniqueId").value_or(in.optional_string("BallotAuditId").value_or(""));
    if (cvr.id.empty()) cvr.id = "CVR " + std::to_string(index + 1);
    cvr.batch = in.optional_string("BatchId").value_or("");
    cvr.device = in.optional_string("CreatingDeviceId").value_or("");
    cvr.unit = in.optional_string("BallotStyleUnitId").value_or("");
    cvr.style = in.optional_string("BallotStyleId").value_or("");
    const std::string current = in.non_empty("CurrentSnapshotId");
    bool found = false;
    in.objects("CVRSnapshot", [&](const ObjectReader& snapshot, std::size_t) {
      const bool counts = snapshot.non_empty("@id") == current;
      if (counts && found) snapshot.problem("@id", "two snapshots are current");
      found |= counts;
      auto said = contests(snapshot);
      if (counts)
        cvr.contests = std::move(said);
      else
        cvr.machine = std::move(said);
    });
    if (!found) in.problem("CurrentSnapshotId", "no snapshot has this id");
    if (document_.problems.empty()) status_ = each_(table_, cvr);
    if (!status_) status_ = tl::unexpected(placed(status_.error(), document_.file));
  }
  Status status() const { return status_; }

 private:
  void contest(const ObjectReader& in, const std::unordered_map<std::string, std::string>& candidates) {
    const std::string id = in.non_empty("@id");
    if (table_.find_contest(id)) return in.problem("@id", "two contests have this id");
    const std::int64_t allowed = in.optional_integer("VotesAllowed", 1, 1'000).value_or(1);
    auto index = table_.contest(id, in.optional_string("Name").value_or(id), allowed);
    if (!index) return in.problem("@id", index.error().message);
    in.objects("ContestSelection", [&](const ObjectReader& selection, std::size_t) {
      const std::string key = selection.non_empty("@id");
      std::string name = selection.optional_string("Selection").value_or("");
      if (selection.has("CandidateIds"))
        for (const std::string& candidate : selection.strings("CandidateIds")) {
          auto known = candidates.find(candidate);
          if (known == candidates.end())
            selection.problem("CandidateIds", "there is no candidate " + candidate);
          else
            name += (name.empty() ? "" : " / ") + known->second;
        }
      if (table_.find_option(*index, key)) return selection.problem("@id", "two selections have this id");
      auto option = table_.option(*index, key, name.empty() ? key : name,
                                  selection.optional_boolean("IsWriteIn").value_or(false));
      if (!option) selection.problem("@id", option.error().message);
    });
  }

  std::vector<CvrContest> contests(const ObjectReader& snapshot) {
    std::vector<CvrContest> all;
    snapshot.objects(
        "CVRContest",
        [&](const ObjectReader& in, std::size_t) {
          CvrContest said;
          const std::string id = in.non_empty("ContestId");
          auto known = table_.find_contest(id);
          if (!known) return in.problem("ContestId", "there is no contest " + id);
          said.contest = *known;
          if (in.has("Status"))
            for (const std::string& status : in.strings("Status")) {
              said.overvoted |= status == "overvoted";
              said.invalid |= status == "invalidated-rules";
            }
          said.needs_people |= in.optional_string("OtherStatus") == "needs-adjudication";
          in.objects(
              "CVRContestSelection", [&](const ObjectReader& s, std::size_t) { selection(s, said); }, false);
          close_contest(said, table_.contests()[*known].votes_allowed);
          all.push_back(std::move(said));
        },
        false);
    return all;
  }

  void selection(const ObjectReader& in, CvrContest& said) {
    auto id = in.optional_string("ContestSelectionId");
    auto option = id ? table_.find_option(said.contest, *id) : std::nullopt;
    if (id && !option) return in.problem("ContestSelectionId", "the contest has no selection " + *id);
    if (in.has("Status"))
      for (const std::string& status : in.strings("Status")) said.needs_people |= status == "needs-adjudication";
    const std::int64_t rank = in.optional_integer("Rank", 1, 1'000).value_or(0);
    bool votes = false;
    in.objects("SelectionPosition", [&](const ObjectReader& position, std::size_t) {
      const bool indicated = position.non_empty("HasIndication") == "yes";
      const bool allocable = position.optional_string("IsAllocable").value_or("yes") == "yes";
      votes |= indicated && allocable && position.integer("NumberVotes", 0, 1'000) > 0;
    });
    if (!votes) return;
    if (!option) return in.problem("ContestSelectionId", "a selection with a vote names no option");
    said.votes.push_back({*option, rank});
  }

  CvrTable& table_;
  Document& document_;
  const EachCvr& each_;
  Status status_;
};

}  // namespace

Status read_cdf_json(CvrTable& table, std::string_view json, std::string_view file, const EachCvr& each) {
  Document document(json, file);
  SCRUTINEER_CHECKED(document.parse());
  const ObjectReader root = document.root();
  if (root.string("@type") != "CVR.CastVoteRecordReport")
    root.problem("@type", "expected a CVR.CastVoteRecordReport (NIST SP 1500-103)");
  CdfReport report(table, document, each);
  root.objects("Election", [&](const ObjectReader& election, std::size_t) { report.election(election); });
  SCRUTINEER_CHECKED(document.done());
  root.objects(
      "CVR", [&](const ObjectReader& cvr, std::size_t index) { report.cvr(cvr, index); }, false);
  SCRUTINEER_CHECKED(document.done());
  return report.status();
}

}  // namespace scrutineer

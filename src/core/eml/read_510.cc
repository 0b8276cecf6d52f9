// EML_NL 510, "telling": 510-count-kiesraad-strict.xsd.
#include <map>
#include <unordered_set>

#include "core/eml/parse.h"

namespace scrutineer::eml {

std::optional<std::int64_t> Group::electors() const {
  return cast == 0 && papers() > 0 ? std::nullopt : std::optional(cast);
}

std::optional<std::int64_t> Group::admitted() const {
  for (const auto& [reason, votes] : uncounted)
    if (reason == kAdmitted) return votes;
  return std::nullopt;
}

namespace {

// Selection: a list, or a candidate of the list before it.
Status read_selection(const XmlElement& element, Group& group) {
  Selection selection;
  SCRUTINEER_TRY(XmlElement votes, child(element, "ValidVotes"));
  SCRUTINEER_TRY(selection.votes, number(votes));
  if (auto list = element.find(kSpace, "AffiliationIdentifier")) {
    SCRUTINEER_TRY(selection.list, identifier(*list));
    selection.name = child_text(*list, "RegisteredName");
  } else if (auto candidate = element.find(kSpace, "Candidate")) {
    if (group.selections.empty())
      return fail(ErrorCode::malformed, "a candidate stands before the first list", element.place());
    SCRUTINEER_TRY(XmlElement id, child(*candidate, "CandidateIdentifier"));
    // Above the level on which lists are drawn up candidates have no number, only a short code (510d).
    selection.candidate = std::string(id.attribute("Id").value_or(id.attribute("ShortCode").value_or("")));
    if (selection.candidate.empty())
      return fail(ErrorCode::malformed, "a candidate has neither a number nor a short code", id.place());
    selection.list = group.selections.back().list;
  } else {
    return fail(ErrorCode::unsupported, "only lists and candidates are read", element.place());
  }
  group.selections.push_back(std::move(selection));
  return {};
}

// VoteGroup: the same for the whole and for each reporting unit.
Status read_figures(const XmlElement& element, Group& group) {
  group.place = element.place();
  bool cast = false, counted = false;
  for (auto at = element.first_child(); at; at = at->next_sibling()) {
    if (at->is(kExtensions, "ReportingUnitType")) group.type = at->text();
    if (at->space() != kSpace) continue;  // values before a correction and reasons for an inquiry
    if (at->name() == "Selection") {
      SCRUTINEER_CHECKED(read_selection(*at, group));
    } else if (at->name() == "Cast") {
      SCRUTINEER_TRY(group.cast, number(*at));
      cast = true;
    } else if (at->name() == "TotalCounted") {
      SCRUTINEER_TRY(group.counted, number(*at));
      counted = true;
    } else if (at->name() == "RejectedVotes") {
      std::string_view reason = at->attribute("ReasonCode").value_or("");
      if (reason != "blanco" && reason != "ongeldig")
        return fail(ErrorCode::malformed, "RejectedVotes are 'blanco' or 'ongeldig'", at->place());
      SCRUTINEER_TRY((reason == "blanco" ? group.blank : group.invalid), number(*at));
    } else if (at->name() == "UncountedVotes") {
      SCRUTINEER_TRY(std::int64_t votes, number(*at));
      group.uncounted.emplace_back(at->attribute("ReasonCode").value_or(""), votes);
    }
  }
  if (!cast || !counted) return fail(ErrorCode::malformed, "Cast or TotalCounted is missing", element.place());
  return {};
}

std::string who(const Group& group) {
  return group.id.empty() ? "the whole" : group.id + " " + group.name;
}

// What contradicts itself inside one group. Nothing is corrected.
void check_group(const Group& group, Problems& problems) {
  auto note = [&](std::string sentence) { problems.add(group.place, who(group) + ": " + std::move(sentence)); };
  if (!group.electors()) note("0 electors beside " + std::to_string(group.papers()) + " ballots; taken as not stated");
  std::int64_t lists = 0;
  std::unordered_set<std::string> seen;
  for (std::size_t i = 0; i < group.selections.size();) {
    const Selection& list = group.selections[i];
    lists += list.votes;
    std::int64_t candidates = 0;
    std::size_t next = i + 1;
    for (; next < group.selections.size() && !group.selections[next].candidate.empty(); ++next)
      candidates += group.selections[next].votes;
    if (next > i + 1 && candidates != list.votes)
      note("list " + list.list + " has " + std::to_string(list.votes) + " votes, its candidates " +
           std::to_string(candidates));
    if (!seen.insert(list.list).second) note("list " + list.list + " stands twice");
    i = next;
  }
  if (lists != group.counted)
    note("the lists have " + std::to_string(lists) + " votes, and " + std::to_string(group.counted) +
         " valid votes are stated");
  std::map<std::string_view, std::int64_t> reasons;
  for (const auto& [reason, votes] : group.uncounted) reasons.emplace(reason, votes);
  if (reasons.contains(kAdmitted) && reasons.contains(kMorePapers) && reasons.contains(kFewerPapers)) {
    std::int64_t expected = reasons[kAdmitted] + reasons[kMorePapers] - reasons[kFewerPapers];
    if (expected != group.papers())
      note(std::to_string(group.papers()) + " ballots, and " + std::to_string(expected) +
           " follow from voters let in and the difference that is stated");
  }
}

// The whole against the sum of the units.
void check_total(const ContestCount& contest, Problems& problems) {
  if (!contest.total || contest.units.empty()) return;
  const Group& total = *contest.total;
  auto compare = [&](std::string_view what, std::int64_t stated, std::int64_t sum) {
    if (stated != sum)
      problems.add(total.place, std::string(what) + ": " + std::to_string(stated) + " stated for the whole, and " +
                                    std::to_string(sum) + " in the reporting units together");
  };
  std::int64_t cast = 0, counted = 0, invalid = 0, blank = 0;
  std::map<std::pair<std::string_view, std::string_view>, std::int64_t> votes;
  for (const Group& unit : contest.units) {
    cast += unit.cast, counted += unit.counted, invalid += unit.invalid, blank += unit.blank;
    for (const Selection& s : unit.selections) votes[{s.list, s.candidate}] += s.votes;
  }
  compare("electors", total.cast, cast);
  compare("valid votes", total.counted, counted);
  compare("invalid votes", total.invalid, invalid);
  compare("blank votes", total.blank, blank);
  for (const Selection& s : total.selections) {
    auto sum = votes.find({s.list, s.candidate});
    if (sum == votes.end()) continue;  // numbers below differ from the short codes above
    compare("list " + s.list + (s.candidate.empty() ? "" : ", candidate " + s.candidate), s.votes, sum->second);
  }
}

Result<Group> read_unit(const XmlElement& element) {
  Group group;
  SCRUTINEER_TRY(XmlElement id, child(element, "ReportingUnitIdentifier"));
  SCRUTINEER_TRY(group.id, identifier(id));
  group.name = id.text();
  SCRUTINEER_CHECKED(read_figures(element, group));
  return group;
}

Result<ContestCount> read_contest(const XmlElement& element, Problems& problems) {
  ContestCount contest;
  SCRUTINEER_TRY(XmlElement id, child(element, "ContestIdentifier"));
  SCRUTINEER_TRY(contest.id, identifier(id));
  contest.name = child_text(id, "ContestName");
  std::unordered_set<std::string> seen;
  for (auto at = element.first_child(); at; at = at->next_sibling()) {
    if (at->is(kSpace, "TotalVotes") && !contest.total) {
      contest.total.emplace();
      SCRUTINEER_CHECKED(read_figures(*at, *contest.total));
      check_group(*contest.total, problems);
    } else if (at->is(kSpace, "ReportingUnitVotes")) {
      SCRUTINEER_TRY(Group unit, read_unit(*at));
      if (contest.units.size() >= limits::kUnits)
        return fail(ErrorCode::limit_exceeded, "too many reporting units", at->place());
      if (!seen.insert(unit.id).second)
        return fail(ErrorCode::conflict, "the reporting unit " + unit.id + " stands here twice", at->place());
      check_group(unit, problems);
      contest.units.push_back(std::move(unit));
    }
  }
  if (!contest.total && contest.units.empty())
    return fail(ErrorCode::malformed, "a contest without any figures", element.place());
  check_total(contest, problems);
  return contest;
}

}  // namespace

Result<Count> read_510(std::string_view text, std::string file) {
  SCRUTINEER_TRY(auto xml, Xml::parse(text, std::move(file)));
  SCRUTINEER_TRY(Message message, read_message(*xml, "510", "Count"));
  Count count;
  count.header = std::move(message.header);
  SCRUTINEER_TRY(XmlElement contests, child(message.election, "Contests"));
  for (auto at = contests.first_child(); at; at = at->next_sibling()) {
    if (!at->is(kSpace, "Contest")) continue;
    if (count.contests.size() >= limits::kContests)
      return fail(ErrorCode::limit_exceeded, "too many contests", at->place());
    SCRUTINEER_TRY(ContestCount contest, read_contest(*at, count.problems));
    count.contests.push_back(std::move(contest));
  }
  if (count.contests.empty()) return fail(ErrorCode::malformed, "there is no contest", contests.place());
  return count;
}

}  // namespace scrutineer::eml

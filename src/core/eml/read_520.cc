// EML_NL 520, "resultaat": 520-result-kiesraad-strict.xsd. It names who is elected; a list's seats are the candidates
// that follow it.
#include "core/eml/parse.h"

namespace scrutineer::eml {
namespace {

std::string full_name(const XmlElement& candidate) {
  auto full = candidate.find(kSpace, "CandidateFullName");
  auto person = full ? full->find(kNames, "PersonName") : std::nullopt;
  if (!person) return {};
  std::string name = child_text(*person, "FirstName", kNames);
  for (std::string_view part : {"NamePrefix", "LastName"}) {
    std::string text = child_text(*person, part, kNames);
    if (!name.empty() && !text.empty()) name += ' ';
    name += text;
  }
  return name;
}

Status read_selection(const XmlElement& element, ContestResult& contest) {
  if (element.find(kSpace, "Elected") && child_text(element, "Elected") != "yes")
    return fail(ErrorCode::malformed, "a result names only who is elected", element.place());
  if (auto list = element.find(kSpace, "AffiliationIdentifier")) {
    ElectedList elected;
    SCRUTINEER_TRY(elected.list, identifier(*list));
    elected.name = child_text(*list, "RegisteredName");
    contest.lists.push_back(std::move(elected));
  } else if (auto candidate = element.find(kSpace, "Candidate")) {
    if (contest.lists.empty())
      return fail(ErrorCode::malformed, "a candidate stands before the first list", element.place());
    contest.lists.back().elected.push_back(full_name(*candidate));
  }
  return {};
}

}  // namespace

Result<Outcome> read_520(std::string_view text, std::string file) {
  SCRUTINEER_TRY(auto xml, Xml::parse(text, std::move(file)));
  SCRUTINEER_TRY(Message message, read_message(*xml, "520", "Result"));
  Outcome outcome;
  outcome.header = std::move(message.header);
  for (auto at = message.election.first_child(); at; at = at->next_sibling()) {
    if (!at->is(kSpace, "Contest")) continue;
    if (outcome.contests.size() >= limits::kContests)
      return fail(ErrorCode::limit_exceeded, "too many contests", at->place());
    ContestResult contest;
    SCRUTINEER_TRY(XmlElement id, child(*at, "ContestIdentifier"));
    SCRUTINEER_TRY(contest.id, identifier(id));
    contest.name = child_text(id, "ContestName");
    for (auto inner = at->first_child(); inner; inner = inner->next_sibling())
      if (inner->is(kSpace, "Selection")) {
        SCRUTINEER_CHECKED(read_selection(*inner, contest));
      }
    outcome.contests.push_back(std::move(contest));
  }
  if (outcome.contests.empty()) return fail(ErrorCode::malformed, "there is no contest", message.election.place());
  return outcome;
}

}  // namespace scrutineer::eml

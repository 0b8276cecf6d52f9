// Hart: one XML file for each paper, in the namespace of CVRDesign.xsd. Options are those that were voted for; some
// versions list the others with a value of 0.
#include <algorithm>

#include "core/codec/xml.h"
#include "core/cvr/cvr.h"

namespace scrutineer {
namespace {

constexpr std::string_view kSpace = "http://tempuri.org/CVRDesign.xsd";

tl::unexpected<Error> refuse(const XmlElement& element, std::string message) {
  return fail(ErrorCode::malformed, std::move(message), element.place());
}

Result<XmlElement> child(const XmlElement& parent, std::string_view name) {
  if (auto found = parent.find(kSpace, name)) return *found;
  return refuse(parent, "expected an element " + std::string(name));
}

std::string text_of(const XmlElement& parent, std::string_view name) {
  auto found = parent.find(kSpace, name);
  return found ? found->text() : std::string();
}

Status take_option(CvrTable& table, const XmlElement& element, CvrContest& contest) {
  const std::string value = text_of(element, "Value");
  if (value != "1" && value != "0" && !value.empty())
    return refuse(element, "expected a value of 0 or 1, found '" + value + "'");
  const bool write_in = element.find(kSpace, "WriteInData").has_value();
  std::string name = text_of(element, "Name");
  if (name.empty() && write_in) name = "Write-in";
  if (name.empty()) return refuse(element, "an option has neither a name nor a text that was written in");
  SCRUTINEER_TRY(std::size_t option, table.option(contest.contest, name, name, write_in));
  if (value != "0") contest.votes.push_back({option, 0});
  return {};
}

Result<CvrContest> take_contest(CvrTable& table, const XmlElement& element) {
  SCRUTINEER_TRY(XmlElement name, child(element, "Name"));
  if (name.text().empty()) return refuse(name, "a contest has no name");
  CvrContest contest;
  SCRUTINEER_TRY(contest.contest, table.contest(name.text(), name.text()));
  contest.overvoted = text_of(element, "Overvotes") != "" && text_of(element, "Overvotes") != "0";
  if (auto options = element.find(kSpace, "Options"))
    for (auto option = options->first_child(); option; option = option->next_sibling())
      if (option->is(kSpace, "Option")) SCRUTINEER_CHECKED(take_option(table, *option, contest));
  close_contest(contest, 0);
  return contest;
}

}  // namespace

Status read_hart_xml(CvrTable& table, std::string_view xml, std::string_view file, const EachCvr& each) {
  SCRUTINEER_TRY(auto document, Xml::parse(xml, std::string(file)));
  const XmlElement root = document->root();
  if (!root.is(kSpace, "Cvr")) return fail(ErrorCode::unsupported, "expected a Cvr of CVRDesign.xsd", root.place());
  Cvr cvr;
  SCRUTINEER_TRY(XmlElement id, child(root, "CvrGuid"));
  cvr.id = id.text();
  if (cvr.id.empty()) return refuse(id, "this paper has no id");
  cvr.batch = text_of(root, "BatchNumber");
  if (auto precinct = root.find(kSpace, "PrecinctSplit")) cvr.unit = text_of(*precinct, "Name");
  SCRUTINEER_TRY(XmlElement contests, child(root, "Contests"));
  for (auto element = contests.first_child(); element; element = element->next_sibling()) {
    if (!element->is(kSpace, "Contest")) continue;
    SCRUTINEER_TRY(CvrContest contest, take_contest(table, *element));
    if (std::any_of(cvr.contests.begin(), cvr.contests.end(),
                    [&](const CvrContest& c) { return c.contest == contest.contest; }))
      return refuse(*element, "this contest stands twice on one paper");
    cvr.contests.push_back(std::move(contest));
  }
  return each(table, cvr);
}

}  // namespace scrutineer

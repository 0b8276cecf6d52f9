#include "core/eml/message_writer.h"

#include <algorithm>
#include <array>

namespace scrutineer::eml {
namespace {

// kr:ElectionCategoryType
constexpr std::array<std::string_view, 13> kCategories = {"EK", "TK", "EP", "PS", "AB", "GR", "BC",
                                                          "GC", "ER", "NR", "PR", "LR", "IR"};

// kr:ElectionIdType: category, year (and month and day), then what the writer likes.
std::string election_id(const Election& election, const Stamp& stamp) {
  if (!stamp.election_id.empty()) return stamp.election_id;
  std::string id = stamp.category;
  for (char c : election.definition().date)
    if (c != '-') id += c;
  return id;
}

}  // namespace

Status check_stamp(const Stamp& stamp) {
  if (std::find(kCategories.begin(), kCategories.end(), stamp.category) == kCategories.end())
    return fail(ErrorCode::invalid_argument,
                "EML_NL knows no category '" + stamp.category + "': EK TK EP PS AB GR BC GC ER NR PR LR IR");
  bool good = stamp.election_id.empty() || stamp.election_id.starts_with(stamp.category + "2");
  for (char c : stamp.election_id)
    good = good && ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == '-');
  if (!good)
    return fail(ErrorCode::invalid_argument,
                "an EML_NL election id is the category, the year and perhaps _ and letters: TK2021, GR2022_Utrecht");
  return {};
}

void begin_message(XmlWriter& out, std::string_view kind, std::string_view content, const Election& election,
                   const std::string& authority_id, const std::string& authority_name, const Stamp& stamp) {
  const Definition& definition = election.definition();
  out.begin("EML").attribute("xmlns", kSpace).attribute("xmlns:kr", kExtensions);
  out.attribute("xmlns:xal", kAddresses).attribute("xmlns:xnl", kNames);
  out.attribute("Id", kind).attribute("SchemaVersion", "5");
  out.element("TransactionId", "1");
  out.begin("ManagingAuthority").begin("AuthorityIdentifier").attribute("Id", authority_id).text(authority_name).end();
  out.empty("AuthorityAddress").end();
  out.begin("kr:Schema").attribute("Version", "1.3").end();
  out.element("kr:CreationDateTime", stamp.created);
  out.begin(content);
  if (content == "Count") out.empty("EventIdentifier");
  out.begin("Election").begin("ElectionIdentifier").attribute("Id", election_id(election, stamp));
  out.element("ElectionName", (definition.simulated ? "[SIMULATED] " : "") + definition.title.en);
  out.element("ElectionCategory", stamp.category).element("kr:ElectionDate", definition.date).end();
}

void write_contest_identifier(XmlWriter& out, const Naming& naming) {
  out.begin("ContestIdentifier").attribute("Id", naming.contest());
  out.element("ContestName", naming.contest_name()).end();
}

void write_list(XmlWriter& out, const OptionName& name) {
  out.begin("AffiliationIdentifier").attribute("Id", name.list).element("RegisteredName", name.name).end();
}

}  // namespace scrutineer::eml

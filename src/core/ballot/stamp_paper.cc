#include "core/ballot/stamp_paper.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/ballot/stamp_rules.h"
#include "core/base/limits.h"
#include "core/codec/object_reader.h"

namespace scrutineer {
namespace {

// How high boxes are and how far apart, by the number of options: "1.5 cm up to 6 candidates, 1.3 from 7 to 10, 1.0 for
// more; gaps 1.0, 0.5, 0.3; 0.2 from 23 parties". The lengths that follow, 48.1 cm for 35 lists in 2020 and 51.7 cm for
// 38 in 2024, are those that were printed: boxes, gaps and 6.3 cm for head and foot.
struct BoxRow {
  std::string_view from;  // election day
  std::size_t most;       // options
  Length height, gap;
};
constexpr BoxRow kBoxes[] = {{"2020-01-01", 6, 1'500, 1'000},
                             {"2020-01-01", 10, 1'300, 500},
                             {"2020-01-01", 22, 1'000, 300},
                             {"2020-01-01", 1'000, 1'000, 200}};

constexpr Length kWidth = 10'000, kHead = 3'800, kFoot = 2'500;
constexpr Length kSide = 800;  // from the paper's edge to the boxes
constexpr Length kNumber = 1'000, kParty = 2'900, kStampColumn = 1'500;
constexpr Length kLine = 40, kStamp = 700;

const BoxRow* box_row(std::string_view date, std::size_t options) {
  std::string_view newest;
  for (const BoxRow& row : kBoxes)
    if (row.from <= date) newest = std::max(newest, row.from);
  for (const BoxRow& row : kBoxes)
    if (row.from == newest && options <= row.most) return &row;
  return nullptr;
}

constexpr std::string_view kFormat = "scrutineer/stamp-paper/1";
constexpr std::string_view kMarkings[] = {"official_stamp", "any_tool"};

void refuse_others(const ObjectReader& in, std::initializer_list<std::string_view> known) {
  for (JsonValue member : in.value())
    if (std::find(known.begin(), known.end(), member.name()) == known.end())
      in.problem(member.name(), "this member is not known here");
}

std::string printed(const ObjectReader& in, std::string_view name, bool may_be_empty = false) {
  std::string text = may_be_empty ? in.string(name) : in.non_empty(name);
  if (text.size() > kStampTextBytes) in.problem(name, "at most 200 bytes are printed");
  if (std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }))
    in.problem(name, "control characters cannot be printed");
  return text;
}

StampPaper read_paper(const ObjectReader& in) {
  StampPaper paper;
  refuse_others(in, {"format", "election", "contest", "date", "title", "area", "marking", "people", "options"});
  if (in.string("format") != kFormat) in.problem("format", "expected \"scrutineer/stamp-paper/1\"");
  paper.election = printed(in, "election");
  paper.contest = printed(in, "contest");
  paper.date = in.string("date");
  if (!is_election_day(paper.date)) in.problem("date", "expected a day such as 2025-06-03");
  paper.title = printed(in, "title");
  paper.area = printed(in, "area", true);
  paper.marking = static_cast<StampMarking>(in.choice("marking", kMarkings));
  paper.people = in.strings("people");
  for (const std::string& code : paper.people)
    if (!stamp_case_of(code)) in.problem("people", "there is no case \"" + code + "\"");
  std::set<std::string> numbers, ids;
  in.objects("options", [&](const ObjectReader& option, std::size_t) {
    refuse_others(option, {"number", "party", "name", "id"});
    StampOption read{printed(option, "number"), printed(option, "party", true), printed(option, "name"), {}};
    if (option.has("id")) read.id = printed(option, "id");
    if (!read.id.empty() && !ids.insert(read.id).second) option.problem("id", "two options have this id");
    if (!numbers.insert(read.number).second) option.problem("number", "two options have this number");
    paper.options.push_back(std::move(read));
  });
  return paper;
}

PaperArea part(const PaperArea& box, Length from, Length width) {
  return {box.x + from, box.y, width, box.height};
}

}  // namespace

PaperArea StampGeometry::box(std::size_t option) const {
  PaperArea out = first_box;
  out.y += pitch * static_cast<Length>(option);
  return out;
}
PaperArea StampGeometry::number_cell(std::size_t option) const {
  return part(box(option), 0, number_width);
}
PaperArea StampGeometry::name_cell(std::size_t option) const {
  return part(box(option), number_width, first_box.width - number_width - stamp_width);
}
PaperArea StampGeometry::stamp_cell(std::size_t option) const {
  return part(box(option), first_box.width - stamp_width, stamp_width);
}

bool is_election_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  int value[3] = {0, 0, 0};
  constexpr std::size_t kBegin[] = {0, 5, 8}, kEnd[] = {4, 7, 10};
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t k = kBegin[i]; k < kEnd[i]; ++k) {
      if (text[k] < '0' || text[k] > '9') return false;
      value[i] = value[i] * 10 + (text[k] - '0');
    }
  constexpr int kDays[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const auto [year, month, day] = value;
  if (month < 1 || month > 12 || day < 1 || day > kDays[month - 1]) return false;
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return year >= 1900 && (month != 2 || day <= 28 || leap);
}

Result<StampGeometry> stamp_geometry(std::string_view date, std::size_t options) {
  if (options == 0) return fail(ErrorCode::invalid_argument, "a ballot paper needs an option");
  const BoxRow* row = is_election_day(date) ? box_row(date, options) : nullptr;
  if (!row)
    return fail(ErrorCode::unsupported, fmt::format("nobody has entered the measures of papers for \"{}\"", date));
  StampGeometry g;
  g.boxes = options;
  g.width = kWidth;
  g.pitch = row->height + row->gap;
  const std::int64_t height = kHead + kFoot + static_cast<std::int64_t>(options) * g.pitch - row->gap;
  if (options > kStampOptionsMost || height > kStampPaperLongest)
    return fail(ErrorCode::limit_exceeded,
                fmt::format("{} options need a paper of {}.{} cm; machines take 46.9 cm, so people count these",
                            options, height / 1'000, height % 1'000 / 100));
  g.height = static_cast<Length>(height);
  g.line = kLine;
  g.stamp = kStamp;
  g.first_box = {kSide, kHead, kWidth - 2 * kSide, row->height};
  g.number_width = kNumber;
  g.party_width = kParty;
  g.stamp_width = kStampColumn;
  g.title = {1'000, 900, 8'000, 700};
  g.area = {1'000, 1'900, 5'600, 450};
  g.commission_seal = {7'100, 1'750, 1'500, 1'500};
  const Length foot = g.height - kFoot;
  g.officer_label = {4'100, foot + 1'050, 2'200, 400};
  g.officer_seal = {6'500, foot + 350, 2'500, 1'850};
  g.stub = {0, g.height - 1'200, 3'600, 1'200};
  return g;
}

Result<StampPaper> parse_stamp_paper(std::string_view json) {
  if (json.size() > kStampPaperBytes)
    return fail(ErrorCode::limit_exceeded, "a definition of a stamp paper has at most 64 KiB");
  SCRUTINEER_TRY(Json document, Json::parse(json));
  Problems problems;
  StampPaper paper = read_paper(ObjectReader(document.root(), problems));
  if (!problems.empty()) return tl::unexpected(problems.first());
  SCRUTINEER_CHECKED(stamp_geometry(paper.date, paper.options.size()));
  return paper;
}

std::string write_stamp_paper(const StampPaper& paper) {
  JsonWriter out;
  out.begin_object().member("format", kFormat).member("election", paper.election).member("contest", paper.contest);
  out.member("date", paper.date).member("title", paper.title).member("area", paper.area);
  out.member("marking", kMarkings[static_cast<std::size_t>(paper.marking)]);
  out.name("people").begin_array();
  for (const std::string& code : paper.people) out.string(code);
  out.end_array().name("options").begin_array();
  for (const StampOption& option : paper.options) {
    out.line().begin_object().member("number", option.number).member("party", option.party);
    out.member("name", option.name);
    if (!option.id.empty()) out.member("id", option.id);
    out.end_object();
  }
  out.line().end_array().end_object();
  return out.take() + "\n";
}

}  // namespace scrutineer

// election.json of the vxsuite kind.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "core/ballot/oval_definition.h"
#include "core/ballot/oval_numbers.h"
#include "core/codec/json.h"

namespace scrutineer {
namespace {

// Paper sizes of that format and their length in quarter inches; timing marks stand at each but for three.
struct PaperLength {
  std::string_view name;
  int quarters;
};
constexpr PaperLength kPapers[] = {{"letter", 44},        {"legal", 56},         {"custom-8.5x17", 68},
                                   {"custom-8.5x18", 72}, {"custom-8.5x21", 84}, {"custom-8.5x22", 88}};

class Reader {
 public:
  Reader(const JsonValue& root, std::string_view style) : root_(root), style_(style) {}

  Result<OvalDefinition> read() {
    SCRUTINEER_CHECKED(read_head());
    SCRUTINEER_CHECKED(read_contests());
    SCRUTINEER_TRY(const JsonValue layout, find_layout());
    SCRUTINEER_CHECKED(read_positions(layout));
    std::stable_sort(result_.places.begin(), result_.places.end(),
                     [](const OvalPlace& a, const OvalPlace& b) { return a.page < b.page; });
    drop_contests_of_other_styles();
    SCRUTINEER_CHECKED(check_oval_definition(result_));
    return std::move(result_);
  }

 private:
  static Result<std::string> text(const JsonValue& object, std::string_view name) {
    const auto value = object.find(name);
    const auto string = value ? value->as_string() : std::nullopt;
    if (!string || string->empty()) return fail(ErrorCode::malformed, "a text is expected", std::string(name));
    if (string->size() > 1'000) return fail(ErrorCode::limit_exceeded, "the text is too long", std::string(name));
    return std::string(*string);
  }

  static Result<JsonValue> array(const JsonValue& object, std::string_view name) {
    const auto value = object.find(name);
    if (!value || !value->is_array()) return fail(ErrorCode::malformed, "a list is expected", std::string(name));
    for (const JsonValue element : *value) {
      if (!element.is_object()) return fail(ErrorCode::malformed, "a list of objects is expected", std::string(name));
    }
    return *value;
  }

  Status read_head() {
    SCRUTINEER_TRY(result_.election, text(root_, "title"));
    SCRUTINEER_TRY(const std::string date, text(root_, "date"));
    const auto number = [&](std::size_t at, std::size_t size) {
      int value = 0;
      for (std::size_t i = at; i < at + size; ++i) {
        if (i >= date.size() || date[i] < '0' || date[i] > '9') return -1;
        value = value * 10 + (date[i] - '0');
      }
      return value;
    };
    result_.year = number(0, 4), result_.month = number(5, 2), result_.day = number(8, 2);
    if (result_.year < 1 || result_.month < 1 || result_.month > 12 || result_.day < 1 || result_.day > 31) {
      return fail(ErrorCode::malformed, "the date is not YYYY-MM-DD", "date");
    }
    const auto layout = root_.find("ballotLayout");
    if (!layout || !layout->is_object()) return fail(ErrorCode::malformed, "an object is expected", "ballotLayout");
    SCRUTINEER_TRY(const std::string size, text(*layout, "paperSize"));
    for (const PaperLength& paper : kPapers) {
      if (paper.name == size) result_.rows = paper.quarters - 3;
    }
    if (result_.rows == 0)
      return fail(ErrorCode::unsupported, fmt::format("the paper size '{}' is not known", size),
                  "ballotLayout.paperSize");
    if (const auto encoding = layout->find("metadataEncoding"); encoding && encoding->as_string() != "timing-marks") {
      return fail(ErrorCode::unsupported, "only papers with timing marks are read", "ballotLayout.metadataEncoding");
    }
    return {};
  }

  Status read_contests() {
    SCRUTINEER_TRY(const JsonValue list, array(root_, "contests"));
    if (list.size() > kOvalContests)
      return fail(ErrorCode::limit_exceeded, "more contests than a paper can have", "contests");
    std::size_t index = 0;
    for (const JsonValue element : list) {
      if (auto read = read_contest(element); !read) {
        return tl::unexpected(placed(read.error(), fmt::format("contests[{}]", index)));
      }
      ++index;
    }
    return {};
  }

  Status read_contest(const JsonValue& element) {
    OvalContest contest;
    SCRUTINEER_TRY(contest.id, text(element, "id"));
    SCRUTINEER_TRY(contest.title, text(element, "title"));
    SCRUTINEER_TRY(const std::string type, text(element, "type"));
    if (type == "yesno") {
      for (const std::string_view name : {"yesOption", "noOption"}) {
        const auto option = element.find(name);
        if (!option || !option->is_object())
          return fail(ErrorCode::malformed, "an object is expected", std::string(name));
        SCRUTINEER_TRY(std::string id, text(*option, "id"));
        SCRUTINEER_TRY(std::string label, text(*option, "label"));
        contest.options.push_back({std::move(id), std::move(label), false});
      }
    } else if (type == "candidate") {
      const auto seats = element.find("seats");
      if (!seats || !seats->as_integer()) return fail(ErrorCode::malformed, "a whole number is expected", "seats");
      contest.seats = *seats->as_integer();
      SCRUTINEER_TRY(const JsonValue candidates, array(element, "candidates"));
      for (const JsonValue candidate : candidates) {
        SCRUTINEER_TRY(std::string id, text(candidate, "id"));
        SCRUTINEER_TRY(std::string name, text(candidate, "name"));
        contest.options.push_back({std::move(id), std::move(name), false});
      }
    } else {
      return fail(ErrorCode::unsupported, fmt::format("contests of type '{}' are not read", type), "type");
    }
    if (!index_.emplace(contest.id, result_.contests.size()).second)
      return fail(ErrorCode::malformed, "the id is there twice", contest.id);
    result_.contests.push_back(std::move(contest));
    return {};
  }

  Result<JsonValue> find_layout() {
    SCRUTINEER_TRY(const JsonValue layouts, array(root_, "gridLayouts"));
    std::optional<JsonValue> found;
    for (const JsonValue layout : layouts) {
      SCRUTINEER_TRY(const std::string id, text(layout, "ballotStyleId"));
      if (!style_.empty() && id != style_) continue;
      if (found) return fail(ErrorCode::invalid_argument, "there are several ballot styles: say which", "gridLayouts");
      found = layout;
      result_.style = id;
    }
    if (!found) return fail(ErrorCode::not_found, "there is no grid layout of this ballot style", std::string(style_));
    // "card-number-3": the front's timing marks encode the 3.
    constexpr std::string_view kCard = "card-number-";
    if (result_.style.starts_with(kCard) && result_.style.size() <= kCard.size() + 4) {
      int card = 0;
      for (const char c : std::string_view(result_.style).substr(kCard.size()))
        card = c >= '0' && c <= '9' ? card * 10 + (c - '0') : -100'000;
      if (card >= 0) result_.card = card;
    }
    return *found;
  }

  Status read_positions(const JsonValue& layout) {
    SCRUTINEER_TRY(const JsonValue list, array(layout, "gridPositions"));
    if (list.size() > kOvalPlaces)
      return fail(ErrorCode::limit_exceeded, "more places than a paper can have", "gridPositions");
    std::size_t index = 0;
    for (const JsonValue element : list) {
      if (auto read = read_position(element); !read) {
        return tl::unexpected(placed(read.error(), fmt::format("gridPositions[{}]", index)));
      }
      ++index;
    }
    return {};
  }

  Status read_position(const JsonValue& element) {
    OvalPlace place;
    SCRUTINEER_TRY(const std::string contest, text(element, "contestId"));
    const auto found = index_.find(contest);
    if (found == index_.end()) return fail(ErrorCode::malformed, "there is no such contest", contest);
    place.contest = static_cast<std::uint16_t>(found->second);
    const auto sheet = decimal_of(element.find("sheetNumber"), 0);
    if (!sheet || *sheet < 1 || *sheet > kOvalSheets)
      return fail(ErrorCode::malformed, "a sheet's number is expected", "sheetNumber");
    SCRUTINEER_TRY(const std::string side, text(element, "side"));
    if (side != "front" && side != "back") return fail(ErrorCode::malformed, "'front' or 'back' is expected", "side");
    place.page = static_cast<std::uint16_t>(2 * (*sheet - 1) + (side == "back" ? 1 : 0));
    const auto column = decimal_of(element.find("column"), 2), row = decimal_of(element.find("row"), 2);
    if (!column || !row || *column < 0 || *column > 10'000 || *row < 0 || *row > 10'000) {
      return fail(ErrorCode::malformed, "a place's column and row are expected", "column, row");
    }
    place.column = static_cast<GridUnits>(*column);
    place.row = static_cast<GridUnits>(*row);
    SCRUTINEER_CHECKED(read_option(element, place));
    result_.places.push_back(place);
    return {};
  }

  Status read_option(const JsonValue& element, OvalPlace& place) {
    SCRUTINEER_TRY(const std::string type, text(element, "type"));
    OvalContest& contest = result_.contests[place.contest];
    if (type == "write-in") {
      const auto number = decimal_of(element.find("writeInIndex"), 0);
      if (!number || *number < 0 || *number > 1'000)
        return fail(ErrorCode::malformed, "a whole number is expected", "writeInIndex");
      place.option = static_cast<std::uint16_t>(contest.options.size());
      contest.options.push_back({fmt::format("write-in-{}", *number), fmt::format("write-in {}", *number + 1), true});
      if (const auto area = element.find("writeInArea")) {
        GridArea writing;
        GridUnits* const members[] = {&writing.x, &writing.y, &writing.width, &writing.height};
        constexpr std::string_view kNames[] = {"x", "y", "width", "height"};
        for (std::size_t i = 0; i < 4; ++i) {
          const auto value = area->is_object() ? decimal_of(area->find(kNames[i]), 2) : std::nullopt;
          if (!value || *value < 0 || *value > 10'000)
            return fail(ErrorCode::malformed, "an area is expected", "writeInArea");
          *members[i] = static_cast<GridUnits>(*value);
        }
        place.writing = writing;
      }
      return {};
    }
    if (type != "option")
      return fail(ErrorCode::unsupported, fmt::format("places of type '{}' are not read", type), "type");
    SCRUTINEER_TRY(const std::string id, text(element, "optionId"));
    for (std::size_t i = 0; i < contest.options.size(); ++i) {
      if (contest.options[i].id == id) {
        place.option = static_cast<std::uint16_t>(i);
        return {};
      }
    }
    return fail(ErrorCode::malformed, "there is no such option", id);
  }

  // A definition holds the contests of every style; this one's are those that have a place on it.
  void drop_contests_of_other_styles() {
    std::vector<bool> used(result_.contests.size());
    for (const OvalPlace& place : result_.places) used[place.contest] = true;
    std::vector<std::uint16_t> moved(result_.contests.size());
    std::vector<OvalContest> kept;
    for (std::size_t i = 0; i < used.size(); ++i) {
      moved[i] = static_cast<std::uint16_t>(kept.size());
      if (used[i]) kept.push_back(std::move(result_.contests[i]));
    }
    result_.contests = std::move(kept);
    for (OvalPlace& place : result_.places) place.contest = moved[place.contest];
  }

  JsonValue root_;
  std::string_view style_;
  OvalDefinition result_;
  std::map<std::string, std::size_t> index_;
};

}  // namespace

Result<OvalDefinition> read_vxsuite_definition(std::string_view json, std::string_view style) {
  if (json.size() > kOvalDefinitionBytes)
    return fail(ErrorCode::limit_exceeded, "the ballot definition is larger than 16 MiB");
  SCRUTINEER_TRY(const Json document, Json::parse(json, 32, JsonNumbers::any));
  if (!document.root().is_object()) return fail(ErrorCode::malformed, "a ballot definition is a JSON object");
  return Reader(document.root(), style).read();
}

}  // namespace scrutineer

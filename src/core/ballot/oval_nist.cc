// NIST SP 1500-20, BallotDefinition version 1, JSON: one election, one ballot format with fiducial marks, one ballot
// style.
#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "core/ballot/oval_definition.h"
#include "core/ballot/oval_numbers.h"
#include "core/codec/json.h"

namespace scrutineer {
namespace {

constexpr int kDigits = 4;  // of lengths: a ten-thousandth of an inch or millimetre

// Middle of a rectangle whose upper left corner is (X, Y).
struct Middle {
  std::int64_t x = 0, y = 0, sheet = 1;
  bool back = false;
};

class Reader {
 public:
  explicit Reader(const JsonValue& root) : root_(root) {}

  Result<OvalDefinition> read() {
    SCRUTINEER_TRY(const JsonValue election, only(root_, "Election"));
    SCRUTINEER_TRY(const JsonValue format, only(root_, "BallotFormat"));
    SCRUTINEER_TRY(const JsonValue style, only(election, "BallotStyle"));
    result_.election = title_of(election, "Name").value_or("");
    if (result_.election.empty()) return fail(ErrorCode::malformed, "a text is expected", "Election.Name");
    SCRUTINEER_CHECKED(read_date(election));
    SCRUTINEER_CHECKED(read_fiducials(format));
    SCRUTINEER_CHECKED(read_contests(election));
    SCRUTINEER_CHECKED(read_style(style, format));
    std::stable_sort(result_.places.begin(), result_.places.end(),
                     [](const OvalPlace& a, const OvalPlace& b) { return a.page < b.page; });
    SCRUTINEER_CHECKED(check_oval_definition(result_));
    return std::move(result_);
  }

 private:
  static Result<JsonValue> array(const JsonValue& object, std::string_view name) {
    const auto value = object.find(name);
    if (!value || !value->is_array()) return fail(ErrorCode::malformed, "a list is expected", std::string(name));
    for (const JsonValue element : *value) {
      if (!element.is_object()) return fail(ErrorCode::malformed, "a list of objects is expected", std::string(name));
    }
    return *value;
  }
  static Result<JsonValue> only(const JsonValue& object, std::string_view name) {
    SCRUTINEER_TRY(const JsonValue list, array(object, name));
    if (list.size() != 1)
      return fail(ErrorCode::unsupported, fmt::format("exactly one is read, not {}", list.size()), std::string(name));
    return *list.begin();
  }
  static Result<std::string> text(const JsonValue& object, std::string_view name) {
    const auto value = object.find(name);
    const auto string = value ? value->as_string() : std::nullopt;
    if (!string || string->empty()) return fail(ErrorCode::malformed, "a text is expected", std::string(name));
    return std::string(*string);
  }
  // A plain text, or the first of an InternationalizedText.
  static std::optional<std::string> title_of(const JsonValue& object, std::string_view name) {
    const auto value = object.find(name);
    if (!value) return std::nullopt;
    if (const auto string = value->as_string()) return std::string(*string);
    const auto list = value->is_object() ? value->find("Text") : std::nullopt;
    if (!list || !list->is_array() || list->size() == 0) return std::nullopt;
    const JsonValue first = *list->begin();
    const auto content = first.is_object() ? first.find("Content") : std::nullopt;
    const auto string = content ? content->as_string() : std::nullopt;
    return string ? std::optional<std::string>(std::string(*string)) : std::nullopt;
  }

  Status read_date(const JsonValue& election) {
    SCRUTINEER_TRY(const std::string date, text(election, "StartDate"));
    if (date.size() < 10 || date[4] != '-' || date[7] != '-')
      return fail(ErrorCode::malformed, "the date is not YYYY-MM-DD", "Election.StartDate");
    const auto number = [&](std::size_t at, std::size_t size) {
      int value = 0;
      for (std::size_t i = at; i < at + size; ++i)
        value = date[i] >= '0' && date[i] <= '9' ? value * 10 + (date[i] - '0') : -100'000;
      return value;
    };
    result_.year = number(0, 4), result_.month = number(5, 2), result_.day = number(8, 2);
    if (result_.year < 1 || result_.month < 1 || result_.month > 12 || result_.day < 1 || result_.day > 31) {
      return fail(ErrorCode::malformed, "the date is not YYYY-MM-DD", "Election.StartDate");
    }
    return {};
  }

  static Result<Middle> middle_of(const JsonValue& object) {
    Middle middle;
    const auto x = decimal_of(object.find("X"), kDigits), y = decimal_of(object.find("Y"), kDigits);
    const auto w = decimal_of(object.find("W"), kDigits), h = decimal_of(object.find("H"), kDigits);
    if (!x || !y || !w || !h || *w < 0 || *h < 0)
      return fail(ErrorCode::malformed, "a rectangle with X, Y, W and H is expected");
    middle.x = *x + *w / 2;
    middle.y = *y + *h / 2;
    SCRUTINEER_TRY(const std::string side, text(object, "Side"));
    if (side != "front" && side != "back") return fail(ErrorCode::malformed, "'front' or 'back' is expected", "Side");
    middle.back = side == "back";
    if (const auto sheet = object.find("Sheet")) {
      const auto number = sheet->as_integer();
      if (!number || *number < 1 || *number > kOvalSheets)
        return fail(ErrorCode::malformed, "a sheet's number is expected", "Sheet");
      middle.sheet = *number;
    }
    return middle;
  }

  // The border of timing marks is the format's list of fiducial marks: its columns and rows are their distinct
  // distances.
  Status read_fiducials(const JsonValue& format) {
    SCRUTINEER_TRY(const JsonValue list, array(format, "FiducialMark"));
    if (list.size() > kOvalPlaces)
      return fail(ErrorCode::limit_exceeded, "more marks than a paper can have", "FiducialMark");
    std::vector<Middle> front;
    for (const JsonValue element : list) {
      SCRUTINEER_TRY(const Middle middle, middle_of(element));
      if (!middle.back && middle.sheet == 1) front.push_back(middle);
    }
    if (front.empty()) return fail(ErrorCode::malformed, "the front has no timing marks", "FiducialMark");
    std::int64_t left = front[0].x, right = left, top = front[0].y, bottom = top;
    for (const Middle& m : front)
      left = std::min(left, m.x), right = std::max(right, m.x), top = std::min(top, m.y),
      bottom = std::max(bottom, m.y);
    step_x_ = (right - left) / (kOvalColumns - 1);
    if (step_x_ <= 0) return fail(ErrorCode::unsupported, "the timing marks have no breadth", "FiducialMark");
    std::int64_t along_left = 0, along_top = 0;
    for (const Middle& m : front) {
      along_left += m.x - left < step_x_ / 4 ? 1 : 0;
      along_top += m.y - top < step_x_ / 4 ? 1 : 0;
    }
    if (along_top != kOvalColumns)
      return fail(ErrorCode::unsupported,
                  fmt::format("{} timing marks along the top are read, not {}", kOvalColumns, along_top),
                  "FiducialMark");
    if (along_left < 2) return fail(ErrorCode::unsupported, "there are no timing marks along the side", "FiducialMark");
    result_.rows = static_cast<int>(along_left);
    step_y_ = (bottom - top) / (along_left - 1);
    if (step_y_ * 100 < step_x_ * 80 || step_y_ * 100 > step_x_ * 120)
      return fail(ErrorCode::unsupported, "the grid of timing marks is not square", "FiducialMark");
    for (const Middle& m : front) {
      const std::int64_t off_x = (m.x - left) % step_x_, off_y = (m.y - top) % step_y_;
      if (std::min(off_x, step_x_ - off_x) * 5 > step_x_ || std::min(off_y, step_y_ - off_y) * 5 > step_y_) {
        return fail(ErrorCode::malformed, "a timing mark is beside the grid of the others", "FiducialMark");
      }
    }
    left_ = left;
    top_ = top;
    return {};
  }

  Status read_contests(const JsonValue& election) {
    SCRUTINEER_TRY(const JsonValue list, array(election, "Contest"));
    std::map<std::string, std::string> candidates;
    if (const auto people = election.find("Candidate"); people && people->is_array()) {
      for (const JsonValue person : *people) {
        const auto id = person.is_object() ? person.find("@id") : std::nullopt;
        const auto string = id ? id->as_string() : std::nullopt;
        if (string) candidates[std::string(*string)] = title_of(person, "BallotName").value_or(std::string(*string));
      }
    }
    for (const JsonValue element : list) {
      OvalContest contest;
      SCRUTINEER_TRY(contest.id, text(element, "@id"));
      SCRUTINEER_TRY(contest.title, text(element, "Name"));
      if (const auto seats = element.find("VotesAllowed")) contest.seats = seats->as_integer().value_or(0);
      SCRUTINEER_TRY(const JsonValue options, array(element, "ContestOption"));
      for (const JsonValue option : options) {
        OvalOption out;
        SCRUTINEER_TRY(out.id, text(option, "@id"));
        const auto write_in = option.find("IsWriteIn");
        out.write_in = write_in && write_in->as_boolean().value_or(false);
        out.name = title_of(option, "Selection").value_or(out.id);
        const auto ids = option.find("CandidateIds");
        if (ids && ids->is_array() && ids->size() > 0) {
          const auto first = (*ids->begin()).as_string();
          if (first && candidates.contains(std::string(*first))) out.name = candidates[std::string(*first)];
        }
        contest.options.push_back(std::move(out));
      }
      if (!index_.emplace(contest.id, result_.contests.size()).second)
        return fail(ErrorCode::malformed, "the id is there twice", contest.id);
      result_.contests.push_back(std::move(contest));
    }
    return {};
  }

  Status read_style(const JsonValue& style, const JsonValue& format) {
    SCRUTINEER_TRY(const std::string format_id, text(format, "@id"));
    SCRUTINEER_TRY(const JsonValue content, array(style, "OrderedContent"));
    for (const JsonValue ordered : content) {
      if (!ordered.find("ContestId")) continue;  // a heading
      SCRUTINEER_TRY(const std::string id, text(ordered, "ContestId"));
      const auto found = index_.find(id);
      if (found == index_.end()) return fail(ErrorCode::malformed, "there is no such contest", id);
      SCRUTINEER_TRY(const JsonValue physical, only(ordered, "Physical"));
      SCRUTINEER_TRY(const std::string on, text(physical, "BallotFormatId"));
      if (on != format_id) return fail(ErrorCode::malformed, "there is no such ballot format", on);
      SCRUTINEER_TRY(const JsonValue options, array(physical, "PhysicalContestOption"));
      for (const JsonValue option : options) {
        if (auto read = read_option(option, static_cast<std::uint16_t>(found->second)); !read)
          return tl::unexpected(placed(read.error(), id));
      }
    }
    return {};
  }

  Status read_option(const JsonValue& element, std::uint16_t contest) {
    SCRUTINEER_TRY(const std::string id, text(element, "ContestOptionId"));
    const std::vector<OvalOption>& options = result_.contests[contest].options;
    const auto option = std::find_if(options.begin(), options.end(), [&](const OvalOption& o) { return o.id == id; });
    if (option == options.end()) return fail(ErrorCode::malformed, "there is no such option", id);
    SCRUTINEER_TRY(const JsonValue positions, array(element, "OptionPosition"));
    for (const JsonValue position : positions) {
      SCRUTINEER_TRY(const Middle middle, middle_of(position));
      OvalPlace place;
      place.contest = contest;
      place.option = static_cast<std::uint16_t>(option - options.begin());
      place.page = static_cast<std::uint16_t>(2 * (middle.sheet - 1) + (middle.back ? 1 : 0));
      place.column = grid((middle.x - left_) * 100, step_x_);
      place.row = grid((middle.y - top_) * 100, step_y_);
      if (const auto writing = element.find("WriteInPosition"); writing && writing->is_array() && writing->size() > 0) {
        SCRUTINEER_TRY(place.writing, area_of(*writing->begin()));
      }
      result_.places.push_back(place);
    }
    return {};
  }

  static GridUnits grid(std::int64_t distance, std::int64_t step) {
    return static_cast<GridUnits>(
        std::clamp<std::int64_t>((distance + (distance < 0 ? -step : step) / 2) / step, -100'000, 100'000));
  }

  Result<GridArea> area_of(const JsonValue& object) {
    if (!object.is_object()) return fail(ErrorCode::malformed, "an area is expected", "WriteInPosition");
    const auto x = decimal_of(object.find("X"), kDigits), y = decimal_of(object.find("Y"), kDigits);
    const auto w = decimal_of(object.find("W"), kDigits), h = decimal_of(object.find("H"), kDigits);
    if (!x || !y || !w || !h) return fail(ErrorCode::malformed, "an area is expected", "WriteInPosition");
    return GridArea{grid((*x - left_) * 100, step_x_), grid((*y - top_) * 100, step_y_), grid(*w * 100, step_x_),
                    grid(*h * 100, step_y_)};
  }

  JsonValue root_;
  OvalDefinition result_;
  std::map<std::string, std::size_t> index_;
  std::int64_t left_ = 0, top_ = 0, step_x_ = 1, step_y_ = 1;
};

}  // namespace

Result<OvalDefinition> read_nist_definition(std::string_view json) {
  if (json.size() > kOvalDefinitionBytes)
    return fail(ErrorCode::limit_exceeded, "the ballot definition is larger than 16 MiB");
  SCRUTINEER_TRY(const Json document, Json::parse(json, 32, JsonNumbers::any));
  if (!document.root().is_object()) return fail(ErrorCode::malformed, "a ballot definition is a JSON object");
  return Reader(document.root()).read();
}

}  // namespace scrutineer

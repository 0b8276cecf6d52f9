#include "core/scan/reading_json.h"

#include <algorithm>
#include <span>

namespace scrutineer {
namespace {

constexpr std::int64_t kIndexMax = 65'535;

template <class T>
bool ascending(std::span<const T> values) {
  return std::adjacent_find(values.begin(), values.end(), [](T a, T b) { return a >= b; }) == values.end();
}

template <class T>
bool ascending(const std::vector<T>& values) {
  return ascending(std::span<const T>(values));
}

void write_view(JsonWriter& out, std::string_view name, const ReaderView& view) {
  out.name(name).begin_array().string(mark_class_name(view.mark)).integer(view.score).end_array();
}

void write_place(JsonWriter& out, const PlaceReading& place) {
  out.begin_object().member("place", std::int64_t{place.place});
  write_view(out, "density", place.density);
  write_view(out, "shape", place.shape);
  out.member("mark", mark_class_name(place.mark)).end_object();
}

void write_contest(JsonWriter& out, const ContestReading& contest) {
  out.begin_object().member("contest", std::int64_t{contest.contest});
  out.member("decision", decision_name(contest.decision)).name("options").begin_array();
  for (std::uint16_t option : contest.options) out.integer(option);
  out.end_array().name("reasons").begin_array();
  for (MarkClass reason : contest.reasons) out.string(mark_class_name(reason));
  out.end_array().member("confidence", std::int64_t{contest.confidence}).end_object();
}

// A member whose text is one of a closed set of names.
template <class Code, class Of>
Code read_code(const ObjectReader& in, std::string_view name, Of of) {
  const std::string text = in.non_empty(name);
  if (auto code = of(text)) return *code;
  if (!text.empty()) in.problem(name, "'" + text + "' is none of the names of reading.h");
  return Code{};
}

std::uint16_t read_small(const ObjectReader& in, std::string_view name, std::int64_t high) {
  return static_cast<std::uint16_t>(in.integer(name, 0, high));
}

ReaderView read_view(const ObjectReader& in, std::string_view name) {
  ReaderView view;
  auto pair = in.find(name);
  if (!pair || !pair->is_array() || pair->size() != 2) {
    in.problem(name, "expected a name of a mark and a score");
    return view;
  }
  auto item = pair->begin();
  const auto mark = (*item).as_string();
  const auto code = mark ? mark_class_of(*mark) : std::nullopt;
  ++item;
  const auto score = (*item).as_integer();
  if (!code || !score || *score < 0 || *score > kPerMille) {
    in.problem(name, "expected a name of a mark and a score from 0 to 1000");
    return view;
  }
  return {*code, static_cast<std::uint16_t>(*score)};
}

std::vector<std::uint16_t> read_indices(const ObjectReader& in, std::string_view name) {
  std::vector<std::uint16_t> indices;
  auto list = in.find(name);
  if (!list || !list->is_array()) {
    in.problem(name, "expected a list of places in a list");
    return indices;
  }
  for (JsonValue item : *list) {
    auto value = item.as_integer();
    if (!value || *value < 0 || *value > kIndexMax) {
      in.problem(name, "expected integers from 0 to 65535");
      return indices;
    }
    indices.push_back(static_cast<std::uint16_t>(*value));
  }
  return indices;
}

ContestReading read_contest_reading(const ObjectReader& in) {
  ContestReading contest;
  contest.contest = read_small(in, "contest", kIndexMax);
  contest.decision = read_code<Decision>(in, "decision", decision_of);
  contest.options = read_indices(in, "options");
  for (const std::string& name : in.strings("reasons")) {
    if (auto reason = mark_class_of(name))
      contest.reasons.push_back(*reason);
    else
      in.problem("reasons", "'" + name + "' is none of the names of reading.h");
  }
  contest.confidence = read_small(in, "confidence", kPerMille);
  return contest;
}

std::string contest_contradiction(const ContestReading& contest, bool rejected) {
  if (!contest.options.empty() && contest.decision != Decision::counted)
    return "options are named for a contest that was not counted";
  if (!ascending(contest.options)) return "options are not ascending, or one stands twice";
  if (!ascending(contest.reasons)) return "reasons are not in the order of reading.h, or one stands twice";
  if (rejected && contest.decision != Decision::rejected)
    return "a sheet that was not read has a contest that was decided";
  if (!rejected && contest.decision == Decision::rejected) return "a contest is rejected on a sheet that was read";
  if (contest.confidence > kPerMille) return "a confidence is above 1000";
  return {};
}

}  // namespace

std::string reading_contradiction(const SheetReading& reading) {
  if (reading.detail.size() > kReadingDetail) return "the detail is longer than 1000 bytes";
  if (!is_utf8(reading.detail)) return "the detail is not UTF-8";
  if (reading.places.size() > kReadingPlaces || reading.contests.size() > kReadingContests)
    return "more places or contests than a sheet can have";
  for (std::size_t i = 1; i < reading.places.size(); ++i)
    if (reading.places[i - 1].place >= reading.places[i].place) return "places are not ascending, or one stands twice";
  for (std::size_t i = 1; i < reading.contests.size(); ++i)
    if (reading.contests[i - 1].contest >= reading.contests[i].contest)
      return "contests are not ascending, or one stands twice";
  for (const PlaceReading& place : reading.places)
    if (place.density.score > kPerMille || place.shape.score > kPerMille) return "a score is above 1000";
  for (const ContestReading& contest : reading.contests)
    if (auto wrong = contest_contradiction(contest, reading.defect != SheetDefect::none); !wrong.empty()) return wrong;
  return {};
}

void write_reading(JsonWriter& out, const SheetReading& reading) {
  out.begin_object().member("defect", sheet_defect_name(reading.defect)).member("detail", reading.detail);
  out.member("style", std::int64_t{reading.style}).member("side", std::int64_t{reading.side});
  out.name("upside_down").boolean(reading.upside_down).name("places").begin_array();
  for (const PlaceReading& place : reading.places) write_place(out, place);
  out.end_array().name("contests").begin_array();
  for (const ContestReading& contest : reading.contests) write_contest(out, contest);
  out.end_array().end_object();
}

std::string reading_json(const SheetReading& reading) {
  JsonWriter out;
  write_reading(out, reading);
  return out.take();
}

SheetReading read_reading(const ObjectReader& in) {
  SheetReading reading;
  reading.defect = read_code<SheetDefect>(in, "defect", sheet_defect_of);
  reading.detail = in.string("detail");
  reading.style = read_small(in, "style", kIndexMax);
  reading.side = read_small(in, "side", kIndexMax);
  reading.upside_down = in.boolean("upside_down");
  in.objects("places", [&](const ObjectReader& place, std::size_t index) {
    if (index >= kReadingPlaces) return;
    reading.places.push_back({read_small(place, "place", kIndexMax), read_view(place, "density"),
                              read_view(place, "shape"), read_code<MarkClass>(place, "mark", mark_class_of)});
  });
  in.objects("contests", [&](const ObjectReader& contest, std::size_t index) {
    if (index < kReadingContests) reading.contests.push_back(read_contest_reading(contest));
  });
  if (auto wrong = reading_contradiction(reading); !wrong.empty()) in.problem({}, wrong);
  return reading;
}

Result<SheetReading> parse_reading(std::string_view json) {
  SCRUTINEER_TRY(Json document, Json::parse(json));
  Problems problems;
  SheetReading reading = read_reading(ObjectReader(document.root(), problems));
  if (!problems.empty()) return tl::unexpected(problems.first());
  if (reading_json(reading) != json)
    return fail(ErrorCode::malformed, "this reading is not canonical: other members, another order, or spaces");
  return reading;
}

}  // namespace scrutineer

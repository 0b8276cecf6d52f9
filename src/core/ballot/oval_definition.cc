#include "core/ballot/oval_definition.h"

#include <algorithm>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "core/codec/json.h"

namespace scrutineer {

int OvalDefinition::pages() const {
  int pages = 0;
  for (const OvalPlace& place : places) pages = std::max(pages, place.page + 1);
  return pages;
}

namespace {

Status check_contests(const OvalDefinition& definition) {
  if (definition.contests.empty()) return fail(ErrorCode::malformed, "there is no contest");
  if (definition.contests.size() > kOvalContests)
    return fail(ErrorCode::limit_exceeded, "more contests than a paper can have");
  std::set<std::string_view> ids;
  for (const OvalContest& contest : definition.contests) {
    if (contest.id.empty() || !ids.insert(contest.id).second) {
      return fail(ErrorCode::malformed, "a contest has no id of its own", contest.id);
    }
    if (contest.options.size() > kOvalOptions) return fail(ErrorCode::limit_exceeded, "too many options", contest.id);
    if (contest.seats < 1 || contest.seats > 10'000)
      return fail(ErrorCode::malformed, "seats are 1 to 10,000", contest.id);
    std::set<std::string_view> options;
    for (const OvalOption& option : contest.options) {
      if (option.id.empty() || !options.insert(option.id).second) {
        return fail(ErrorCode::malformed, fmt::format("option '{}' has no id of its own", option.id), contest.id);
      }
    }
  }
  return {};
}

Status check_places(const OvalDefinition& definition) {
  if (definition.places.empty()) return fail(ErrorCode::malformed, "there is no place for a mark");
  if (definition.places.size() > kOvalPlaces)
    return fail(ErrorCode::limit_exceeded, "more places than a paper can have");
  std::vector<std::vector<bool>> placed;
  for (const OvalContest& contest : definition.contests) placed.emplace_back(contest.options.size());
  const OvalPlace* previous = nullptr;
  for (const OvalPlace& place : definition.places) {
    const auto at = fmt::format("page {} column {} row {}", place.page, place.column, place.row);
    if (place.contest >= definition.contests.size() || place.option >= placed[place.contest].size()) {
      return fail(ErrorCode::malformed, "a place names no option", at);
    }
    placed[place.contest][place.option] = true;
    if (place.page >= 2 * kOvalSheets) return fail(ErrorCode::limit_exceeded, "too many sheets", at);
    // Beside the border: a place on the timing marks would be read from them.
    if (place.column < 100 || place.column > (kOvalColumns - 2) * 100 || place.row < 100 ||
        place.row > (definition.rows - 2) * 100) {
      return fail(ErrorCode::malformed, "a place lies on or beside the border of timing marks", at);
    }
    if (previous != nullptr && previous->page > place.page)
      return fail(ErrorCode::malformed, "places are not in order of pages", at);
    previous = &place;
  }
  for (std::size_t i = 0; i < placed.size(); ++i) {
    for (std::size_t j = 0; j < placed[i].size(); ++j) {
      if (!placed[i][j]) {
        return fail(ErrorCode::malformed,
                    fmt::format("option '{}' stands nowhere", definition.contests[i].options[j].id),
                    definition.contests[i].id);
      }
    }
  }
  return {};
}

// Ovals are about 0.75 by 0.5 of the grid; nearer ones could be taken for each other.
Status check_distances(const OvalDefinition& definition) {
  for (std::size_t i = 0; i < definition.places.size(); ++i) {
    for (std::size_t j = i + 1; j < definition.places.size(); ++j) {
      const OvalPlace& a = definition.places[i];
      const OvalPlace& b = definition.places[j];
      if (a.page != b.page) break;
      if (std::abs(a.column - b.column) < 100 && std::abs(a.row - b.row) < 80) {
        return fail(ErrorCode::malformed, "two places overlap",
                    fmt::format("page {} column {} row {}", a.page, a.column, a.row));
      }
    }
  }
  return {};
}

}  // namespace

Status check_oval_definition(const OvalDefinition& definition) {
  if (definition.rows < 20 || definition.rows > kOvalRowsMost) {
    return fail(ErrorCode::unsupported,
                fmt::format("no known paper has {} timing marks along its side", definition.rows));
  }
  SCRUTINEER_CHECKED(check_contests(definition));
  SCRUTINEER_CHECKED(check_places(definition));
  return check_distances(definition);
}

Result<OvalDefinition> read_oval_definition(std::string_view json) {
  if (json.size() > kOvalDefinitionBytes)
    return fail(ErrorCode::limit_exceeded, "the ballot definition is larger than 16 MiB");
  SCRUTINEER_TRY(const Json document, Json::parse(json, 32, JsonNumbers::any));
  if (!document.root().is_object()) return fail(ErrorCode::malformed, "a ballot definition is a JSON object");
  const auto type = document.root().find("@type");
  if (type && type->as_string() == "BallotDefinition.BallotDefinition") return read_nist_definition(json);
  return read_vxsuite_definition(json);
}

}  // namespace scrutineer

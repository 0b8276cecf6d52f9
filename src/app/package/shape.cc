#include "app/package/shape.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace scrutineer {
namespace {

// "[]" stands for every element of a list, "*" for every member. An object that is not named here holds names that the
// author chose (roles, options, types of record, parameters): whoever reads it checks them.
struct Shape {
  std::string_view path;
  std::string_view members;  // separated by spaces
};
constexpr std::array kShapes = {
    Shape{"", "format title simulated date time_zone polls_close contests signing grantors rules source"},
    Shape{".title", "ko en"},
    Shape{".contests[]", "id title votes_per_ballot seats"},
    Shape{".contests[].title", "ko en"},
    Shape{".contests[].seats", "method seats parameters candidates parties independents"},
    Shape{".contests[].seats.parties[]", "list seats_won"},
    Shape{".signing.*[]", "label needs"},
    Shape{".signing.*[].needs[]", "role count"},
    Shape{".rules[]", "code kinds contests share at_least"},
};

const Shape* shape_of(std::string_view path) {
  auto found = std::find_if(kShapes.begin(), kShapes.end(), [&](const Shape& shape) { return shape.path == path; });
  return found == kShapes.end() ? nullptr : &*found;
}

bool names(std::string_view members, std::string_view name) {
  for (std::size_t at = 0; at < members.size();) {
    std::size_t end = std::min(members.find(' ', at), members.size());
    if (members.substr(at, end - at) == name) return true;
    at = end + 1;
  }
  return false;
}

void walk(const ObjectReader& object, const std::string& path) {
  const Shape* shape = shape_of(path);
  for (JsonValue member : object.value()) {
    if (shape && !names(shape->members, member.name())) {
      object.problem(member.name(),
                     fmt::format("no member is called \"{}\" here; there are: {}", member.name(), shape->members));
      continue;
    }
    std::string below = path + '.' + (path == ".signing" ? std::string("*") : std::string(member.name()));
    if (member.is_object()) walk(ObjectReader(member, object, member.name()), below);
    if (!member.is_array()) continue;
    std::size_t index = 0;
    for (JsonValue element : member) {
      if (element.is_object()) walk(ObjectReader(element, object, member.name(), index), below + "[]");
      ++index;
    }
  }
}

}  // namespace

void refuse_unknown_members(const ObjectReader& election_json) {
  if (election_json.value().is_object()) walk(election_json, "");
}

}  // namespace scrutineer

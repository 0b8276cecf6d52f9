// One strong type per noun: a UnitId is never an OptionId, a record id never an entry id.
#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <string>
#include <utility>

namespace scrutineer {

template <class Tag, class Value>
class Strong {
 public:
  using value_type = Value;
  Strong() = default;
  explicit Strong(Value value) : value_(std::move(value)) {}
  const Value& value() const { return value_; }
  friend auto operator<=>(const Strong&, const Strong&) = default;

 private:
  Value value_{};
};

using UnitId = Strong<struct UnitIdTag, std::string>;  // a smallest unit, as the unit table names it
using ContestId = Strong<struct ContestIdTag, std::string>;
using OptionId = Strong<struct OptionIdTag, std::string>;  // a candidate or list, unique inside its contest
using Role = Strong<struct RoleTag, std::string>;          // "chair", "member", "publisher", ...

}  // namespace scrutineer

template <class Tag, class Value>
struct std::hash<scrutineer::Strong<Tag, Value>> {
  std::size_t operator()(const scrutineer::Strong<Tag, Value>& strong) const {
    return std::hash<Value>{}(strong.value());
  }
};

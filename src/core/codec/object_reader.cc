#include "core/codec/object_reader.h"

#include <algorithm>

namespace scrutineer {
namespace {

std::string range_text(std::int64_t low, std::int64_t high) {
  return "expected an integer from " + std::to_string(low) + " to " + std::to_string(high);
}

}  // namespace

std::string ObjectReader::path(std::string_view member) const {
  std::string out = parent_ ? parent_->path(name_) : std::string();
  if (element_) out += "[" + std::to_string(*element_) + "]";
  if (member.empty()) return out;
  if (!out.empty()) out += '.';
  return out.append(member);
}

void ObjectReader::problem(std::string_view member, std::string message) const {
  std::string where = path(member);
  if (locate_) {
    auto value = member.empty() ? std::optional(object_) : object_.find(member);
    where = (*locate_)(value ? value : std::optional(object_), where);
  }
  problems_.add(std::move(where), std::move(message));
}

void ObjectReader::expect_object() const {
  if (!object_.is_object()) problem({}, "expected an object");
}

std::optional<JsonValue> ObjectReader::required(std::string_view name) const {
  auto value = object_.find(name);
  if (!value && object_.is_object()) problem(name, "this member is required and missing");
  return value;
}

std::optional<std::string> ObjectReader::optional_string(std::string_view name) const {
  auto value = object_.find(name);
  if (!value) return std::nullopt;
  auto text = value->as_string();
  if (!text) {
    problem(name, "expected a string");
    return std::nullopt;
  }
  return std::string(*text);
}

std::string ObjectReader::string(std::string_view name) const {
  if (!required(name)) return {};
  return optional_string(name).value_or(std::string());
}

std::string ObjectReader::non_empty(std::string_view name) const {
  std::string text = string(name);
  auto value = object_.find(name);
  if (value && value->as_string() && text.empty()) problem(name, "expected a text that is not empty");
  return text;
}

std::optional<std::int64_t> ObjectReader::optional_integer(std::string_view name, std::int64_t low,
                                                           std::int64_t high) const {
  auto value = object_.find(name);
  if (!value) return std::nullopt;
  auto number = value->as_integer();
  if (!number || *number < low || *number > high) {
    problem(name, range_text(low, high));
    return std::nullopt;
  }
  return number;
}

std::int64_t ObjectReader::integer(std::string_view name, std::int64_t low, std::int64_t high) const {
  if (!required(name)) return low;
  return optional_integer(name, low, high).value_or(low);
}

std::optional<bool> ObjectReader::optional_boolean(std::string_view name) const {
  auto value = object_.find(name);
  if (!value) return std::nullopt;
  auto flag = value->as_boolean();
  if (!flag) problem(name, "expected true or false");
  return flag;
}

bool ObjectReader::boolean(std::string_view name) const {
  if (!required(name)) return false;
  return optional_boolean(name).value_or(false);
}

std::optional<Hash256> ObjectReader::optional_hash(std::string_view name) const {
  auto value = object_.find(name);
  if (!value) return std::nullopt;
  auto text = value->as_string();
  auto hash = text ? hash_from_hex(*text) : std::nullopt;
  if (!hash) problem(name, "expected 64 lower-case hex digits");
  return hash;
}

Hash256 ObjectReader::hash(std::string_view name) const {
  if (!required(name)) return {};
  return optional_hash(name).value_or(Hash256{});
}

std::size_t ObjectReader::choice(std::string_view name, std::span<const std::string_view> allowed) const {
  if (!required(name)) return 0;
  auto text = object_.find(name)->as_string();
  for (std::size_t i = 0; i < allowed.size(); ++i)
    if (text == allowed[i]) return i;
  std::string list;
  for (std::string_view word : allowed) list += (list.empty() ? "" : ", ") + std::string(word);
  problem(name, "expected one of: " + list);
  return 0;
}

std::vector<std::string> ObjectReader::strings(std::string_view name) const {
  std::vector<std::string> out;
  auto list = required(name);
  if (!list) return out;
  bool good = list->is_array();
  for (JsonValue element : *list) {
    auto text = element.as_string();
    good &= text.has_value();
    if (good) out.emplace_back(*text);
  }
  std::vector<std::string_view> sorted(out.begin(), out.end());
  std::sort(sorted.begin(), sorted.end());
  if (good && std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end()) return out;
  problem(name, "expected a list of strings, none twice");
  return {};
}

void ObjectReader::objects(std::string_view name, const std::function<void(const ObjectReader&, std::size_t)>& each,
                           bool is_required) const {
  auto list = is_required ? required(name) : object_.find(name);
  if (!list) return;
  if (!list->is_array()) return problem(name, "expected a list");
  std::size_t index = 0;
  for (JsonValue element : *list) {
    ObjectReader reader(element, *this, name, index);
    if (element.is_object()) each(reader, index);
    ++index;
  }
}

void ObjectReader::object(std::string_view name, const std::function<void(const ObjectReader&)>& each,
                          bool is_required) const {
  auto member = is_required ? required(name) : object_.find(name);
  if (!member) return;
  ObjectReader reader(*member, *this, name);
  if (member->is_object()) each(reader);
}

}  // namespace scrutineer

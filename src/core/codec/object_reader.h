// Reads the members of a JSON object exactly: the right kind, in range, present where required. Everything that is
// wrong goes into one Problems; getters then return an empty value, which the caller never uses because it checks
// Problems.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/problems.h"
#include "core/codec/json.h"

namespace scrutineer {

class ObjectReader {
 public:
  // Turns a value into the `where` of a problem. The default spells the member path: "contests[2].title".
  using Locate = std::function<std::string(const std::optional<JsonValue>& value, const std::string& path)>;

  ObjectReader(JsonValue object, Problems& problems, const Locate* locate = nullptr)
      : object_(object), problems_(problems), locate_(locate) {
    expect_object();
  }
  // A member of `parent` that is itself an object; parent must outlive it.
  ObjectReader(JsonValue object, const ObjectReader& parent, std::string_view name,
               std::optional<std::size_t> index = {})
      : object_(object),
        problems_(parent.problems_),
        locate_(parent.locate_),
        parent_(&parent),
        name_(name),
        element_(index) {
    expect_object();
  }

  bool has(std::string_view name) const { return object_.find(name).has_value(); }
  std::optional<JsonValue> find(std::string_view name) const { return object_.find(name); }
  JsonValue value() const { return object_; }

  std::string string(std::string_view name) const;  // required, may be empty
  std::string non_empty(std::string_view name) const;
  std::optional<std::string> optional_string(std::string_view name) const;
  std::int64_t integer(std::string_view name, std::int64_t low, std::int64_t high) const;
  std::optional<std::int64_t> optional_integer(std::string_view name, std::int64_t low, std::int64_t high) const;
  bool boolean(std::string_view name) const;
  std::optional<bool> optional_boolean(std::string_view name) const;
  Hash256 hash(std::string_view name) const;  // 64 hex digits
  std::optional<Hash256> optional_hash(std::string_view name) const;
  // One of `allowed`; its index.
  std::size_t choice(std::string_view name, std::span<const std::string_view> allowed) const;

  // Required array of strings, none twice.
  std::vector<std::string> strings(std::string_view name) const;
  // Calls `each` for the elements of a required (or optional) array of objects.
  void objects(std::string_view name, const std::function<void(const ObjectReader&, std::size_t)>& each,
               bool required = true) const;
  // Calls `each` with the object `name`, if it is there (a problem if it is required and missing).
  void object(std::string_view name, const std::function<void(const ObjectReader&)>& each, bool required = true) const;

  // "contests[2].title"
  std::string path(std::string_view member = {}) const;
  void problem(std::string_view member, std::string message) const;
  Problems& problems() const { return problems_; }

 private:
  void expect_object() const;
  std::optional<JsonValue> required(std::string_view name) const;

  JsonValue object_;
  Problems& problems_;
  const Locate* locate_ = nullptr;
  const ObjectReader* parent_ = nullptr;
  std::string_view name_;
  std::optional<std::size_t> element_;
};

}  // namespace scrutineer

#include "core/base/result.h"

#include <doctest/doctest.h>

#include <memory>
#include <set>

using namespace scrutineer;

namespace {

Result<int> half(int n) {
  if (n % 2 != 0) return fail(ErrorCode::invalid_argument, "odd", "n");
  return n / 2;
}
Result<std::unique_ptr<int>> boxed_quarter(int n) {
  SCRUTINEER_TRY(int once, half(n));
  SCRUTINEER_TRY(int twice, half(once));
  return std::make_unique<int>(twice);
}
Status divisible_by_four(int n) {
  SCRUTINEER_TRY(std::unique_ptr<int> quarter, boxed_quarter(n));
  SCRUTINEER_CHECKED(half(*quarter * 2));
  return {};
}

}  // namespace

TEST_CASE("result: a value goes through, an error comes back") {
  CHECK(**boxed_quarter(12) == 3);
  CHECK(boxed_quarter(6).error().message == "odd");
  CHECK(divisible_by_four(8).has_value());
  CHECK(divisible_by_four(7).error().code == ErrorCode::invalid_argument);
}

TEST_CASE("error: what people read") {
  CHECK(to_string(Error{ErrorCode::malformed, "no header", ""}) == "no header");
  CHECK(to_string(Error{ErrorCode::malformed, "no header", "units.csv:1:1"}) == "units.csv:1:1: no header");
  CHECK(placed(Error{ErrorCode::malformed, "no header", ""}, "units.csv").where == "units.csv");
  CHECK(to_string(placed(Error{ErrorCode::malformed, "no header", "1:1"}, "units.csv")) == "units.csv: 1:1: no header");
}

TEST_CASE("error codes: every one has a name of its own") {
  std::set<std::string_view> names;
  for (auto code = ErrorCode::invalid_argument; code <= ErrorCode::stale;
       code = static_cast<ErrorCode>(static_cast<int>(code) + 1))
    names.insert(error_code_name(code));
  CHECK(names.size() == static_cast<std::size_t>(ErrorCode::stale) + 1);
  CHECK(names.count("limit_exceeded") == 1);
}

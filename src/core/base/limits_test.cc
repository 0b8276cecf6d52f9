#include "core/base/limits.h"

#include <doctest/doctest.h>

#include "core/base/problems.h"

using namespace scrutineer;

// Formats and other people's programs depend on these: changing one is changing a format.
TEST_CASE("limits: what the formats fix") {
  CHECK(limits::kEntryBytes == 65'535);                 // be16 length of an entry in a bundle
  CHECK(limits::kNoteSignatures == 16);                 // C2SP signed-note: at least 16 must be accepted
  CHECK(limits::kJsonDepth == 8);                       // record.md
  CHECK(limits::kMaxInteger == 9'007'199'254'740'991);  // RFC 8259: exact in every implementation
}

// Sums that rules of law need stay exact: votes of a whole election, times seats, in 64 bits.
TEST_CASE("limits: no sum of what is allowed leaves the exact range") {
  auto units = static_cast<std::int64_t>(limits::kUnits);
  CHECK(units * limits::kVotesPerSheet <= limits::kMaxInteger);
  CHECK(limits::kMaxInteger / limits::kSeats > 900'000'000'000);  // votes x seats fits in 128 bits many times over
  CHECK(limits::kCsvFieldBytes < limits::kCsvLineBytes);
  CHECK(limits::kCsvLineBytes < limits::kCsvFileBytes);
}

TEST_CASE("problems: the first hundred are listed, all are counted") {
  Problems problems;
  CHECK(problems.empty());
  for (std::size_t i = 0; i < limits::kErrorsListed + 7; ++i) problems.add("t:" + std::to_string(i), "wrong");
  CHECK(problems.listed().size() == limits::kErrorsListed);
  CHECK(problems.count() == limits::kErrorsListed + 7);
  CHECK(to_string(problems.first()) == "t:0: wrong");
  CHECK(problems.first(ErrorCode::limit_exceeded).code == ErrorCode::limit_exceeded);
}

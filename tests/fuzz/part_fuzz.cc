// A part of a verification that parses is written and read as the same, and its report can be printed.
#include "core/verify/conclude.h"
#include "tests/fuzz/fuzz.h"

using namespace scrutineer;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto part = read_part(fuzz_text(data, size));
  if (!part) return 0;
  std::string once = write_part(part->header, part->part);
  auto again = read_part(once);
  check(again.has_value(), "what is written reads back");
  check(again->header == part->header, "the header changed");
  check(write_part(again->header, again->part) == once, "writing a part is not stable");
  Part both;
  both.absorb(std::move(part->part));
  both.absorb(std::move(again->part));
  both.report.sort_findings();
  check(Json::parse(both.report.to_json()).has_value(), "a report is JSON");
  for (char c : both.report.to_text(100))
    check(c == '\n' || static_cast<unsigned char>(c) >= 0x20, "a control character reaches the terminal");
  return 0;
}

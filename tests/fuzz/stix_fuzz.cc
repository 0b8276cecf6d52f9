// What is read as STIX holds every object byte for byte inside of it and can be summed up; each object is read alone
// with the same result. Refusals say why.
#include "core/stix/attack_report.h"
#include "core/stix/stix_pattern.h"
#include "tests/fuzz/fuzz.h"

using namespace scrutineer;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text = fuzz_text(data, size);
  for (const ReportIndicator& one : values_of_pattern(text).indicators)
    check(is_indicator(one.kind, one.value), "a pattern gave a value that is none");
  std::vector<StixRefused> refused;
  auto each = read_stix_each(text, {}, refused);
  auto whole = read_stix(text);
  if (!each) return check(!whole && !each.error().message.empty(), "a refusal says why"), 0;
  check(whole.has_value() == refused.empty(), "strict and lenient reading disagree");
  for (const StixRefused& one : refused) check(!one.problems.empty(), "refused for nothing");
  for (const StixObject& object : each->objects) {
    check(text.find(object.text) != text.npos, "an object is not in its source");
    auto alone = read_stix(object.text);
    check(alone && alone->objects.size() == 1 && alone->objects[0].id == object.id,
          "an object reads differently alone");
  }
  const StixSummary summary = summary_of(*each);
  check(summary.objects == each->objects.size(), "objects were lost");
  return 0;
}

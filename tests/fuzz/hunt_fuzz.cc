// A list of indicators and, behind an empty line, a text: the matcher finds what the slow rules find, in one piece or
// in many; whatever was read as an indicator reads as itself again, and is found in a line of its own.
#include <string>
#include <vector>

#include "core/hunt/normalise.h"
#include "core/hunt/reference_for_test.h"
#include "core/hunt/report.h"
#include "core/hunt/source.h"
#include "core/hunt/stream.h"
#include "tests/fuzz/fuzz.h"

using namespace scrutineer;
using namespace scrutineer::hunt;

namespace {

constexpr std::size_t kIndicators = 64, kText = 4'000;  // the slow rules are slow

using Finds = std::vector<std::pair<std::uint32_t, Place>>;

Finds search(const Matcher& matcher, std::string_view text, std::size_t step) {
  Finds out;
  StreamSearch stream(matcher, [&](std::uint32_t i, Place place, std::string_view line, std::size_t at) {
    check(at < line.size(), "a find is in its line");
    out.emplace_back(i, place);
  });
  for (std::size_t i = 0; i < text.size(); i += step) stream.feed(text.substr(i, step));
  stream.finish();
  return out;
}

void check_indicators(const IndicatorSet& set, const Matcher& matcher) {
  Matcher::Scratch scratch;
  for (std::uint32_t n = 0; n < set.size(); ++n) {
    // Not in one spelling only: "[[.]]", "%25".
    if (set[n].kind != IndicatorKind::string && normalised(set[n].value) != set[n].value) continue;
    auto again = make_indicator(set[n].kind, set[n].value);
    check(again.has_value() && *again == set[n], "a canonical value is canonical");
    if (set[n].value.find('/') != std::string::npos && set[n].kind != IndicatorKind::url) continue;
    bool found = false;
    for (const Hit& hit : matcher.search(set[n].value, scratch)) found |= hit.indicator == n && hit.offset == 0;
    check(found || set[n].kind == IndicatorKind::string, "an indicator is found in itself");
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view all = fuzz_text(data, size);
  std::size_t parted = std::min(all.find("\n\n"), all.size());
  std::string_view text = all.substr(std::min(parted + 2, all.size())).substr(0, kText);
  IndicatorSet set;
  NotSearchedList not_searched;
  auto form = read_indicators({"list", std::string(all.substr(0, parted))}, 0, set, not_searched);
  read_pattern(text);
  check(is_utf8(printable(text)), "what is shown is UTF-8");
  if (!form || set.size() > kIndicators) return 0;
  set.sort();
  Matcher matcher(set, size);
  check_indicators(set, matcher);
  Matcher::Scratch scratch;
  Reference reference(set);
  for (std::size_t i = 0; i <= text.size();) {
    std::size_t end = std::min(text.find('\n', i), text.size());
    std::string_view line = text.substr(i, end - i);
    check(matcher.search(line, scratch) == reference.search(line), "the matcher finds what the rules say");
    i = end + 1;
  }
  check(search(matcher, text, 1) == search(matcher, text, 1'000'000), "pieces do not matter");
  return 0;
}

// Any table as somebody's count of a small election: refused with a place, or compared, with the same result whatever
// the order of its rows, and written as CSV and JSON that reads.
#include <algorithm>

#include "core/codec/csv.h"
#include "core/codec/json.h"
#include "core/reconcile/reconcile.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/world.h"

using namespace scrutineer;

namespace {

const testing::World& world() {
  static const testing::World made;
  return made;
}

Tally our_tally() {
  return Tally(world().election(), {});
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Problems problems;
  auto other = read_other_csv(world().election(), {}, fuzz_text(data, size), "f", problems);
  check(other.has_value() == problems.empty(), "a table is believed or refused with a reason");
  if (!other) {
    for (const Problem& problem : problems.listed()) check(problem.where.starts_with("f"), "a problem has a place");
    return 0;
  }
  const Tally tally = our_tally();
  OtherTally turned = *other;
  std::reverse(turned.rows.begin(), turned.rows.end());
  Reconciliation result = reconcile(tally, std::move(*other)), again = reconcile(tally, std::move(turned));
  check(result.differences == again.differences && result.missing == again.missing, "order does not matter");
  check(result.differences.empty(), "where nothing is counted nothing differs: it is missing");
  check(Json::parse(write_reconciliation_json(result, world().election())).has_value(), "the JSON reads");
  Problems none;
  const std::array<std::string_view, 9> columns = {"kind", "place",  "name",       "contest",      "item",
                                                   "ours", "theirs", "difference", "other_contest"};
  const std::string csv = write_reconciliation_csv(result, world().election());
  CsvReader reader(csv, columns, {.file = "out", .unknown = UnknownColumns::refuse}, none);
  while (reader.next()) {}
  check(none.empty(), "the CSV reads");
  return 0;
}

// A national table: 93,040 rows of four columns, as the counts of a presidential election by station are.
#include <array>
#include <string>

#include <benchmark/benchmark.h>

#include "core/codec/csv.h"

namespace {

using namespace scrutineer;

constexpr std::array<std::string_view, 4> kColumns = {"unit_id", "contest_id", "option_id", "votes"};

std::string table(bool quoted) {
  CsvWriter out;
  for (std::string_view name : kColumns) out.field(name);
  out.end_row();
  for (std::int64_t unit = 1; unit <= 18'608; ++unit)
    for (std::int64_t option = 1; option <= 5; ++option)
      out.field(unit)
          .field(quoted ? "a \"quoted\", contest" : "PRES")
          .field(option)
          .field(unit * option % 4'000)
          .end_row();
  return out.take();
}

void read_table(benchmark::State& state) {
  std::string text = table(state.range(0) != 0);
  for (auto _ : state) {
    Problems problems;
    CsvReader reader(text, kColumns, {.file = "counts.csv"}, problems);
    std::size_t rows = 0;
    std::size_t bytes = 0;
    for (; reader.next(); ++rows)
      for (std::size_t i = 0; i < kColumns.size(); ++i) bytes += reader.field(i).size();
    benchmark::DoNotOptimize(bytes);
    if (rows != 93'040 || !problems.empty()) state.SkipWithError("the table did not read");
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}
BENCHMARK(read_table)->ArgName("quoted")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

}  // namespace

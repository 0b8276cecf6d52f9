// Any table: fields are inside their limits and UTF-8; every accepted row, written again, reads back the same.
#include <array>
#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/codec/csv.h"
#include "tests/fuzz/fuzz.h"

using namespace scrutineer;

namespace {

constexpr std::array<std::string_view, 3> kColumns = {"unit_id", "name", "votes"};
using Rows = std::vector<std::vector<std::string>>;

Rows read(std::string_view text, Problems& problems) {
  CsvReader reader(text, kColumns, {.file = "t.csv", .unknown = UnknownColumns::keep}, problems);
  Rows rows;
  while (reader.next()) {
    auto& row = rows.emplace_back();
    for (std::size_t i = 0; i < kColumns.size(); ++i) {
      std::string_view field = reader.field(i);
      check(field.size() <= limits::kCsvFieldBytes && is_utf8(field), "a field breaks its promises");
      check(!reader.place(i).empty(), "a field has no place");
      row.emplace_back(field);
    }
  }
  return rows;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Problems problems;
  Rows rows = read(fuzz_text(data, size), problems);
  CsvWriter out;
  for (std::string_view name : kColumns) out.field(name);
  out.end_row();
  for (const auto& row : rows) {
    for (const std::string& field : row) out.field(field);
    out.end_row();
  }
  Problems none;
  check(read(out.text(), none) == rows && none.empty(), "what the writer writes reads back");
  return 0;
}

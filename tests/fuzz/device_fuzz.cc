// Statements, enrolments and inspections: what reads is written back the same, and the history of machines, the list of
// what a machine could transmit with and the comparison with an allowed list take anything that reads.
#include "core/device/allowed.h"
#include "core/device/history.h"
#include "core/device/models.h"
#include "tests/fuzz/fuzz.h"

using namespace scrutineer;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view bytes = fuzz_text(data, size);
  static const device::AllowedList none = device::parse_allowed(R"({"allowed":"1"})").value();
  static_cast<void>(device::parse_allowed(bytes));
  if (auto inventory = parse_inventory(bytes))
    check(parse_inventory(inventory_text(*inventory)).value() == *inventory, "an inventory is not stable");
  auto record = read_record_text(bytes);
  if (!record) return 0;
  const std::string written = record_text(*record);
  auto again = read_record_text(written);
  check(again.has_value() && record_text(*again) == written, "writing a record is not stable");
  const device::DeviceRecord said[] = {{record_id(bytes), &record->body, {"a"}},
                                       {record_id(written), &again->body, {}}};
  for (const device::DeviceView& machine : device::devices(said))
    for (const device::IssueAt& issue : machine.issues)
      check(!device::sentence(issue).en.empty(), "a sentence for each");
  if (const auto* statement = std::get_if<DeviceStatement>(&record->body); statement && statement->inventory) {
    auto view = device::view_of("a", &*statement->inventory, nullptr);
    for (const device::Capability& one : view.capabilities)
      check(!device::sentence(one).ko.empty(), "a sentence for each");
    check(device::compare(view, view).only_first.empty(), "a machine differs from itself");
    check(device::differences(*statement, *statement->inventory, none).size() <= kDeviceDifferences, "bounded");
    DeviceStatement compared = *statement;
    compared.allowed = Hash256{};
    compared.differences = device::differences(*statement, *statement->inventory, none);
    Record whole{record->election, record->at, compared};
    check(read_record_text(record_text(whole)).has_value(), "what is compared can be stated");
  }
  return 0;
}

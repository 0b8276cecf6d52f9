#include "app/bundle/machines.h"

#include "app/device/page.h"
#include "app/ui/frame.h"
#include "app/ui/paths.h"
#include "core/crypto/hash.h"

namespace scrutineer {
namespace {

constexpr std::size_t kSlugDigits = 16;
const ui::Bilingual kResults{"개표 결과", "Results"}, kMachines{"개표 기기", "Counting machines"},
    kOtherLanguage{"English", "한국어"};

const Record* record_of(const device::Gathered& gathered, const RecordId& id) {
  for (std::size_t i = 0; i < gathered.records.size(); ++i)
    if (gathered.records[i].id == id) return gathered.bodies[i].get();
  return nullptr;
}

std::optional<Inventory> inventory_of(const DeviceStatement& statement, const ReadBlob& read) {
  if (statement.inventory) return statement.inventory;
  const std::optional<Bytes> text = read(*statement.inventory_blob);
  if (!text) return std::nullopt;
  auto parsed = parse_inventory(*text);
  return parsed ? std::optional(std::move(*parsed)) : std::nullopt;
}

// The chip's signature by the key of the enrolment over the nonce that the statement names. That the nonce was an
// observer's own, and fresh, is for that observer to know.
std::optional<Result<device::Quote>> quote_of(const DeviceStatement& statement, const device::DeviceView& machine) {
  if (statement.tpm.state != TpmState::quote || !machine.enrolment || !machine.enrolment->tpm_key) return std::nullopt;
  return device::check_quote(statement.tpm, {statement.tpm.nonce, measured_hash(statement), *machine.enrolment->tpm_key,
                                             machine.enrolment->pcrs});
}

}  // namespace

std::string machine_slug(const device::DeviceView& machine) {
  return to_hex(sha256(machine.area + "\n" + machine.device)).substr(0, kSlugDigits);
}

ui::DevicePageModel machine_page(const device::Gathered& gathered, const device::DeviceView& machine,
                                 const ReadBlob& read) {
  if (machine.statements.empty()) return device::page_of(machine);
  const auto& [id, statement] = machine.statements.back();
  const Record* record = record_of(gathered, id);
  const std::optional<Inventory> inventory = inventory_of(statement, read);
  if (!record || !inventory) return device::page_of(machine);
  const auto quoted = quote_of(statement, machine);
  auto page = device::page_of(device::StatementPage{*record, id, *inventory, quoted ? &*quoted : nullptr, &machine});
  device::add_history(machine, page);
  return page;
}

void render_machines(const device::Gathered& gathered, bool simulated, const ReadBlob& read,
                     std::vector<PendingFile>& out) {
  out.push_back({ui::kMachinesStyleFile, std::string(ui::device_style_sheet())});
  ui::DevicePageModel list = device::page_of(gathered.machines);
  list.simulated = simulated;
  list.style = std::string("../") + ui::kMachinesStyleFile;
  for (std::size_t i = 0; i < gathered.machines.size(); ++i) {
    const std::string slug = machine_slug(gathered.machines[i]);
    list.lists[i].href = "machine/" + slug + ".html";
    ui::DevicePageModel page = machine_page(gathered, gathered.machines[i], read);
    page.simulated = simulated;
    page.style = std::string("../../") + ui::kMachinesStyleFile;
    for (ui::Lang lang : {ui::Lang::ko, ui::Lang::en}) {
      page.links = {{kResults, "../index.html"},
                    {kMachines, "../machines.html"},
                    {kOtherLanguage, "../../" + ui::machine_file(ui::other(lang), slug)}};
      out.push_back({ui::machine_file(lang, slug), ui::render_device(page, lang)});
    }
  }
  for (ui::Lang lang : {ui::Lang::ko, ui::Lang::en}) {
    list.links = {{kResults, "index.html"}, {kOtherLanguage, "../" + ui::machines_file(ui::other(lang))}};
    out.push_back({ui::machines_file(lang), ui::render_device(list, lang)});
  }
}

ui::MachineCount count_machines(const device::Gathered& gathered) {
  ui::MachineCount out;
  out.machines = gathered.machines.size();
  for (const device::DeviceView& machine : gathered.machines) out.to_look_at += machine.issues.size();
  return out;
}

}  // namespace scrutineer

// Pages about counting machines: one list, and a page for each machine with the last that it said of itself.
#pragma once

#include <functional>

#include "app/bundle/pieces.h"
#include "app/device/gather.h"
#include "app/ui/device_page.h"

namespace scrutineer {

// Bytes of a file that a record names; nullopt: nobody has handed it in.
using ReadBlob = std::function<std::optional<Bytes>(const BlobRef& blob)>;

// "ko/machines.html" and "ko/machine/1f0c….html" (from area and name, so that an address stays when machines are
// added), in both languages.
void render_machines(const device::Gathered& gathered, bool simulated, const ReadBlob& read,
                     std::vector<PendingFile>& out);

// The pieces, for whoever serves them at other addresses.
std::string machine_slug(const device::DeviceView& machine);
ui::DevicePageModel machine_page(const device::Gathered& gathered, const device::DeviceView& machine,
                                 const ReadBlob& read);

// What the first page says of them.
ui::MachineCount count_machines(const device::Gathered& gathered);

}  // namespace scrutineer

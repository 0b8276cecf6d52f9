// Two models, or two machines, held against each other: "the exported one transmits, the domestic one does not".
#pragma once

#include <array>

#include "core/device/transmit.h"

namespace scrutineer::device {

// What is known of one way to transmit, by the machine's own statement and by people. People's "absent" and the
// machine's silence are different things.
enum class Presence : std::uint8_t {
  shown,      // the machine's own statement shows it
  fitted,     // people saw it; the statement does not show it
  disabled,   // people saw it, and it was sealed off
  absent,     // people looked, and there was none (or it was taken out)
  not_shown,  // the statement does not show it, and nobody looked
  unknown,    // neither
};
struct ModelView {
  std::string name;  // "A-100 (exported)"
  std::array<Presence, kWays> ways{};
  std::vector<Capability> capabilities;  // of the statement
};

// One of the two may be absent. `inventory` is that of the machine's statement.
ModelView view_of(std::string name, const Inventory* inventory, const DeviceEnrolment* enrolment);

enum class WayVerdict : std::uint8_t { only_first, only_second, both, neither_shown, not_known };
struct WayComparison {
  Way way = Way::other;
  Presence first = Presence::unknown, second = Presence::unknown;
  WayVerdict verdict = WayVerdict::not_known;
  Bilingual sentence;
};
struct ModelComparison {
  std::vector<WayComparison> ways;  // every way, in the order of Way
  std::vector<Capability> only_first, only_second;
  Bilingual summary;
};
ModelComparison compare(const ModelView& first, const ModelView& second);

const Bilingual& word(Presence presence);

}  // namespace scrutineer::device

// The Traffic Light Protocol in STIX: TLP 2.0 (FIRST, August 2022) as the OASIS extension "TLP 2.0" defines it, with
// five fixed marking definitions, and TLP 1 (STIX 2.1 section 7.2.1.4), which old feeds still carry.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/stix/stix_id.h"

namespace scrutineer {

class JsonWriter;

// From open to closed: the strictest of several is the greatest.
enum class Tlp : std::uint8_t { clear, green, amber, amber_strict, red };
inline constexpr std::array kAllTlp{Tlp::clear, Tlp::green, Tlp::amber, Tlp::amber_strict, Tlp::red};

std::string_view tlp_code(Tlp tlp);   // "amber+strict", as the extension spells it
std::string_view tlp_label(Tlp tlp);  // "TLP:AMBER+STRICT", as people must see it, in any language
std::optional<Tlp> tlp_of_code(std::string_view code);
inline constexpr std::string_view kTlpExtension = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";

StixId tlp_marking_id(Tlp tlp);                     // of TLP 2.0
void write_tlp_marking(JsonWriter& json, Tlp tlp);  // the whole marking definition, which nobody may change
// What a marking of TLP 2.0 or TLP 1 means (white is clear); nullopt: another marking.
std::optional<Tlp> tlp_of_marking(const StixId& marking);

}  // namespace scrutineer

// Names that stand in what we write (docs/formats/stix.md): STIX 2.1 has no words for them. Private to core/stix.
#pragma once

#include <string_view>

namespace scrutineer {

// Our extension of `incident`: the kind of attack, its time, whom it hit and who has been told.
inline constexpr std::string_view kAttackExtension = "extension-definition--7d0c5f0e-3a86-4a5d-9f9c-1b5e2f6a8c43";
inline constexpr std::string_view kAttackExtensionAuthor = "identity--b1a7c9d2-64e0-4d0b-8f53-0c7a9e21d5f6";
inline constexpr std::string_view kAttackExtensionCreated = "2025-01-01T00:00:00.000Z";

}  // namespace scrutineer

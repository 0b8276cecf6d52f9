// Limits of what is read as STIX (docs/formats/stix.md).
#pragma once

#include <cstddef>

namespace scrutineer::limits {

inline constexpr std::size_t kStixBytes = 16u << 20;   // a bundle, an envelope or one object
inline constexpr std::size_t kStixObjects = 10'000;    // in one of them
inline constexpr std::size_t kStixValues = 1'000'000;  // of JSON, all together: each costs memory many times its text
inline constexpr std::size_t kStixDepth = 32;          // of JSON
inline constexpr std::size_t kStixStringBytes = 1u << 20;    // one text
inline constexpr std::size_t kStixPayloadBytes = 12u << 20;  // payload_bin of an artifact, in base64
inline constexpr std::size_t kStixReferences = 100'000;      // of all objects together
inline constexpr std::size_t kStixPatternBytes = 64u << 10;  // of an indicator; longer ones are kept, not taken apart
inline constexpr std::size_t kStixIdBytes = 250 + 2 + 36;    // type--uuid
inline constexpr std::size_t kReportTextBytes = 64u << 10;   // one text that a person fills in
inline constexpr std::size_t kReportItems = 1'000;           // indicators, observations, affected, actions, each

}  // namespace scrutineer::limits

// What the QR code of a printed form says (docs/formats/qr.md): which election, unit and contest, and which content.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace scrutineer {

inline constexpr std::string_view kPaperCodeStart = "SCRUTINEER/1 ";

enum class PaperKind : std::uint8_t {
  sheet,    // a count sheet, printed from a record: `hash` is of the record id
  blank,    // a count sheet to fill by hand: `hash` is that of the form
  units,    // a list of units with their status, as of a size of the log
  summary,  // totals of an area, as of a size of the log
};
inline constexpr std::string_view kPaperKindNames[] = {"sheet", "blank", "units", "summary"};

struct PaperCode {
  PaperKind kind = PaperKind::sheet;
  std::string election;                // first 16 hex digits of its record id
  std::string unit;                    // paper_token of the unit's id, or of an area's path
  std::string contest;                 // paper_token of the contest's id
  std::string hash;                    // first 32 hex digits
  std::optional<std::uint64_t> as_of;  // size of the log: of units and summary
  friend bool operator==(const PaperCode&, const PaperCode&) = default;
};

// An identifier as the code spells it: letters, digits and "._-/" as they are, other bytes as %XX; above 48 characters
// "~" and the first 16 hex digits of its SHA-256. Different identifiers have different tokens.
std::string paper_token(std::string_view id);
std::string paper_prefix(const RecordId& election);  // 16 hex digits
std::string paper_hash(const Hash256& hash);         // 32 hex digits
inline std::string paper_hash(const RecordId& id) {
  return paper_hash(id.hash);
}

std::string to_text(const PaperCode& code);
// Errors: malformed, unsupported (a later version).
Result<PaperCode> parse_paper_code(std::string_view text);

}  // namespace scrutineer

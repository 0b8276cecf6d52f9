// Lists of indicators: plain text, one a line, or STIX 2.1 (docs/formats/hunt.md).
#pragma once

#include "core/base/bytes.h"
#include "core/hunt/indicator.h"
#include "core/hunt/not_searched.h"

namespace scrutineer::hunt {

enum class SourceForm : std::uint8_t { text, stix };

struct IndicatorSource {
  std::string name;  // shown to people: a file's name, a notice's id
  Bytes bytes;
};

// Adds what `source` holds; what cannot be looked for goes into `not_searched` with its line or id. Errors: malformed
// (JSON that is none, or no STIX), limit_exceeded.
Result<SourceForm> read_indicators(const IndicatorSource& source, std::uint32_t file, IndicatorSet& out,
                                   NotSearchedList& not_searched);

// The comparisons of a STIX pattern that can be looked for; why the others cannot.
struct PatternReading {
  std::vector<IndicatorValue> values;
  std::vector<std::string> refused;  // sentences
};
PatternReading read_pattern(std::string_view pattern);

}  // namespace scrutineer::hunt

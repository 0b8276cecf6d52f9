// What records of every family share: two lines, a type and a version (docs/formats/record.md). Private to core/record.
#pragma once

#include <string_view>

#include "core/base/result.h"
#include "core/note/note.h"

namespace scrutineer {

inline constexpr std::string_view kRecordPrefix = "scrutineer/";

struct RecordLines {
  std::string_view type;  // "count-sheet"
  std::string_view body;  // the line of JSON, without its end
};
// Errors: malformed; unsupported (a version other than 1).
Result<RecordLines> split_record_text(std::string_view text);

// The text of a record of that type around its members.
std::string join_record_text(std::string_view type, std::string_view body);

Error unknown_record_type(std::string_view type);

// Sorted by (name, key id), none twice. Error malformed.
Status check_signature_order(const std::vector<NoteSignature>& signatures);

}  // namespace scrutineer

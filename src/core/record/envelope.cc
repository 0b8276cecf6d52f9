#include "core/record/envelope.h"

#include "core/record/record_type.h"

namespace scrutineer {

Result<RecordLines> split_record_text(std::string_view text) {
  std::size_t first = text.find('\n');
  std::size_t second = first == text.npos ? text.npos : text.find('\n', first + 1);
  if (second == text.npos || second + 1 != text.size())
    return fail(ErrorCode::malformed, "a record has exactly two lines");
  const std::string_view line = text.substr(0, first);
  const std::size_t slash = line.rfind('/');
  if (!line.starts_with(kRecordPrefix) || slash < kRecordPrefix.size())
    return fail(ErrorCode::malformed, "a record's first line reads scrutineer/TYPE/VERSION", "line 1");
  const std::string_view type = line.substr(kRecordPrefix.size(), slash - kRecordPrefix.size());
  const std::string_view version = line.substr(slash + 1);
  if (version != std::to_string(kRecordVersion))
    return fail(ErrorCode::unsupported,
                "this version does not know version '" + std::string(version) + "' of " + std::string(type), "line 1");
  return RecordLines{type, text.substr(first + 1, second - first - 1)};
}

std::string join_record_text(std::string_view type, std::string_view body) {
  std::string text(kRecordPrefix);
  text.append(type).append("/").append(std::to_string(kRecordVersion)).append("\n").append(body).append("\n");
  return text;
}

Error unknown_record_type(std::string_view type) {
  return Error{ErrorCode::unsupported, "this version does not know records of type '" + std::string(type) + "'",
               "line 1"};
}

Status check_signature_order(const std::vector<NoteSignature>& signatures) {
  for (std::size_t i = 1; i < signatures.size(); ++i)
    if (!signature_before(signatures[i - 1], signatures[i]))
      return fail(ErrorCode::malformed, "signatures are sorted by name and key id, none twice");
  return {};
}

}  // namespace scrutineer

#include "app/log/frame.h"

#include "core/base/check.h"
#include "core/base/limits.h"

namespace scrutineer {

void append_frame(Bytes& out, FrameKind kind, const LeafHash& leaf, BytesView payload) {
  check(payload.size() <= limits::kEntryBytes, "a frame's payload fits a 16-bit length");
  out += static_cast<char>(kind);
  out += '\0';
  append_be16(out, static_cast<std::uint16_t>(payload.size()));
  out += leaf.view().substr(0, 8);
  out += payload;
}

std::optional<std::size_t> frame_size(BytesView bytes) {
  if (bytes.size() < kFrameHeader || bytes[1] != '\0') return std::nullopt;
  if (bytes[0] != 'e' && bytes[0] != 'r' && bytes[0] != 'p') return std::nullopt;
  return kFrameHeader + read_be16(bytes.data() + 2);
}

Result<Frame> parse_frame(BytesView bytes) {
  auto size = frame_size(bytes);
  if (!size) return fail(ErrorCode::corrupt, "the stored bytes do not start a frame");
  if (bytes.size() < *size) return fail(ErrorCode::corrupt, "the stored frame is cut short");
  BytesView payload = bytes.substr(kFrameHeader, *size - kFrameHeader);
  Frame frame{static_cast<FrameKind>(bytes[0]), leaf_hash(payload), payload};
  if (frame.leaf.view().substr(0, 8) != bytes.substr(4, 8))
    return fail(ErrorCode::corrupt, "the stored bytes are not what was written");
  return frame;
}

}  // namespace scrutineer

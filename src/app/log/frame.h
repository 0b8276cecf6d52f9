// Frames: how entries (and published checkpoints) stand in their append-only files. docs/formats/store.md.
#pragma once

#include <optional>

#include "core/base/result.h"
#include "core/merkle/tree.h"

namespace scrutineer {

// The byte says whether the entry has a place in the index of record ids.
enum class FrameKind : std::uint8_t { entry = 'e', record = 'r', checkpoint = 'p' };

// kind || 00 || be16 length || first 8 bytes of the payload's RFC 6962 leaf hash || payload
inline constexpr std::size_t kFrameHeader = 12;
inline constexpr std::size_t kLargestFrame = kFrameHeader + 65'535;

struct Frame {
  FrameKind kind = FrameKind::entry;
  LeafHash leaf;
  BytesView payload;  // into the bytes that were parsed
  std::size_t size() const { return kFrameHeader + payload.size(); }
};

void append_frame(Bytes& out, FrameKind kind, const LeafHash& leaf, BytesView payload);

// The length of the frame whose first bytes these are, header included; nullopt: no header, or not a whole one.
std::optional<std::size_t> frame_size(BytesView bytes);

// The frame at the start of `bytes`, re-hashed. Error corrupt: cut short, or not what was written.
Result<Frame> parse_frame(BytesView bytes);

}  // namespace scrutineer

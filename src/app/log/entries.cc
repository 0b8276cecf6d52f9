#include "app/log/entries.h"

#include <algorithm>

namespace scrutineer {
namespace {

constexpr std::size_t kPiece = 1u << 20;    // bytes read at once
constexpr std::size_t kIndexPiece = 4'096;  // entries whose offsets and hashes are read at once
static_assert(kPiece > kLargestFrame);

std::string name_of(std::uint64_t index) {
  return "entry " + std::to_string(index);
}

// How many of the entries from offsets[0] on fit one piece; at least one.
std::size_t fitting(const std::vector<std::uint64_t>& offsets, std::size_t from) {
  std::size_t count = 1;
  while (from + count + 1 < offsets.size() && offsets[from + count + 1] - offsets[from] <= kPiece) ++count;
  return count;
}

Status check_offsets(const std::vector<std::uint64_t>& offsets, std::uint64_t first) {
  for (std::size_t i = 0; i + 1 < offsets.size(); ++i) {
    std::uint64_t size = offsets[i + 1] - offsets[i];
    if (offsets[i + 1] < offsets[i] || size < kFrameHeader || size > kLargestFrame)
      return fail(ErrorCode::corrupt, "the index is damaged", name_of(first + i));
  }
  return {};
}

}  // namespace

Status walk_frames(File& entries, std::uint64_t first, std::uint64_t begin, std::uint64_t end,
                   const VisitFrame& visit) {
  Bytes buffer;
  std::uint64_t index = first;
  while (begin < end) {
    buffer.resize(static_cast<std::size_t>(std::min<std::uint64_t>(kPiece, end - begin)));
    SCRUTINEER_TRY(std::size_t got, entries.read_at(begin, buffer.data(), buffer.size()));
    BytesView rest(buffer.data(), got);
    std::size_t before = rest.size();
    for (auto size = frame_size(rest); size && *size <= rest.size(); size = frame_size(rest)) {
      auto frame = parse_frame(rest);
      if (!frame) return tl::unexpected(placed(std::move(frame).error(), name_of(index)));
      rest.remove_prefix(*size);
      SCRUTINEER_CHECKED(visit(index, *frame, begin + (before - rest.size())));
      ++index;
    }
    if (rest.size() == before)
      return fail(ErrorCode::corrupt, "the stored frame is cut short or damaged", name_of(index));
    begin += before - rest.size();
  }
  return {};
}

Status read_entries(File& entries, ColumnReader& columns, std::uint64_t first, std::uint64_t end,
                    const std::function<Status(std::uint64_t index, const Frame& frame)>& visit) {
  Bytes buffer;
  std::vector<NodeHash> leaves;
  while (first < end) {
    auto count = static_cast<std::size_t>(std::min<std::uint64_t>(kIndexPiece, end - first));
    SCRUTINEER_TRY(std::vector<std::uint64_t> offsets, columns.offsets(first, count));
    SCRUTINEER_CHECKED(check_offsets(offsets, first));
    leaves.resize(count);
    SCRUTINEER_CHECKED(columns.read(0, first, leaves));
    for (std::size_t i = 0; i < count;) {
      std::size_t some = fitting(offsets, i);
      buffer.resize(static_cast<std::size_t>(offsets[i + some] - offsets[i]));
      SCRUTINEER_TRY(std::size_t got, entries.read_at(offsets[i], buffer.data(), buffer.size()));
      if (got != buffer.size()) return fail(ErrorCode::corrupt, "the entries are cut short", name_of(first + i));
      for (std::size_t stop = i + some, base = i; i < stop; ++i) {
        BytesView bytes = BytesView(buffer).substr(static_cast<std::size_t>(offsets[i] - offsets[base]),
                                                   static_cast<std::size_t>(offsets[i + 1] - offsets[i]));
        auto frame = parse_frame(bytes);
        if (!frame) return tl::unexpected(placed(std::move(frame).error(), name_of(first + i)));
        if (frame->size() != bytes.size() || frame->kind == FrameKind::checkpoint || as_node(frame->leaf) != leaves[i])
          return fail(ErrorCode::corrupt, "the stored entry and its leaf hash differ", name_of(first + i));
        SCRUTINEER_CHECKED(visit(first + i, *frame));
      }
    }
    first += count;
  }
  return {};
}

}  // namespace scrutineer

#include "app/log/columns.h"

namespace scrutineer {

Result<ColumnWriter> ColumnWriter::open(Disk& disk, const Layout& layout, OpenMode mode) {
  ColumnWriter writer;
  SCRUTINEER_TRY(writer.index_.file, disk.open(layout.index(), mode));
  for (unsigned level = 0; level < kStoreLevels; ++level) {
    SCRUTINEER_TRY(writer.hashes_[level].file, disk.open(layout.hash(level), mode));
  }
  return writer;
}

void ColumnWriter::start(Frontier frontier) {
  frontier_ = std::move(frontier);
  index_.at = frontier_.size() * kIndexBytes;
  index_.pending.clear();
  for (unsigned level = 0; level < kStoreLevels; ++level) {
    hashes_[level].at = tile_hashes(frontier_.size(), level) * kHashBytes;
    hashes_[level].pending.clear();
  }
}

Result<bool> ColumnWriter::long_enough(std::uint64_t size) {
  SCRUTINEER_TRY(std::uint64_t length, index_.file->size());
  if (length < size * kIndexBytes) return false;
  for (unsigned level = 0; level < kStoreLevels; ++level) {
    SCRUTINEER_TRY(length, hashes_[level].file->size());
    if (length < tile_hashes(size, level) * kHashBytes) return false;
  }
  return true;
}

void ColumnWriter::add(const LeafHash& leaf, std::uint64_t end_offset) {
  append_be64(index_.pending, end_offset);
  frontier_.append(leaf, [this](SubtreeId id, const NodeHash& hash) {
    unsigned level = id.height / kTileHeight;
    if (id.height % kTileHeight == 0 && level < kStoreLevels) hashes_[level].pending += hash.view();
  });
}

Status ColumnWriter::flush(Column& column) {
  if (column.pending.empty()) return {};
  SCRUTINEER_CHECKED(column.file->write_at(column.at, column.pending));
  column.at += column.pending.size();
  column.pending.clear();
  return {};
}

Status ColumnWriter::flush() {
  SCRUTINEER_CHECKED(flush(index_));
  for (Column& column : hashes_) SCRUTINEER_CHECKED(flush(column));
  return {};
}

Status ColumnWriter::sync() {
  SCRUTINEER_CHECKED(index_.file->sync());
  for (Column& column : hashes_) SCRUTINEER_CHECKED(column.file->sync());
  return {};
}

Status ColumnWriter::cut() {
  SCRUTINEER_CHECKED(index_.file->truncate(index_.at));
  for (Column& column : hashes_) SCRUTINEER_CHECKED(column.file->truncate(column.at));
  return {};
}

Result<ColumnReader> ColumnReader::open(Disk& disk, const Layout& layout) {
  ColumnReader reader;
  SCRUTINEER_TRY(reader.index_, disk.open(layout.index(), OpenMode::read));
  for (unsigned level = 0; level < kStoreLevels; ++level) {
    SCRUTINEER_TRY(reader.hashes_[level], disk.open(layout.hash(level), OpenMode::read));
  }
  return reader;
}

Status ColumnReader::read(unsigned level, std::uint64_t first, std::span<NodeHash> out) {
  if (level >= kStoreLevels) return fail(ErrorCode::not_found, "no log is that large");
  static_assert(sizeof(NodeHash) == kHashBytes);
  std::size_t wanted = out.size() * kHashBytes;
  auto bytes = reinterpret_cast<char*>(out.data());
  SCRUTINEER_TRY(std::size_t got, hashes_[level]->read_at(first * kHashBytes, bytes, wanted));
  if (got != wanted) return fail(ErrorCode::corrupt, "the column hash." + std::to_string(level) + " is cut short");
  return {};
}

Result<std::vector<std::uint64_t>> ColumnReader::offsets(std::uint64_t first, std::size_t count) const {
  std::size_t skip = first == 0 ? 1 : 0;  // entry 0 begins at 0, which is not stored
  Bytes bytes((count + 1 - skip) * kIndexBytes, '\0');
  SCRUTINEER_TRY(std::size_t got, index_->read_at((first + skip - 1) * kIndexBytes, bytes.data(), bytes.size()));
  if (got != bytes.size()) return fail(ErrorCode::corrupt, "the column index is cut short");
  std::vector<std::uint64_t> offsets(count + 1, 0);
  for (std::size_t i = skip; i <= count; ++i) offsets[i] = read_be64(&bytes[(i - skip) * kIndexBytes]);
  return offsets;
}

}  // namespace scrutineer

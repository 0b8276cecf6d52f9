// The derived columns: `index` (where each entry ends) and `hash.L` (the hashes of tile level L); private to app/log.
#pragma once

#include <array>
#include <memory>

#include "app/log/layout.h"
#include "core/merkle/proof.h"

namespace scrutineer {

// Appends. Buffers until flush(); what is flushed is visible to readers and not durable until sync(). Everything here
// can be rebuilt from `entries`. One thread appends and flushes; another may sync().
class ColumnWriter {
 public:
  static Result<ColumnWriter> open(Disk& disk, const Layout& layout, OpenMode mode);

  // Goes on after `frontier`; what the files hold beyond is overwritten.
  void start(Frontier frontier);
  // True if the files are at least as long as a log of this size makes them.
  Result<bool> long_enough(std::uint64_t size);

  void add(const LeafHash& leaf, std::uint64_t end_offset);
  Status flush();
  Status sync();  // thread-safe beside add() and flush()
  // Cuts what the files hold beyond what was flushed.
  Status cut();

  const Frontier& frontier() const { return frontier_; }

 private:
  struct Column {
    std::unique_ptr<File> file;
    std::uint64_t at = 0;  // bytes flushed
    Bytes pending;
  };
  ColumnWriter() = default;
  static Status flush(Column& column);
  Frontier frontier_;
  Column index_;
  std::array<Column, kStoreLevels> hashes_;
};

// Reads. Thread-safe. Error corrupt: the column is shorter than what was asked for.
class ColumnReader final : public TileHashReader {
 public:
  static Result<ColumnReader> open(Disk& disk, const Layout& layout);
  Status read(unsigned level, std::uint64_t first, std::span<NodeHash> out) override;
  // Offsets in `entries` of the beginning of entry `first` and of the end of it and each of the `count - 1` after it.
  Result<std::vector<std::uint64_t>> offsets(std::uint64_t first, std::size_t count) const;

 private:
  ColumnReader() = default;
  std::unique_ptr<File> index_;
  std::array<std::unique_ptr<File>, kStoreLevels> hashes_;
};

}  // namespace scrutineer

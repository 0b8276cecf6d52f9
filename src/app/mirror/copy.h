// The files of a copy of a log: the tlog-tiles tree, blobs, and what a mirror remembers. docs/formats/witness.md.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "core/base/disk.h"
#include "core/merkle/proof.h"
#include "core/merkle/tile.h"

namespace scrutineer {

// 256 entries of 65,535 bytes and their lengths.
inline constexpr std::size_t kEntryBundleBytes = 256 * (65'535 + 2);

// Writes files below one directory, each durable with the folders that lead to it when write() returns.
class CopyWriter {
 public:
  CopyWriter(Disk& disk, std::string directory) : disk_(disk), directory_(std::move(directory)) {}
  Status write(const std::string& path, BytesView bytes);
  Status remove(const std::string& path);  // nothing where it is absent
  std::string at(const std::string& path) const { return directory_ + "/" + path; }
  Disk& disk() const { return disk_; }

 private:
  Status make_directory(const std::string& directory);
  Disk& disk_;
  std::string directory_;
  std::set<std::string> made_;
};

// Hashes from the hash tiles of a copy of `size` entries. Nothing is verified: fold them and compare the root.
class CopyHashes final : public TileHashReader {
 public:
  CopyHashes(Disk& disk, std::string directory, std::uint64_t size)
      : disk_(disk), directory_(std::move(directory)), size_(size) {}
  Status read(unsigned level, std::uint64_t first, std::span<NodeHash> out) override;

 private:
  Disk& disk_;
  std::string directory_;
  std::uint64_t size_;
};

// Makes the hash tiles of a log that grows, entry by entry, from a size that is a multiple of 256.
class TileBuilder {
 public:
  // `at`: where to go on; its partial tiles above level 0 are read through `hashes`.
  static Result<TileBuilder> start(CopyWriter& writer, Frontier at, TileHashReader& hashes);
  // Writes each tile as it is full.
  Status add(const LeafHash& leaf);
  // Writes the partial ones.
  Status finish();
  const Frontier& frontier() const { return frontier_; }

 private:
  TileBuilder(CopyWriter& writer, Frontier at) : writer_(&writer), frontier_(std::move(at)) {}
  Status write_tile(unsigned level, std::uint64_t index, unsigned width);
  CopyWriter* writer_;
  Frontier frontier_;
  std::vector<Bytes> open_{kTileLevels};  // of each level: the hashes of its last, unfinished tile
};

// Entries [0, size) of a copy in order, bundle by bundle. Nothing is verified but the bundles' grammar.
using CopyVisit = std::function<Status(std::uint64_t index, BytesView entry)>;
Status visit_copy(Disk& disk, const std::string& directory, std::uint64_t size, const CopyVisit& visit);

// The blobs that an entry names: every {"sha256", "size", "type"} in a record's JSON, at any depth, but for the files
// of result claims (they stand under their own paths in a bundle). None for what is no record.
struct NamedBlob {
  BlobHash hash;
  std::uint64_t size = 0;
  friend auto operator<=>(const NamedBlob&, const NamedBlob&) = default;
};
std::vector<NamedBlob> blobs_named(BytesView entry);

}  // namespace scrutineer

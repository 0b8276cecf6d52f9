// The append-only list of published checkpoints; private to app/log. docs/formats/store.md.
#pragma once

#include <mutex>

#include "app/log/layout.h"
#include "app/log/slots.h"

namespace scrutineer {

// Reads. Thread-safe. Memory: 16 bytes a published checkpoint.
class PublishedReader {
 public:
  PublishedReader(Disk& disk, const Layout& layout) : disk_(disk), layout_(layout) {}
  Result<std::vector<std::uint64_t>> sizes() const;
  Result<std::optional<Bytes>> first_covering(std::uint64_t index) const;
  Result<std::optional<Bytes>> last() const;

 private:
  struct Place {
    std::uint64_t size = 0;    // of the checkpoint
    std::uint64_t offset = 0;  // of its frame
  };
  Status refresh() const;  // mutex_ held
  Result<Bytes> note_at(const Place& place) const;
  Disk& disk_;
  Layout layout_;
  mutable std::mutex mutex_;
  mutable std::vector<Place> places_;
  mutable std::uint64_t read_ = 0;  // bytes of the file that places_ covers
};

// Appends. One thread at a time.
class PublishedWriter {
 public:
  // Recovers: cuts an unfinished append at the end. Error corrupt: what was durable is damaged.
  static Result<PublishedWriter> open(Disk& disk, const Layout& layout, const VerifierKey& key, OpenMode mode);
  std::uint64_t last_size() const { return last_size_; }  // 0: none
  std::uint64_t count() const { return count_; }
  Status append(std::uint64_t size, BytesView note);

 private:
  PublishedWriter(std::unique_ptr<File> file, SlotFile mark) : file_(std::move(file)), mark_(std::move(mark)) {}
  Status write_mark();
  std::unique_ptr<File> file_;
  SlotFile mark_;  // be64 bytes, be64 count: so far everything must be good
  std::uint64_t sequence_ = 0;
  std::uint64_t bytes_ = 0;
  std::uint64_t count_ = 0;
  std::uint64_t last_size_ = 0;
};

}  // namespace scrutineer

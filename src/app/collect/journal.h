// The private journal of a counting desk (docs/formats/journal.md): append-only, one line a commit, durable before
// anything that follows from it is shown or acknowledged. Not thread-safe: the desk holds a lock.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "core/base/bytes.h"
#include "core/base/disk.h"
#include "core/codec/object_reader.h"

namespace scrutineer {

inline constexpr std::size_t kJournalLineBytes = 2u << 20;
inline constexpr std::uint64_t kJournalBytes = std::uint64_t{4} << 30;

class Journal {
 public:
  // Takes back one event; what it finds wrong goes to the reader.
  using Replay = std::function<void(const ObjectReader& event)>;

  // `directory` and the file `journal` in it are made if they are absent. A last line that was cut short (nobody was
  // told of it) is removed. `disk` is borrowed. Errors: corrupt (damage before the last line, a line missing, an event
  // that cannot have happened; `where` says which line), conflict (another election's), limit_exceeded, io_error,
  // disk_full.
  static Result<std::unique_ptr<Journal>> open(Disk& disk, const std::string& directory, const RecordId& election,
                                               const Replay& replay);

  // All or none of the events (JSON objects), durable when it returns. Errors: disk_full, limit_exceeded: nothing was
  // kept, and it may be tried again; io_error: what was kept is not known, and nothing more is taken.
  Status append(std::span<const std::string> events);

  const std::optional<Error>& stopped() const { return stopped_; }

 private:
  Journal(std::unique_ptr<File> file, std::string path) : file_(std::move(file)), path_(std::move(path)) {}
  Status read(const RecordId& election, const Replay& replay);
  Status begin(const RecordId& election);
  Status check_tail(std::uint64_t bad);
  Status write_line(const std::string& json);
  tl::unexpected<Error> stop(Error error);

  std::unique_ptr<File> file_;
  std::string path_;
  std::uint64_t lines_ = 0;  // good ones: the next has this number
  std::uint64_t size_ = 0;   // their bytes
  std::optional<Error> stopped_;
};

}  // namespace scrutineer

// What witnesses said about one log: of each size the first and the last cosignature that each of them gave. That is
// all that times can be shown with (core/notice/times.h), and all that is kept.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/disk.h"
#include "core/merkle/checkpoint.h"

namespace scrutineer {

inline constexpr std::size_t kWitnessedBytes = 256u << 20;  // of the file

// One file of signed notes, each as be32 length || bytes. Not thread-safe.
class WitnessedList {
 public:
  // Errors: io_error. A tail that a crash cut off is forgotten: witnesses say it again.
  static Result<WitnessedList> open(Disk& disk, const std::string& path, const VerifierKey& log);

  // Takes in a checkpoint whose log signature and root the caller has checked. Of its cosignatures those by
  // `witnesses` count, and are verified here unless `verified`. True: something new. Errors: conflict (another root at
  // this size), io_error, limit_exceeded.
  Result<bool> add(const SignedCheckpoint& checkpoint, const std::vector<VerifierKey>& witnesses, bool verified);

  // The notes for every size from `size` on, ascending: at most two a size. No more sizes once there are so many bytes.
  std::vector<Bytes> notes_from(std::uint64_t size, std::size_t bytes = SIZE_MAX) const;
  std::optional<NodeHash> root_at(std::uint64_t size) const;
  std::uint64_t largest() const;  // 0: none

  // Until when that many of these witnesses say that the log had no more than `size` entries; INT64_MIN: so many never
  // said it.
  std::int64_t seen_until(std::uint64_t size, const std::vector<VerifierKey>& witnesses, std::size_t quorum) const;
  std::size_t witnesses_of(std::uint64_t size) const;
  std::int64_t last_time() const;  // the newest cosignature; 0: none

 private:
  struct Line {
    NoteSignature signature;
    std::int64_t time = 0;
  };
  struct Said {
    Line first, last;
  };
  struct Size {
    std::string text;
    NodeHash root;
    NoteSignature log;
    // By name and key: one that is called like another one takes nothing away from it.
    std::map<std::pair<std::string, KeyId>, Said> witnesses;
  };
  WitnessedList(Disk& disk, std::string path, VerifierKey log)
      : disk_(&disk), path_(std::move(path)), log_(std::move(log)) {}
  bool merge(const SignedCheckpoint& checkpoint, const std::vector<Line>& lines);
  std::vector<Bytes> notes_of(const Size& size) const;
  Status append(const Bytes& note);
  Status rewrite();

  Disk* disk_;
  std::string path_;
  VerifierKey log_;
  std::map<std::uint64_t, Size> sizes_;
  std::shared_ptr<File> file_;
  std::uint64_t end_ = 0;
  std::size_t appended_ = 0;  // notes in the file
};

// be32 length || bytes, one after the other. nullopt where they are cut short (what came before stays in `notes`).
void append_framed(Bytes& out, BytesView note);
std::vector<BytesView> framed_notes(BytesView bytes, std::size_t* used = nullptr);

// The time that a type 04 signature line states; nullopt where it states none.
std::optional<std::int64_t> stated_time(const NoteSignature& line);

}  // namespace scrutineer

// The entries of all logs of an evidence, each distinct one once, with the places where it stands. Private to
// core/notice.
#pragma once

#include "core/merkle/tree.h"
#include "core/notice/verdict.h"

namespace scrutineer {

struct EntryPlace {
  std::uint32_t log = 0;    // index into Evidence::logs
  std::uint32_t index = 0;  // in that log
};

class EvidenceEntries {
 public:
  EvidenceEntries(const Evidence& evidence, const RunJobs& run);

  std::size_t distinct() const { return entries_.size(); }
  BytesView bytes(std::uint32_t entry) const { return entries_[entry].bytes; }
  const std::vector<LeafHash>& leaves(std::size_t log) const { return leaves_[log]; }
  // Calls each(EntryPlace) for every place of a distinct entry.
  template <class Each>
  void places(std::uint32_t entry, Each&& each) const {
    for (std::uint32_t node = entries_[entry].last; node != kNone; node = nodes_[node].before) each(nodes_[node].place);
  }

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;
  struct Distinct {
    BytesView bytes;
    std::uint32_t last = kNone;
  };
  struct Node {
    EntryPlace place;
    std::uint32_t before = kNone;
  };
  void hash(const Evidence& evidence, const RunJobs& run);
  std::vector<std::vector<LeafHash>> leaves_;  // by log
  std::vector<Distinct> entries_;
  std::vector<Node> nodes_;
};

// The agreement that an entry belongs to, or whose record it is; nullopt where it is no record of a notice.
std::optional<RecordId> agreement_of_entry(BytesView entry);

// Runs job(first, end) over [0, n) in pieces.
void run_pieces(const RunJobs& run, std::size_t n, std::size_t piece,
                const std::function<void(std::size_t, std::size_t)>& job);

// One after the other.
void run_in_order(std::size_t n, const std::function<void(std::size_t)>& job);

}  // namespace scrutineer

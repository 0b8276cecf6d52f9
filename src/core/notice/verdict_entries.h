// The entries of all logs of an evidence, each distinct one once, with the places where it stands. Private to
// core/notice.
#pragma once

#include <array>

#include "core/merkle/tree.h"
#include "core/notice/verdict.h"

namespace scrutineer {

struct EntryPlace {
  std::uint32_t log = 0;    // index into Evidence::logs
  std::uint32_t index = 0;  // in that log
};

// Names a distinct entry: the part that it is in, by its hash, and its number there.
struct EntryNumber {
  std::uint32_t part = 0, number = 0;
};

class EvidenceEntries {
 public:
  EvidenceEntries(const Evidence& evidence, const RunJobs& run);

  static constexpr std::size_t kParts = 8;  // found by as many jobs
  std::size_t distinct(std::size_t part) const { return parts_[part].entries.size(); }
  BytesView bytes(EntryNumber entry) const { return at(entry).bytes; }
  const std::vector<LeafHash>& leaves(std::size_t log) const { return leaves_[log]; }
  // Where it stands first, in the order of the evidence.
  std::uint64_t order(EntryNumber entry) const { return at(entry).order; }
  // Calls each(EntryPlace) for every place of a distinct entry.
  template <class Each>
  void places(EntryNumber entry, Each&& each) const {
    const std::vector<Node>& nodes = parts_[entry.part].nodes;
    for (std::uint32_t node = at(entry).last; node != kNone; node = nodes[node].before) each(nodes[node].place);
  }

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;
  struct Distinct {
    BytesView bytes;
    std::uint64_t order = 0;
    std::uint32_t last = kNone;
  };
  struct Node {
    EntryPlace place;
    std::uint32_t before = kNone;
  };
  struct Part {
    std::vector<Distinct> entries;
    std::vector<Node> nodes;
  };
  const Distinct& at(EntryNumber entry) const { return parts_[entry.part].entries[entry.number]; }
  void hash(const Evidence& evidence, const RunJobs& run);
  void find_distinct(const Evidence& evidence, std::size_t part, std::size_t total);
  std::vector<std::vector<LeafHash>> leaves_;  // by log
  std::array<Part, kParts> parts_;
};

// The agreement that an entry belongs to, or whose record it is; nullopt where it is no record of a notice.
std::optional<RecordId> agreement_of_entry(BytesView entry);

// Runs job(first, end) over [0, n) in pieces.
void run_pieces(const RunJobs& run, std::size_t n, std::size_t piece,
                const std::function<void(std::size_t, std::size_t)>& job);

// One after the other.
void run_in_order(std::size_t n, const std::function<void(std::size_t)>& job);

}  // namespace scrutineer

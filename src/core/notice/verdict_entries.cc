#include "core/notice/verdict_entries.h"

#include "core/record/record.h"

namespace scrutineer {
namespace {

constexpr std::size_t kHashPiece = 4'096;  // entries

}  // namespace

void run_in_order(std::size_t n, const std::function<void(std::size_t)>& job) {
  for (std::size_t i = 0; i < n; ++i) job(i);
}

void run_pieces(const RunJobs& run, std::size_t n, std::size_t piece,
                const std::function<void(std::size_t, std::size_t)>& job) {
  run((n + piece - 1) / piece, [&](std::size_t i) { job(i * piece, std::min(n, (i + 1) * piece)); });
}

EvidenceEntries::EvidenceEntries(const Evidence& evidence, const RunJobs& run) {
  hash(evidence, run);
  std::size_t total = 0;
  for (const EvidenceLog& log : evidence.logs) total += log.entries.size();
  run(kParts, [&](std::size_t part) { find_distinct(evidence, part, total); });
}

void EvidenceEntries::find_distinct(const Evidence& evidence, std::size_t part, std::size_t total) {
  auto& [entries, nodes] = parts_[part];
  nodes.reserve(total / kParts);
  std::unordered_map<LeafHash, std::uint32_t> known;
  // A record usually stands in several logs.
  known.reserve(total / kParts / 2 + 1);
  for (std::uint32_t log = 0; log < evidence.logs.size(); ++log)
    for (std::uint32_t index = 0; index < evidence.logs[log].entries.size(); ++index) {
      const LeafHash& leaf = leaves_[log][index];
      if (leaf.hash.bytes.back() % kParts != part) continue;
      const auto [place, added] = known.try_emplace(leaf, static_cast<std::uint32_t>(entries.size()));
      if (added) entries.push_back({evidence.logs[log].entries[index], std::uint64_t{log} << 32 | index, kNone});
      Distinct& entry = entries[place->second];
      // Where a log repeats an entry, only its first place says anything.
      if (entry.last != kNone && nodes[entry.last].place.log == log) continue;
      nodes.push_back({{log, index}, entry.last});
      entry.last = static_cast<std::uint32_t>(nodes.size() - 1);
    }
}

void EvidenceEntries::hash(const Evidence& evidence, const RunJobs& run) {
  struct Piece {
    std::size_t log, first, end;
  };
  std::vector<Piece> pieces;
  leaves_.resize(evidence.logs.size());
  for (std::size_t log = 0; log < evidence.logs.size(); ++log) {
    const std::size_t size = evidence.logs[log].entries.size();
    leaves_[log].resize(size);
    for (std::size_t first = 0; first < size; first += kHashPiece)
      pieces.push_back({log, first, std::min(size, first + kHashPiece)});
  }
  run(pieces.size(), [&](std::size_t i) {
    const Piece& piece = pieces[i];
    for (std::size_t index = piece.first; index < piece.end; ++index)
      leaves_[piece.log][index] = leaf_hash(evidence.logs[piece.log].entries[index]);
  });
}

std::optional<RecordId> agreement_of_entry(BytesView entry) {
  // As this program writes them: the agreement is the first member. Then nothing else can be meant, since no name may
  // stand there twice.
  constexpr std::string_view kMember = "{\"agreement\":\"";
  const std::size_t line = entry.find('\n');
  if (line == entry.npos) return std::nullopt;
  const BytesView body = entry.substr(line + 1);
  if (body.starts_with(kMember) && body.size() > kMember.size() + 64 && body[kMember.size() + 64] == '"')
    if (auto id = hash_from_hex(body.substr(kMember.size(), 64))) return RecordId{*id};
  auto parsed = parse_notice_entry(entry);
  if (!parsed) return std::nullopt;
  return parsed->record.agreement.value_or(parsed->id);
}

}  // namespace scrutineer

#include "app/log/reader.h"

#include "app/log/reader_state.h"
#include "core/record/record.h"

namespace scrutineer {
namespace {

tl::unexpected<Error> beyond() {
  return fail(ErrorCode::invalid_argument, "the log is not that large yet");
}

}  // namespace

LogReader::LogReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
LogReader::~LogReader() = default;

Result<std::unique_ptr<LogReader>> LogReader::open(Disk& disk, const std::string& path) {
  auto state = std::make_unique<State>(disk, path);
  SCRUTINEER_TRY(VerifierKey key, read_store(disk, state->layout));
  SCRUTINEER_CHECKED(state->open(std::move(key)));
  state->advance(std::make_shared<Snapshot>());  // the empty tree: refresh() replaces it
  std::unique_ptr<LogReader> reader(new LogReader(std::move(state)));
  SCRUTINEER_CHECKED(reader->refresh());
  if (reader->checkpoint().note.signatures.empty())
    return fail(ErrorCode::corrupt, "no checkpoint; open the log for writing once", path);
  return reader;
}

const VerifierKey& LogReader::key() const {
  return state_->key;
}
SignedCheckpoint LogReader::checkpoint() const {
  return state_->snapshot()->checkpoint;
}
std::uint64_t LogReader::size() const {
  return state_->snapshot()->size();
}

Status LogReader::refresh() {
  SCRUTINEER_TRY(auto checkpoint, read_checkpoint_file(state_->disk, state_->layout, state_->key));
  SnapshotPtr now = state_->snapshot();
  if (!checkpoint) return {};
  std::uint64_t size = checkpoint->checkpoint.size;
  bool first = now->checkpoint.note.signatures.empty();
  if (!first && size <= now->size()) return {};
  SCRUTINEER_TRY(Frontier frontier, frontier_at(*state_->nodes, size));
  if (frontier.root() != checkpoint->checkpoint.root) return state_->damaged("the root does not re-hash");
  SCRUTINEER_TRY(MerkleProof proof, scrutineer::consistency_proof(*state_->nodes, now->size(), frontier));
  if (!verify_consistency(now->size(), size, now->frontier.root(), frontier.root(), proof))
    return state_->damaged("the checkpoint does not continue the one before");
  state_->advance(std::make_shared<Snapshot>(Snapshot{std::move(*checkpoint), std::move(frontier)}));
  return {};
}

Result<Bytes> LogReader::entry(std::uint64_t index) const {
  if (index >= size()) return beyond();
  Bytes out;
  SCRUTINEER_CHECKED(
      read_entries(*state_->entries, *state_->columns, index, index + 1, [&](std::uint64_t, const Frame& frame) {
        out = frame.payload;
        return Status{};
      }));
  return out;
}

Status LogReader::entries(std::uint64_t begin, std::uint64_t end, const Visit& visit) const {
  if (begin > end || end > size()) return beyond();
  return read_entries(*state_->entries, *state_->columns, begin, end,
                      [&](std::uint64_t index, const Frame& frame) { return visit(index, frame.payload); });
}

Result<LeafHash> LogReader::entry_id(std::uint64_t index) const {
  SCRUTINEER_TRY(Bytes bytes, entry(index));  // the hash of what is there, not what a column says of it
  return leaf_hash(bytes);
}

Result<NodeHash> LogReader::root(std::uint64_t size) const {
  SCRUTINEER_TRY(Frontier at, state_->frontier(size));
  return at.root();
}

Result<MerkleProof> LogReader::inclusion_proof(std::uint64_t index, std::uint64_t size) const {
  SCRUTINEER_TRY(Frontier at, state_->frontier(size));
  SCRUTINEER_TRY(MerkleProof proof, scrutineer::inclusion_proof(*state_->nodes, index, at));
  NodeHash leaf;
  SCRUTINEER_CHECKED(state_->columns->read(0, index, {&leaf, 1}));
  if (!verify_inclusion(LeafHash{leaf.hash}, index, size, proof, at.root()))
    return state_->damaged("no inclusion proof for entry " + std::to_string(index));
  return proof;
}

Result<MerkleProof> LogReader::consistency_proof(std::uint64_t a, std::uint64_t b) const {
  if (a > b) return fail(ErrorCode::invalid_argument, "a consistency proof goes from a smaller size to a larger one");
  SCRUTINEER_TRY(Frontier at_a, state_->frontier(a));
  SCRUTINEER_TRY(Frontier at_b, state_->frontier(b));
  SCRUTINEER_TRY(MerkleProof proof, scrutineer::consistency_proof(*state_->nodes, a, at_b));
  if (!verify_consistency(a, b, at_a.root(), at_b.root(), proof))
    return state_->damaged("no consistency proof from " + std::to_string(a) + " to " + std::to_string(b));
  return proof;
}

namespace {

bool carries(const RecordId& id, BytesView entry) {
  auto note = parse_note_view(entry);
  return note && record_id(note->text) == id;
}

}  // namespace

Result<std::vector<std::uint64_t>> LogReader::find(const RecordId& id) const {
  SnapshotPtr now = state_->snapshot();
  SCRUTINEER_TRY(auto positions, state_->find(id.hash, IdKind::record, now->size()));
  std::vector<std::uint64_t> out;
  for (std::uint64_t position : positions) {
    SCRUTINEER_TRY(Bytes bytes, entry(position));
    if (carries(id, bytes)) out.push_back(position);
  }
  return out;
}

Result<std::vector<std::uint64_t>> LogReader::find(const LeafHash& id) const {
  SnapshotPtr now = state_->snapshot();
  SCRUTINEER_TRY(auto positions, state_->find(id.hash, IdKind::entry, now->size()));
  std::vector<std::uint64_t> out;
  for (std::uint64_t position : positions) {
    SCRUTINEER_TRY(LeafHash leaf, entry_id(position));
    if (leaf == id) out.push_back(position);
  }
  return out;
}

Result<std::vector<std::uint64_t>> LogReader::published_sizes() const {
  return state_->published.sizes();
}
Result<std::optional<Bytes>> LogReader::first_published_covering(std::uint64_t index) const {
  return state_->published.first_covering(index);
}
Result<std::optional<Bytes>> LogReader::last_published() const {
  return state_->published.last();
}

}  // namespace scrutineer

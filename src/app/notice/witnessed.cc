#include "app/notice/witnessed.h"

#include <algorithm>

#include "core/base/limits.h"

namespace scrutineer {
namespace {

constexpr std::size_t kNotesBeforeRewrite = 1'024;
constexpr std::size_t kTimeBytes = 8;

}  // namespace

void append_framed(Bytes& out, BytesView note) {
  append_be32(out, static_cast<std::uint32_t>(note.size()));
  out.append(note);
}

std::vector<BytesView> framed_notes(BytesView bytes, std::size_t* used) {
  std::vector<BytesView> notes;
  std::size_t at = 0;
  while (bytes.size() - at >= 4) {
    const std::size_t size = read_be32(bytes.data() + at);
    if (size == 0 || size > limits::kCheckpointBytes || bytes.size() - at - 4 < size) break;
    notes.push_back(bytes.substr(at + 4, size));
    at += 4 + size;
  }
  if (used) *used = at;
  return notes;
}

// C2SP tlog-cosignature: be64(time) || signature.
std::optional<std::int64_t> stated_time(const NoteSignature& line) {
  if (line.signature.size() <= kTimeBytes) return std::nullopt;
  const std::uint64_t time = read_be64(line.signature.data());
  if (time > static_cast<std::uint64_t>(INT64_MAX)) return std::nullopt;
  return static_cast<std::int64_t>(time);
}

Result<WitnessedList> WitnessedList::open(Disk& disk, const std::string& path, const VerifierKey& log) {
  WitnessedList list(disk, path, log);
  SCRUTINEER_TRY(list.file_, disk.open(path, OpenMode::create));
  SCRUTINEER_TRY(Bytes bytes, read_file(disk, path, kWitnessedBytes));
  std::size_t used = 0;
  for (BytesView note : framed_notes(bytes, &used)) {
    auto checkpoint = parse_checkpoint(note);
    if (!checkpoint || checkpoint->checkpoint.origin != log.name) continue;
    std::vector<Line> lines;
    for (const NoteSignature& line : checkpoint->note.signatures)
      if (auto time = line.name == log.name ? std::nullopt : stated_time(line)) lines.push_back({line, *time});
    list.merge(*checkpoint, lines);
    ++list.appended_;
  }
  list.end_ = used;
  if (used < bytes.size()) SCRUTINEER_CHECKED(list.file_->truncate(used));
  return list;
}

bool WitnessedList::merge(const SignedCheckpoint& checkpoint, const std::vector<Line>& lines) {
  auto [place, added] = sizes_.try_emplace(checkpoint.checkpoint.size);
  Size& size = place->second;
  bool news = added;
  if (added) {
    size.text = checkpoint.note.text;
    size.root = checkpoint.checkpoint.root;
  }
  for (const NoteSignature& line : checkpoint.note.signatures)
    if (line.name == log_.name) size.log = line;
  for (const Line& line : lines) {
    auto [said, first] = size.witnesses.try_emplace({line.signature.name, line.signature.id}, Said{line, line});
    news |= first || line.time < said->second.first.time || line.time > said->second.last.time;
    if (line.time < said->second.first.time) said->second.first = line;
    if (line.time > said->second.last.time) said->second.last = line;
  }
  return news;
}

Result<bool> WitnessedList::add(const SignedCheckpoint& checkpoint, const std::vector<VerifierKey>& witnesses,
                                bool verified) {
  if (auto root = root_at(checkpoint.checkpoint.size); root && *root != checkpoint.checkpoint.root)
    return fail(ErrorCode::conflict, "the log shows two roots at one size: it has forked", log_.name);
  std::vector<Line> lines;
  const auto known = sizes_.find(checkpoint.checkpoint.size);
  for (const NoteSignature& line : checkpoint.note.signatures) {
    auto time = stated_time(line);
    if (line.name == log_.name || !time) continue;
    if (known != sizes_.end()) {  // what adds nothing needs no verifying
      auto said = known->second.witnesses.find({line.name, line.id});
      if (said != known->second.witnesses.end() && said->second.first.time <= *time && *time <= said->second.last.time)
        continue;
    }
    const bool good = verified || std::any_of(witnesses.begin(), witnesses.end(), [&](const VerifierKey& key) {
                        return key.name == line.name && key.id == line.id &&
                               verify_cosignature(checkpoint.note.text, line, key).has_value();
                      });
    if (good) lines.push_back({line, *time});
  }
  if (!merge(checkpoint, lines)) return false;
  SignedNote note{checkpoint.note.text, {}};
  note.signatures.push_back(sizes_.at(checkpoint.checkpoint.size).log);
  for (const Line& line : lines) note.signatures.push_back(line.signature);
  SCRUTINEER_CHECKED(append(to_bytes(note)));
  return true;
}

Status WitnessedList::append(const Bytes& note) {
  if (++appended_ > kNotesBeforeRewrite && appended_ > 4 * sizes_.size()) return rewrite();
  Bytes framed;
  append_framed(framed, note);
  if (end_ + framed.size() > kWitnessedBytes)
    return fail(ErrorCode::limit_exceeded, "more checkpoints than one log may have here", path_);
  SCRUTINEER_CHECKED(file_->write_at(end_, framed));
  end_ += framed.size();
  return {};
}

Status WitnessedList::rewrite() {
  Bytes all;
  appended_ = 0;
  for (const Bytes& note : notes_from(0)) append_framed(all, note), ++appended_;
  SCRUTINEER_CHECKED(write_file(*disk_, path_, all, Durability::durable));
  SCRUTINEER_TRY(file_, disk_->open(path_, OpenMode::read_write));
  end_ = all.size();
  return {};
}

std::vector<Bytes> WitnessedList::notes_of(const Size& size) const {
  SignedNote first{size.text, {size.log}}, last{size.text, {size.log}};
  bool differ = false;
  for (const auto& [name, said] : size.witnesses) {
    first.signatures.push_back(said.first.signature);
    if (said.last.time == said.first.time) continue;
    last.signatures.push_back(said.last.signature);
    differ = true;
  }
  std::vector<Bytes> notes{to_bytes(first)};
  if (differ) notes.push_back(to_bytes(last));
  return notes;
}

std::vector<Bytes> WitnessedList::notes_from(std::uint64_t size, std::size_t bytes) const {
  std::vector<Bytes> notes;
  std::size_t sum = 0;
  for (auto at = sizes_.lower_bound(size); at != sizes_.end() && sum < bytes; ++at)
    for (Bytes& note : notes_of(at->second)) {
      sum += note.size();
      notes.push_back(std::move(note));
    }
  return notes;
}

std::optional<NodeHash> WitnessedList::root_at(std::uint64_t size) const {
  auto found = sizes_.find(size);
  if (found == sizes_.end()) return std::nullopt;
  return found->second.root;
}

std::uint64_t WitnessedList::largest() const {
  return sizes_.empty() ? 0 : sizes_.rbegin()->first;
}

std::int64_t WitnessedList::seen_until(std::uint64_t size, const std::vector<VerifierKey>& witnesses,
                                       std::size_t quorum) const {
  std::vector<std::int64_t> times;
  for (const VerifierKey& witness : witnesses) {
    std::optional<std::int64_t> last;
    for (const auto& [at, one] : sizes_) {
      if (at > size) break;
      const auto said = one.witnesses.find({witness.name, witness.id});
      if (said != one.witnesses.end()) last = std::max(last.value_or(INT64_MIN), said->second.last.time);
    }
    if (last) times.push_back(*last);
  }
  std::sort(times.begin(), times.end(), std::greater<>());
  return quorum == 0 || times.size() < quorum ? INT64_MIN : times[quorum - 1];
}

std::size_t WitnessedList::witnesses_of(std::uint64_t size) const {
  auto found = sizes_.find(size);
  return found == sizes_.end() ? 0 : found->second.witnesses.size();
}

std::int64_t WitnessedList::last_time() const {
  std::int64_t last = 0;
  for (const auto& [name, said] :
       sizes_.empty() ? std::map<std::pair<std::string, KeyId>, Said>() : sizes_.rbegin()->second.witnesses)
    last = std::max(last, said.last.time);
  return last;
}

}  // namespace scrutineer

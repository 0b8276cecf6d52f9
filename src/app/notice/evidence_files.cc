// Everything that this node can show, as files for a verifier (docs/formats/evidence.md).
#include <algorithm>

#include "app/notice/node_core.h"
#include "app/notice/routing.h"
#include "core/base/limits.h"
#include "core/notice/evidence.h"
#include "core/record/disclosure.h"

namespace scrutineer {
namespace {

// One log's bytes, which its views are into.
struct HeldLog {
  std::string origin;
  std::vector<Bytes> entries, checkpoints;
};

EvidenceLog view_of(const HeldLog& held) {
  return {held.origin, {held.entries.begin(), held.entries.end()}, {held.checkpoints.begin(), held.checkpoints.end()}};
}

Result<HeldLog> copied_log(const LogCopy& copy) {
  HeldLog held{copy.log().name, {}, copy.checkpoints()};
  SCRUTINEER_TRY(Bytes framed, copy.entries_framed());
  for (BytesView rest = framed; rest.size() >= 2;) {
    const std::size_t size = read_be16(rest.data());
    if (rest.size() - 2 < size) return fail(ErrorCode::corrupt, "a copy of a log was cut short", held.origin);
    held.entries.emplace_back(rest.substr(2, size));
    rest.remove_prefix(2 + size);
  }
  return held;
}

// Checkpoints that contradict a copy: each file holds what was served and what it contradicts. As copies of their own.
void add_forks(Disk& disk, const std::string& directory, const std::string& origin, std::vector<HeldLog>& logs) {
  auto names = disk.list(directory + "/forks");
  if (!names) return;
  for (const std::string& name : *names) {
    auto bytes = read_file(disk, directory + "/forks/" + name, 2 * limits::kCheckpointBytes + 8);
    if (!bytes) continue;
    HeldLog held{origin, {}, {}};
    for (BytesView note : framed_notes(*bytes)) held.checkpoints.emplace_back(note);
    logs.push_back(std::move(held));
  }
}

}  // namespace

Status NodeCore::write_evidence(const NoticeNode::EvidenceRequest& request, const std::string& directory) {
  if (auto there = disk_.list(directory); there && !there->empty())
    return fail(ErrorCode::conflict, "evidence is written into a folder of its own", directory);

  // 1. The own log, as far as it is acknowledged, with what witnesses said.
  std::vector<HeldLog> logs(1);
  logs[0].origin = keys_.log.name;
  const SignedCheckpoint newest = ledger_->log().checkpoint();
  SCRUTINEER_CHECKED(ledger_->log().entries(0, newest.checkpoint.size, [&](std::uint64_t, BytesView entry) {
    logs[0].entries.emplace_back(entry);
    return Status{};
  }));
  {
    std::lock_guard lock(witness_mutex_);
    for (Bytes& note : witnessed_->notes_from(0))
      if (parse_checkpoint(note)->checkpoint.size <= newest.checkpoint.size)
        logs[0].checkpoints.push_back(std::move(note));
  }
  logs[0].checkpoints.push_back(to_bytes(newest.note));

  // 2. Which agreements, whose logs, which contents.
  std::set<std::string> names;
  std::vector<BlobHash> hashes;
  {
    auto lock = ledger_->reading();
    const NoticeBook& book = ledger_->book();
    auto chosen = [&](const RecordId& id) {
      return request.agreements.empty() ||
             std::find(request.agreements.begin(), request.agreements.end(), id) != request.agreements.end();
    };
    for (const RecordId& id : request.agreements)
      if (book.agreement(id) == nullptr) return fail(ErrorCode::not_found, "no such agreement is here", to_hex(id));
    for (const AgreementState* agreement : book.agreements())
      if (chosen(agreement->id))
        for (const PeerAddress& peer : peers_of(agreement->terms, keys_.log)) names.insert(peer.log.name);
    for (const BookedNotice& record : book.records()) {
      const SealedContent* content = content_of(record.record);
      if (content && chosen(*record.record.agreement)) hashes.push_back(content->ciphertext.sha256);
    }
  }
  // Also those that this node has not asked since it was opened.
  std::vector<Peered*> peers;
  {
    std::lock_guard lock(peers_mutex_);
    for (const auto& [name, peer] : peers_)
      if (names.contains(name)) peers.push_back(peer.get());
  }
  std::vector<const LogCopy*> copies;
  for (Peered* peer : peers) {
    SCRUTINEER_CHECKED(open_copy(*peer));
    copies.push_back(peer->copy.get());
  }
  for (const LogCopy* copy : copies) {
    if (copy->size() == 0) continue;
    SCRUTINEER_TRY(HeldLog held, copied_log(*copy));
    logs.push_back(std::move(held));
    add_forks(disk_, options_.directory + "/copies/" + origin_hash(copy->log().name), copy->log().name, logs);
  }

  // 3. Contents: sealed as they travelled; opened only where that was asked for.
  std::vector<Bytes> ciphertexts, plaintexts, disclosures;
  for (const BlobHash& hash : hashes)
    if (auto blob = sealed_->get(hash)) ciphertexts.push_back(std::move(*blob));
  for (const RecordId& id : request.open) {
    SCRUTINEER_TRY(Bytes plaintext, open_content(id));
    plaintexts.push_back(std::move(plaintext));
  }
  for (const auto& [id, name] : request.disclose) {
    SCRUTINEER_TRY(Bytes plaintext, open_content(id));
    SCRUTINEER_TRY(Payload payload, read_payload(plaintext));
    wipe(plaintext);
    bool found = false;
    for (const std::string& disclosure : payload.disclosures) {
      auto disclosed = read_disclosure(disclosure);
      if (!disclosed || disclosed->name != name) continue;
      disclosures.push_back(disclosure);
      found = true;
    }
    if (!found) return fail(ErrorCode::not_found, "the contents have no field of that name", name);
  }

  // 4. The files.
  Evidence evidence;
  for (const HeldLog& held : logs) evidence.logs.push_back(view_of(held));
  evidence.ciphertexts.assign(ciphertexts.begin(), ciphertexts.end());
  evidence.plaintexts.assign(plaintexts.begin(), plaintexts.end());
  evidence.disclosures.assign(disclosures.begin(), disclosures.end());
  std::set<std::string> made;
  for (EvidenceBytes& file : scrutineer::write_evidence(evidence)) {
    const std::string path = directory + "/" + file.path;
    if (made.insert(directory_of(path)).second) SCRUTINEER_CHECKED(disk_.make_directories(directory_of(path)));
    SCRUTINEER_CHECKED(write_file(disk_, path, file.bytes, Durability::cached));
  }
  for (const std::string& folder : made) SCRUTINEER_CHECKED(disk_.sync_directory(folder));
  return {};
}

}  // namespace scrutineer

#include "app/witness/service.h"

#include "core/base/limits.h"
#include "core/crypto/hash.h"

namespace scrutineer {
namespace {

constexpr std::size_t kForksKept = 64;  // of one log: one is enough to prove it

std::string checkpoint_file(const std::string& directory) {
  return directory + "/checkpoint";
}
std::string forks_directory(const std::string& directory) {
  return directory + "/forks";
}

// The log's own good signatures and nothing else: strangers' lines are not ours to pass on.
SignedNote without_strangers(const SignedNote& note, std::span<const VerifierKey> logs) {
  SignedNote out{note.text, {}};
  for (const NoteSignature& signature : note.signatures)
    for (const VerifierKey& key : logs)
      if (verify_note_signature(note.text, signature, key)) out.signatures.push_back(signature);
  return out;
}

}  // namespace

Result<std::unique_ptr<WitnessService>> WitnessService::open(Disk& disk, const std::string& directory,
                                                             std::vector<VerifierKey> logs, const NamedKey& key,
                                                             Clock& clock) {
  if (key.vkey.key.type != KeyType::cosignature_ed25519)
    return fail(ErrorCode::invalid_argument, "a witness needs a key of its own: scrutineer key new --cosigner");
  std::unique_ptr<WitnessService> service(new WitnessService(disk, std::move(logs), clock));
  service->vkey_ = key.vkey;
  SCRUTINEER_TRY(service->signer_, make_signer(key.secret));
  SCRUTINEER_CHECKED(disk.make_directories(directory));
  SCRUTINEER_TRY(service->lock_, disk.lock(directory + "/lock", "scrutineer witness " + key.vkey.name));
  for (const VerifierKey& log : service->logs_) {
    auto& origin = service->origins_[origin_hash(log.name)];
    if (origin) continue;  // a second key of the same log
    origin = std::make_unique<Origin>();
    origin->name = log.name;
    origin->directory = directory + "/" + origin_hash(log.name);
    SCRUTINEER_CHECKED(disk.make_directories(forks_directory(origin->directory)));
    SCRUTINEER_CHECKED(disk.sync_directory(origin->directory));
    SCRUTINEER_CHECKED(service->read(*origin));
  }
  SCRUTINEER_CHECKED(disk.sync_directory(directory));
  return service;
}

Status WitnessService::read(Origin& origin) const {
  SCRUTINEER_TRY(std::vector<std::string> forks, disk_.list(forks_directory(origin.directory)));
  origin.forks = forks.size();
  const std::string path = checkpoint_file(origin.directory);
  SCRUTINEER_TRY(bool there, disk_.exists(path));
  if (!there) return {};
  SCRUTINEER_TRY(Bytes note, read_file(disk_, path, limits::kCheckpointBytes));
  auto checkpoint = parse_checkpoint(note);
  if (!checkpoint || checkpoint->checkpoint.origin != origin.name)
    return fail(ErrorCode::corrupt,
                "what this witness has cosigned is damaged; it must not begin anew, or it could be used to hide a "
                "fork: bring the file back, or give the witness a new key",
                path);
  for (const NoteSignature& signature : checkpoint->note.signatures) {
    if (signature.name != vkey_.name || signature.id != vkey_.id) continue;
    SCRUTINEER_TRY(origin.time, verify_cosignature(checkpoint->note.text, signature, vkey_));
    origin.last = std::move(*checkpoint);
    return {};
  }
  return fail(ErrorCode::conflict, "this directory belongs to another witness than " + vkey_.name, path);
}

Result<WitnessDecision> WitnessService::add_checkpoint(BytesView body) {
  auto request = parse_add_checkpoint(body);
  if (!request) return refuse_request(request.error());
  auto found = origins_.find(origin_hash(request->checkpoint.checkpoint.origin));
  if (found == origins_.end()) return decide(logs_, std::nullopt, *request);
  // "checking the old size against the latest checkpoint and persisting the new checkpoint must be performed
  // atomically": nobody else judges this log until the answer stands.
  std::lock_guard lock(found->second->mutex);
  return judge(*found->second, *request);
}

Result<WitnessDecision> WitnessService::judge(Origin& origin, const AddCheckpoint& request) {
  if (origin.stopped)
    return fail(ErrorCode::io_error, "an earlier write failed: this log is witnessed again after a restart",
                origin.directory);
  std::optional<Checkpoint> last;
  if (origin.last) last = origin.last->checkpoint;
  WitnessDecision decision = decide(logs_, last, request);
  if (decision.evidence != WitnessDecision::Evidence::none) keep_evidence(origin, request, decision.evidence);
  if (decision.status != WitnessStatus::cosigned) return decision;
  SCRUTINEER_CHECKED(store(origin, request, decision));
  return decision;
}

// "The witness MUST persist the new checkpoint before responding."
Status WitnessService::store(Origin& origin, const AddCheckpoint& request, WitnessDecision& decision) {
  UnixSeconds now = clock_.now();
  // "The cosignature MUST NOT omit the timestamp, i.e. the timestamp MUST NOT be zero."
  if (now.value <= 0) return fail(ErrorCode::io_error, "this machine's clock is not set: nothing is cosigned");
  SignedCheckpoint next{request.checkpoint.checkpoint, without_strangers(request.checkpoint.note, logs_)};
  NoteSignature line;
  {
    std::lock_guard lock(signer_mutex_);
    SCRUTINEER_TRY(line, cosign(next.note.text, vkey_.name, now, *signer_));
  }
  next.note.signatures.push_back(line);
  if (auto written = write_file(disk_, checkpoint_file(origin.directory), to_bytes(next.note), Durability::durable);
      !written) {
    origin.stopped = true;
    return written;
  }
  origin.last = std::move(next);
  origin.time = now;
  append_signature_line(decision.body, line);
  return {};
}

// Helps people later; where it cannot be written the refusal stands all the same.
void WitnessService::keep_evidence(Origin& origin, const AddCheckpoint& request, WitnessDecision::Evidence evidence) {
  Bytes note = to_bytes(without_strangers(request.checkpoint.note, logs_));
  if (evidence == WitnessDecision::Evidence::unproven) {
    (void)write_file(disk_, origin.directory + "/refused", note, Durability::cached);
    return;
  }
  if (origin.forks >= kForksKept) return;
  const std::string path = forks_directory(origin.directory) + "/" + to_hex(sha256(request.checkpoint.note.text));
  auto there = disk_.exists(path);
  if (there && !*there && write_file(disk_, path, note, Durability::durable)) ++origin.forks;
}

std::vector<WitnessedLog> WitnessService::logs() const {
  std::vector<WitnessedLog> out;
  for (const auto& [hash, origin] : origins_) {
    std::lock_guard lock(origin->mutex);
    WitnessedLog log{origin->name, std::nullopt, origin->time, origin->forks};
    if (origin->last) log.last = origin->last->checkpoint;
    out.push_back(std::move(log));
  }
  return out;
}

std::optional<Bytes> WitnessService::checkpoint(std::string_view origin_hash) const {
  auto found = origins_.find(origin_hash);
  if (found == origins_.end()) return std::nullopt;
  std::lock_guard lock(found->second->mutex);
  if (!found->second->last) return std::nullopt;
  return to_bytes(found->second->last->note);
}

}  // namespace scrutineer

#include "app/mirror/restore.h"

#include <sys/stat.h>

#include <algorithm>
#include <mutex>
#include <set>

#include "app/log/log.h"
#include "app/mirror/copy.h"
#include "app/projection/log_directory.h"
#include "core/authority/trust.h"
#include "core/base/limits.h"
#include "core/crypto/hash.h"
#include "core/crypto/secret.h"
#include "core/merkle/policy.h"
#include "core/record/record.h"
#include "core/verify/manifest.h"

namespace scrutineer {
namespace {

// Entries and bytes between two waits for the log: below its queue's limits.
constexpr std::size_t kEntriesAtOnce = 8'192;
constexpr std::size_t kBytesAtOnce = 16u << 20;

class Restore {
 public:
  Restore(Disk& disk, const NamedKey& log_key, const std::optional<Bytes>& key_file, const RestoreOptions& options)
      : disk_(disk),
        log_key_(log_key),
        key_file_(key_file),
        options_(options),
        directory_(options.log_directory + ".restoring"),
        writer_(disk, directory_) {}

  Result<Restored> run() {
    // 1. Whether it may be done at all.
    SCRUTINEER_CHECKED(check_target());
    SCRUTINEER_CHECKED(read_checkpoint());
    // 2. Whether the copy is what it says. Nothing has been written so far.
    SCRUTINEER_CHECKED(check_entries());
    SCRUTINEER_CHECKED(check_blobs());
    // 3. All of it under another name, then the name.
    Status made = make();
    if (made) made = put_in_place();
    if (!made) {
      log_.reset();
      (void)remove_directory(disk_, directory_);
      return tl::unexpected(made.error());
    }
    return out_;
  }

 private:
  Status check_target() {
    SCRUTINEER_TRY(bool there, disk_.exists(options_.log_directory));
    if (!there) return {};
    SCRUTINEER_TRY(std::vector<std::string> names, disk_.list(options_.log_directory));
    if (names.empty()) return {};
    return fail(ErrorCode::conflict,
                "something is here already, and nothing is overwritten: give another name, or "
                "move it away",
                options_.log_directory);
  }

  Status read_checkpoint() {
    SCRUTINEER_TRY(Policy policy, parse_policy(options_.trust.policy));
    SCRUTINEER_CHECKED(parse_roots(options_.trust.roots).map([](const Roots&) {}));
    SCRUTINEER_TRY(election_, parse_election_file(options_.trust.election));
    const std::string path = options_.from + "/" + kCheckpointPath;
    SCRUTINEER_TRY(Bytes note, read_file(disk_, path, limits::kCheckpointBytes));
    SCRUTINEER_TRY(checkpoint_, parse_checkpoint(note));
    SCRUTINEER_CHECKED(evaluate(policy, checkpoint_).map([](const Witnessing&) {}));
    if (auto good = verify_checkpoint(checkpoint_, log_key_.vkey); !good)
      return fail(ErrorCode::conflict,
                  "the log key given, " + log_key_.vkey.name +
                      ", is not the one that signed this copy: " + good.error().message,
                  path);
    for (const SignedCheckpoint& seen : options_.seen) {
      SCRUTINEER_CHECKED(verify_checkpoint(seen, log_key_.vkey));
      if (seen.checkpoint.size > checkpoint_.checkpoint.size)
        return fail(ErrorCode::stale,
                    "a witness has seen " + std::to_string(seen.checkpoint.size) + " entries, and this copy has " +
                        std::to_string(checkpoint_.checkpoint.size) +
                        ": going on from it would fork the log. Find a newer copy.",
                    options_.from);
    }
    return {};
  }

  Status check_entries() {
    const Checkpoint& said = checkpoint_.checkpoint;
    Frontier tree;
    std::set<NamedBlob> blobs;
    SCRUTINEER_CHECKED(visit_copy(disk_, options_.from, said.size, [&](std::uint64_t index, BytesView entry) -> Status {
      tree.append(leaf_hash(entry));
      for (const SignedCheckpoint& seen : options_.seen)
        if (seen.checkpoint.size == tree.size() && seen.checkpoint.root != tree.root())
          return fail(ErrorCode::conflict,
                      "a witness has cosigned another root at " + std::to_string(tree.size()) +
                          " entries than this copy has: the log has forked",
                      options_.from);
      for (const NamedBlob& blob : blobs_named(entry)) blobs.insert(blob);
      note_definition(entry);
      if (options_.progress) options_.progress((index + 1) / 2, said.size);
      return {};
    }));
    if (tree.root() != said.root)
      return fail(
          ErrorCode::corrupt,
          "the entries of this copy do not make its signed checkpoint: it was changed or is damaged. Nothing was "
          "written",
          options_.from);
    if (said.size > 0 && !definition_)
      return fail(ErrorCode::conflict, "this log does not hold the definition that the trust directory names",
                  options_.from);
    blobs_.assign(blobs.begin(), blobs.end());
    return {};
  }

  void note_definition(BytesView entry) {
    if (definition_ || !entry.starts_with("scrutineer/definition/")) return;
    auto parsed = parse_entry(entry);
    if (!parsed || parsed->id != election_) return;
    if (auto* definition = std::get_if<Definition>(&parsed->record.body)) definition_ = std::move(*definition);
  }

  Result<Bytes> read_blob(const NamedBlob& blob) const {
    const std::string path = options_.from + "/" + blob_path(blob.hash);
    SCRUTINEER_TRY(Bytes bytes, read_file(disk_, path, limits::kBlobBytes));
    if (blob_hash(bytes) != blob.hash) return fail(ErrorCode::corrupt, "this blob is not what its name says", path);
    return bytes;
  }

  Status check_blobs() {
    std::erase_if(blobs_, [&](const NamedBlob& blob) {
      auto there = disk_.exists(options_.from + "/" + blob_path(blob.hash));
      if (!there || !*there) ++out_.blobs_missing;
      return !there || !*there;
    });
    for (const NamedBlob& blob : blobs_) SCRUTINEER_CHECKED(read_blob(blob).map([](const Bytes&) {}));
    if (!definition_) return {};
    // Without its tables no election can be counted.
    return load_election(disk_, options_.from, election_, *definition_).map([](const Election&) {});
  }

  Status make() {
    SCRUTINEER_CHECKED(remove_directory(disk_, directory_));  // of a restoring that was broken off
    SCRUTINEER_CHECKED(disk_.make_directories(directory_));
    SCRUTINEER_CHECKED(writer_.write("trust/policy", options_.trust.policy));
    SCRUTINEER_CHECKED(writer_.write("trust/roots", options_.trust.roots));
    SCRUTINEER_CHECKED(writer_.write("trust/election", options_.trust.election));
    for (const NamedBlob& blob : blobs_) {
      SCRUTINEER_TRY(Bytes bytes, read_blob(blob));
      SCRUTINEER_CHECKED(writer_.write(blob_path(blob.hash), bytes));
      ++out_.blobs;
    }
    if (key_file_) SCRUTINEER_CHECKED(write_key());
    SCRUTINEER_CHECKED(fill_log());
    SCRUTINEER_CHECKED(list_published());
    Status settled = log_->settle();
    log_.reset();
    return settled;
  }

  // Readable by its owner alone.
  Status write_key() {
    const mode_t before = ::umask(077);
    Status written = writer_.write("log.key", *key_file_);
    ::umask(before);
    return written;
  }

  Status fill_log() {
    SCRUTINEER_TRY(signer_, make_signer(log_key_.secret));
    SCRUTINEER_TRY(log_, Log::create(disk_, store_path(directory_), log_key_.vkey.name, *signer_));
    const Checkpoint& said = checkpoint_.checkpoint;
    std::size_t entries = 0, bytes = 0;
    SCRUTINEER_CHECKED(visit_copy(disk_, options_.from, said.size, [&](std::uint64_t index, BytesView entry) -> Status {
      SCRUTINEER_CHECKED(submit(entry));
      bytes += entry.size();
      if (++entries < kEntriesAtOnce && bytes < kBytesAtOnce) return {};
      entries = bytes = 0;
      if (options_.progress) options_.progress((said.size + index + 1) / 2, said.size);
      return log_->settle();
    }));
    SCRUTINEER_CHECKED(log_->settle());
    std::lock_guard lock(mutex_);
    if (error_) return tl::unexpected(*error_);
    // What was checked above was read again meanwhile: only the log's own root counts.
    const Checkpoint now = log_->checkpoint().checkpoint;
    if (now.size != said.size || now.root != said.root)
      return fail(ErrorCode::corrupt, "the copy changed while it was read", options_.from);
    out_.checkpoint = now;
    return {};
  }

  // Every entry as it stood, repeated ones too: the positions are part of the history.
  Status submit(BytesView entry) {
    std::optional<RecordId> id;
    if (entry.starts_with("scrutineer/"))
      if (auto note = parse_note_view(entry)) id = record_id(note->text);
    return log_->submit(
        Bytes(entry), id,
        [this](const Result<Appended>& appended) {
          std::lock_guard lock(mutex_);
          if (!appended && !error_) error_ = appended.error();
        },
        Log::Repeats::adds);
  }

  // Proofs are made against the first published checkpoint that covers their entry: those that the mirror saw.
  Status list_published() {
    if (checkpoint_.checkpoint.size == 0) return {};
    std::set<std::uint64_t> sizes;
    auto names = disk_.list(options_.from + "/checkpoints");
    if (names)
      for (const std::string& name : *names)
        if (auto size = parse_decimal(name); size && *size > 0 && *size < checkpoint_.checkpoint.size)
          sizes.insert(*size);
    for (std::uint64_t size : sizes) {
      SCRUTINEER_TRY(Bytes note, read_file(disk_, options_.from + "/checkpoints/" + std::to_string(size),
                                           limits::kCheckpointBytes));
      SCRUTINEER_CHECKED(log_->publish(note));
      ++out_.published;
    }
    ++out_.published;
    return log_->publish(to_bytes(checkpoint_.note));
  }

  Status put_in_place() {
    SCRUTINEER_CHECKED(disk_.sync_directory(directory_));
    SCRUTINEER_TRY(bool there, disk_.exists(options_.log_directory));
    if (there) SCRUTINEER_CHECKED(disk_.remove(options_.log_directory));  // empty, or this fails
    SCRUTINEER_CHECKED(disk_.rename(directory_, options_.log_directory));
    return disk_.sync_directory(directory_of(options_.log_directory));
  }

  Disk& disk_;
  const NamedKey& log_key_;
  const std::optional<Bytes>& key_file_;
  const RestoreOptions& options_;
  std::string directory_;
  CopyWriter writer_;
  SignedCheckpoint checkpoint_;
  RecordId election_;
  std::optional<Definition> definition_;
  std::vector<NamedBlob> blobs_;
  std::unique_ptr<Signer> signer_;
  std::mutex mutex_;
  std::optional<Error> error_;  // the first that the log's thread met; under mutex_
  std::unique_ptr<Log> log_;    // ends before what its thread writes to
  Restored out_;
};

}  // namespace

Result<Restored> restore_log(Disk& disk, const NamedKey& log_key, const std::optional<Bytes>& key_file,
                             const RestoreOptions& options) {
  std::string directory = options.log_directory;
  while (directory.size() > 1 && directory.ends_with('/')) directory.pop_back();
  RestoreOptions tidy = options;
  tidy.log_directory = directory;
  return Restore(disk, log_key, key_file, tidy).run();
}

}  // namespace scrutineer

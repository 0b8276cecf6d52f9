#include "app/cli/session.h"

#include <sys/stat.h>

#include "app/cli/terminal.h"
#include "app/threads/parallel.h"
#include "core/base/limits.h"
#include "core/crypto/secret.h"

namespace scrutineer::cli {

Result<NamedKey> load_key(Disk& disk, const std::string& path, const std::string& passphrase_file) {
  SCRUTINEER_TRY(Bytes text, read_file(disk, path, limits::kKeyFileBytes));
  auto file = parse_key_file(text);
  wipe(text);
  if (!file) return tl::unexpected(placed(file.error(), path));
  if (!file->encrypted) return open_key_file(*file, std::nullopt);
  SCRUTINEER_TRY(std::string passphrase, read_passphrase(passphrase_file, "Passphrase of " + file->vkey.name, false));
  auto key = open_key_file(*file, passphrase);
  wipe(passphrase);
  if (!key) return tl::unexpected(placed(key.error(), path));
  return std::move(*key);
}

Status save_key(Disk& disk, const std::string& path, BytesView text) {
  SCRUTINEER_TRY(bool there, disk.exists(path));
  if (there) return fail(ErrorCode::conflict, "this file is there already: a key is never overwritten", path);
  mode_t before = ::umask(077);
  Status written = write_file(disk, path, text, Durability::durable);
  ::umask(before);
  return written;
}

Result<std::unique_ptr<Session>> Session::open(const std::string& log_directory, const std::string& log_key,
                                               const std::string& passphrase_file) {
  auto session = std::make_unique<Session>();
  session->directory_ = log_directory;
  SCRUTINEER_TRY(NamedKey key,
                 load_key(session->disk_, log_key.empty() ? log_key_path(log_directory) : log_key, passphrase_file));
  SCRUTINEER_TRY(session->signer_, make_signer(key.secret));
  SCRUTINEER_TRY(session->log_, Log::open(session->disk_, store_path(log_directory), *session->signer_));
  return session;
}

Result<std::unique_ptr<Session>> Session::create(const std::string& log_directory, const NamedKey& log_key) {
  auto session = std::make_unique<Session>();
  session->directory_ = log_directory;
  SCRUTINEER_CHECKED(session->disk_.make_directories(log_directory));
  SCRUTINEER_TRY(session->signer_, make_signer(log_key.secret));
  SCRUTINEER_TRY(session->log_,
                 Log::create(session->disk_, store_path(log_directory), log_key.vkey.name, *session->signer_));
  return session;
}

void Session::use_election(Election election, Roots roots) {
  election_ = std::make_unique<Election>(std::move(election));
  roots_ = std::move(roots);
}

Status Session::start_intake() {
  if (!election_) {
    SCRUTINEER_TRY(TrustedElection trusted, read_trusted_election(disk_, directory_, log_->reader()));
    use_election(std::move(trusted.election), std::move(trusted.roots));
  }
  SCRUTINEER_TRY(intake_, Intake::open(*log_, *election_, roots_, default_threads()));
  return {};
}

Status Session::start_intake_with(const Bytes& entry) {
  if (intake_) return {};
  if (log_->reader().size() > 0) return start_intake();
  SCRUTINEER_TRY(TrustFiles trust, read_trust_directory(disk_, trust_path(directory_)));
  SCRUTINEER_TRY(Roots roots, parse_roots(trust.roots));
  SCRUTINEER_TRY(RecordId id, parse_election_file(trust.election));
  SCRUTINEER_TRY(ParsedEntry first, parse_entry(entry));
  auto* definition = std::get_if<Definition>(&first.record.body);
  if (!definition || first.id != id)
    return fail(ErrorCode::conflict,
                "the first record of a log is the definition that LOGDIR/trust names: " + to_hex(id));
  SCRUTINEER_TRY(Election election, load_election(disk_, directory_, id, std::move(*definition)));
  use_election(std::move(election), std::move(roots));
  return start_intake();
}

}  // namespace scrutineer::cli

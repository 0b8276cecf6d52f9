// A log directory opened for work: key, log, election, intake.
#pragma once

#include <memory>

#include "app/disk/posix_disk.h"
#include "app/disk/system.h"
#include "app/projection/intake.h"
#include "app/projection/log_directory.h"
#include "core/note/key_file.h"

namespace scrutineer::cli {

// Reads a key file; asks for the passphrase where it is encrypted.
Result<NamedKey> load_key(Disk& disk, const std::string& path, const std::string& passphrase_file);
// Writes a key file that only its owner can read. Refuses to overwrite (conflict).
Status save_key(Disk& disk, const std::string& path, BytesView text);

class Session {
 public:
  // Opens LOGDIR for writing with the log key at `log_key` (empty: LOGDIR/log.key).
  static Result<std::unique_ptr<Session>> open(const std::string& log_directory, const std::string& log_key,
                                               const std::string& passphrase_file);
  // A new LOGDIR with a log of that origin. `trust` is written beside it.
  static Result<std::unique_ptr<Session>> create(const std::string& log_directory, const NamedKey& log_key);

  // Reads trust and the definition, and folds. Before that only log() may be used.
  Status start_intake();
  // The same where the log is still empty and `entry` is the definition that is trusted, with its tables among the
  // blobs. Does nothing once the intake has started.
  Status start_intake_with(const Bytes& entry);

  PosixDisk& disk() { return disk_; }
  Log& log() { return *log_; }
  Intake& intake() { return *intake_; }
  const Election& election() const { return *election_; }
  const std::string& directory() const { return directory_; }
  void use_election(Election election, Roots roots);  // before its definition is in the log

 private:
  std::string directory_;
  PosixDisk disk_;
  std::unique_ptr<Signer> signer_;
  std::unique_ptr<Log> log_;
  Roots roots_;
  std::unique_ptr<Election> election_;
  std::unique_ptr<Intake> intake_;
};

}  // namespace scrutineer::cli

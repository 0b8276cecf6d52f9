// A log directory as the programs keep it: LOGDIR/store (the log), LOGDIR/blob (what records name by hash),
// LOGDIR/trust (what verifiers are given, kept here for the operator's own use) and, where the log signs unattended,
// LOGDIR/log.key.
#pragma once

#include <memory>

#include "app/log/reader.h"
#include "core/authority/trust.h"
#include "core/election/election.h"
#include "core/merkle/policy.h"
#include "core/verify/source.h"

namespace scrutineer {

std::string store_path(const std::string& log_directory);
std::string blob_file(const std::string& log_directory, const BlobHash& hash);
std::string trust_path(const std::string& log_directory);
std::string log_key_path(const std::string& log_directory);

// Writes a blob under its hash, durably; nothing where it is there already.
Status keep_blob(Disk& disk, const std::string& log_directory, BytesView bytes);

// A blob's bytes. Errors: those of reading; corrupt: what is there has another hash.
Result<Bytes> read_blob(Disk& disk, const std::string& log_directory, const BlobHash& hash, std::size_t limit);

// Without witnesses ("quorum none"): the first policy of a new log.
Status write_trust_directory(Disk& disk, const std::string& directory, const VerifierKey& log, const Roots& roots,
                             const RecordId& election);

// The definition that `id` names, found in the log, with its tables from the blobs.
Result<Election> read_election(Disk& disk, const std::string& log_directory, const LogReader& log, const RecordId& id);

// The roots and the election that LOGDIR/trust names.
struct TrustedElection {
  Roots roots;
  Election election;
};
Result<TrustedElection> read_trusted_election(Disk& disk, const std::string& log_directory, const LogReader& log);

// The same as read_election() from the definition itself.
Result<Election> load_election(Disk& disk, const std::string& log_directory, const RecordId& id, Definition definition);

}  // namespace scrutineer

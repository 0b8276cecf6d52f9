#include "app/projection/log_directory.h"

#include "core/base/limits.h"
#include "core/crypto/hash.h"
#include "core/record/record.h"
#include "core/verify/manifest.h"

namespace scrutineer {
namespace {

constexpr std::string_view kDefinition = "scrutineer/definition/";

Result<Definition> find_definition(const LogReader& log, const RecordId& id) {
  SCRUTINEER_TRY(auto positions, log.find(id));
  if (positions.empty()) return fail(ErrorCode::not_found, "the log does not hold the definition " + to_hex(id));
  SCRUTINEER_TRY(Bytes note, log.entry(positions.front()));
  SCRUTINEER_TRY(ParsedEntry entry, parse_entry(note));
  auto* definition = std::get_if<Definition>(&entry.record.body);
  if (!definition || entry.id != id) return fail(ErrorCode::conflict, "this record is no definition: " + to_hex(id));
  return std::move(*definition);
}

}  // namespace

std::string store_path(const std::string& log_directory) {
  return log_directory + "/store";
}
std::string trust_path(const std::string& log_directory) {
  return log_directory + "/trust";
}
std::string log_key_path(const std::string& log_directory) {
  return log_directory + "/log.key";
}
std::string blob_file(const std::string& log_directory, const BlobHash& hash) {
  return log_directory + "/" + blob_path(hash);
}

Result<Bytes> read_blob(Disk& disk, const std::string& log_directory, const BlobHash& hash, std::size_t limit) {
  const std::string path = blob_file(log_directory, hash);
  SCRUTINEER_TRY(Bytes bytes, read_file(disk, path, limit));
  if (blob_hash(bytes) != hash) return fail(ErrorCode::corrupt, "this file is not the one that a record names", path);
  return bytes;
}

Status keep_blob(Disk& disk, const std::string& log_directory, BytesView bytes) {
  std::string path = blob_file(log_directory, blob_hash(bytes));
  SCRUTINEER_TRY(bool there, disk.exists(path));
  if (there) return {};
  SCRUTINEER_CHECKED(disk.make_directories(directory_of(path)));
  return write_file(disk, path, bytes, Durability::durable);
}

Status write_trust_directory(Disk& disk, const std::string& directory, const VerifierKey& log, const Roots& roots,
                             const RecordId& election) {
  SCRUTINEER_CHECKED(disk.make_directories(directory));
  SCRUTINEER_CHECKED(
      write_file(disk, directory + "/policy", "log " + to_string(log) + "\nquorum none\n", Durability::durable));
  SCRUTINEER_CHECKED(write_file(disk, directory + "/roots", to_text(roots), Durability::durable));
  return write_file(disk, directory + "/election", to_hex(election) + "\n", Durability::durable);
}

Result<Election> read_election(Disk& disk, const std::string& log_directory, const LogReader& log, const RecordId& id) {
  SCRUTINEER_TRY(Definition definition, find_definition(log, id));
  return load_election(disk, log_directory, id, std::move(definition));
}

Result<TrustedElection> read_trusted_election(Disk& disk, const std::string& log_directory, const LogReader& log) {
  SCRUTINEER_TRY(TrustFiles trust, read_trust_directory(disk, trust_path(log_directory)));
  SCRUTINEER_TRY(Roots roots, parse_roots(trust.roots));
  SCRUTINEER_TRY(RecordId id, parse_election_file(trust.election));
  SCRUTINEER_TRY(Election election, read_election(disk, log_directory, log, id));
  return TrustedElection{std::move(roots), std::move(election)};
}

Result<Election> load_election(Disk& disk, const std::string& log_directory, const RecordId& id,
                               Definition definition) {
  Bytes tables[3];
  const BlobRef* blobs[] = {&definition.units, &definition.options, &definition.rules};
  for (std::size_t i = 0; i < 3; ++i) {
    SCRUTINEER_TRY(tables[i], read_file(disk, blob_file(log_directory, blobs[i]->sha256), limits::kBlobBytes));
  }
  return Election::build(id, std::move(definition), tables[0], tables[1], tables[2]);
}

}  // namespace scrutineer

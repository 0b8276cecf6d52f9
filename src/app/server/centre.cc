#include "app/server/centre.h"

#include <set>

#include "app/projection/intake.h"
#include "app/projection/log_directory.h"
#include "app/server/uplink.h"
#include "core/authority/grants.h"
#include "core/base/limits.h"

namespace scrutineer {
namespace {

constexpr std::size_t kBatch = 4'096;

bool overlap(UnitRange a, UnitRange b) {
  return a.first < b.end && b.first < a.end;
}

Bytes typed(const PublicKey& key) {
  return Bytes(1, static_cast<char>(key.type)) + key.bytes;
}

// Which entries of the server's log a centre begins with.
class Choice {
 public:
  Choice(const Election& election, UnitRange area) : election_(election), area_(area) {}

  void look(const ParsedEntry& entry) {
    if (const auto* compromised = std::get_if<Compromised>(&entry.record.body))
      compromised_.insert(typed(compromised->key.key));
  }

  bool wanted(const ParsedEntry& entry) {
    if (entry.record.type() == RecordType::definition) return entry.id == election_.id();
    if (const auto* revoke = std::get_if<Revoke>(&entry.record.body)) return grants_.contains(revoke->grant);
    const auto* grant = std::get_if<Grant>(&entry.record.body);
    if (!grant || compromised_.contains(typed(grant->key.key))) return false;
    auto coverage = resolve_scope(grant->scope, election_);
    if (!coverage) return false;
    for (UnitRange units : coverage->units)
      if (overlap(units, area_)) {
        grants_.insert(entry.id);
        return true;
      }
    return false;
  }

 private:
  const Election& election_;
  UnitRange area_;
  std::set<Bytes> compromised_;
  std::set<RecordId> grants_;
};

Result<std::vector<Bytes>> choose(const CentreSource& source, UnitRange area) {
  Choice choice(source.election, area);
  std::vector<Bytes> chosen;
  for (bool take : {false, true})
    SCRUTINEER_CHECKED(source.log.entries(0, source.log.size(), [&](std::uint64_t, BytesView note) -> Status {
      // Sheets are most of a log and are not parsed twice.
      if (note.starts_with("scrutineer/count-sheet/")) return {};
      auto entry = parse_entry(note);
      if (!entry) return {};
      if (!take)
        choice.look(*entry);
      else if (choice.wanted(*entry))
        chosen.emplace_back(note);
      return {};
    }));
  return chosen;
}

Status copy_tables(Disk& disk, const CentreSource& source, const std::string& to) {
  const Definition& definition = source.election.definition();
  for (const BlobRef* blob : {&definition.units, &definition.options, &definition.rules}) {
    SCRUTINEER_TRY(Bytes bytes, read_file(disk, blob_file(source.log_directory, blob->sha256), limits::kBlobBytes));
    SCRUTINEER_CHECKED(keep_blob(disk, to, bytes));
  }
  return {};
}

}  // namespace

Result<std::uint64_t> make_centre(Disk& disk, const CentreSource& source, const NamedKey& log_key,
                                  const NewCentre& centre) {
  auto area = source.election.tree().find_range(centre.area);
  if (!area) return fail(ErrorCode::not_found, "the election has no area " + centre.area);
  SCRUTINEER_TRY(std::vector<Bytes> entries, choose(source, *area));
  SCRUTINEER_CHECKED(disk.make_directories(centre.log_directory + "/private"));
  SCRUTINEER_CHECKED(copy_tables(disk, source, centre.log_directory));
  SCRUTINEER_CHECKED(
      write_trust_directory(disk, trust_path(centre.log_directory), log_key.vkey, source.roots, source.election.id()));
  SCRUTINEER_TRY(auto signer, make_signer(log_key.secret));
  SCRUTINEER_TRY(auto log, Log::create(disk, store_path(centre.log_directory), log_key.vkey.name, *signer));
  SCRUTINEER_TRY(auto intake, Intake::open(*log, source.election, source.roots, centre.threads));
  for (std::size_t begin = 0; begin < entries.size(); begin += kBatch) {
    std::size_t count = std::min(kBatch, entries.size() - begin);
    for (const auto& appended : intake->append(std::span(entries).subspan(begin, count)))
      if (!appended) return tl::unexpected(appended.error());
  }
  std::uint64_t base = log->reader().size();
  SCRUTINEER_CHECKED(write_link_file(disk, centre.log_directory, {base, false, {}, 0}));
  return base;
}

}  // namespace scrutineer

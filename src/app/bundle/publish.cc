#include "app/bundle/publish.h"

#include <algorithm>
#include <atomic>
#include <mutex>

#include "app/bundle/pages.h"
#include "app/bundle/writer.h"
#include "app/projection/log_directory.h"
#include "app/threads/parallel.h"
#include "app/ui/pages.h"
#include "app/ui/paths.h"
#include "core/base/limits.h"
#include "core/crypto/hash.h"
#include "core/merkle/tile.h"
#include "core/merkle/tlog_proof.h"
#include "core/results/claims.h"

namespace scrutineer {
namespace {

// The first error of several threads.
class FirstError {
 public:
  void keep(const Status& status) {
    if (status) return;
    std::lock_guard lock(mutex_);
    if (!error_) error_ = status.error();
  }
  Status status() const {
    if (error_) return tl::unexpected(*error_);
    return {};
  }
  explicit operator bool() {
    std::lock_guard lock(mutex_);
    return error_.has_value();
  }

 private:
  std::mutex mutex_;
  std::optional<Error> error_;
};

// Whether a claim in effect already says all that the log holds: then publishing again says nothing new.
const ClaimInEffect* standing_claim(const ElectionFold& fold) {
  if (fold.claims().empty()) return nullptr;
  const ClaimInEffect& claim = fold.claims().back();
  if (changed_since(fold.book(), static_cast<Position>(claim.claim.as_of))) return nullptr;
  return &claim;
}

class Publisher {
 public:
  Publisher(Disk& disk, Log& log, Intake& intake, const Election& election, const NamedKey& key, Clock& clock,
            const PublishOptions& options)
      : disk_(disk),
        log_(log),
        intake_(intake),
        election_(election),
        key_(key),
        clock_(clock),
        options_(options),
        writer_(disk, options.out + ".new") {}

  Result<Published> publish() {
    SCRUTINEER_TRY(signer_, make_signer(key_.secret));
    SCRUTINEER_CHECKED(check_publisher());
    // 1. What is claimed, as a record of its own.
    SCRUTINEER_CHECKED(remove_directory(disk_, options_.out + ".new"));
    SCRUTINEER_CHECKED(claim());
    // 2. The log as everybody will see it: from here on its checkpoint covers the claim.
    checkpoint_ = log_.checkpoint();
    SCRUTINEER_CHECKED(log_.publish(to_bytes(checkpoint_.note)));
    SCRUTINEER_CHECKED(write_log());
    SCRUTINEER_CHECKED(write_blobs());
    // 3. For people.
    SCRUTINEER_CHECKED(write_pages());
    // 4. The list of it all, signed; then the new bundle takes the place of the old one.
    SCRUTINEER_CHECKED(writer_.finish(election_.id(), key_.vkey.name, *signer_));
    SCRUTINEER_CHECKED(replace());
    return Published{claim_id_, checkpoint_.checkpoint.size, writer_.files() + 1, writer_.bytes()};
  }

 private:
  void progress(const char* phase, std::uint64_t done, std::uint64_t total) {
    if (options_.progress) options_.progress(phase, done, total);
  }

  // The manifest is signed by whoever may claim results: said now, not by the first verifier.
  Status check_publisher() const {
    const RecordBook& book = intake_.fold_now().book();
    auto index = book.keys().find(key_.vkey);
    if (index && book.would_be_met(RecordType::result_claim, {&*index, 1}, kNever - 1)) return {};
    return fail(ErrorCode::unauthorised,
                "the key " + key_.vkey.name + " may not publish results of this election: grant it the role first");
  }

  Status claim() {
    const ElectionFold& fold = intake_.fold();
    const ClaimInEffect* standing = standing_claim(fold);
    auto as_of = standing ? standing->claim.as_of : static_cast<std::int64_t>(log_.reader().size());
    claimed_at_ = standing ? standing->at.value_or("") : to_rfc3339(clock_.now());
    std::vector<ClaimTask> tasks = claim_tasks(fold.tally(), claimed_at_, as_of);
    std::vector<Result<std::string>> files(tasks.size(), fail(ErrorCode::not_found, "not written"));
    parallel_for(tasks.size(), options_.threads, 1, [&](std::size_t i, std::size_t) {
      files[i] = tasks[i].write();
      progress("claims", i + 1, tasks.size());
    });
    ResultClaim body{as_of, {}};
    for (std::size_t i = 0; i < tasks.size(); ++i) {
      if (!files[i]) return tl::unexpected(files[i].error());
      body.files.push_back(
          {tasks[i].path, {blob_hash(*files[i]), static_cast<std::int64_t>(files[i]->size()), tasks[i].type}});
      SCRUTINEER_CHECKED(writer_.add(tasks[i].path, *files[i]));
    }
    if (standing) {
      claim_id_ = standing->id;
      return {};
    }
    std::string text = record_text(Record{election_.id(), claimed_at_, std::move(body)});
    claim_id_ = record_id(text);
    SCRUTINEER_TRY(NoteSignature signature, sign_note(text, key_.vkey.name, *signer_));
    SCRUTINEER_TRY(Bytes entry, entry_bytes(text, {signature}));
    SCRUTINEER_CHECKED(intake_.append(entry).map([](const Appended&) {}));
    return {};
  }

  Status write_log() {
    std::uint64_t size = checkpoint_.checkpoint.size;
    const LogReader& reader = log_.reader();
    SCRUTINEER_CHECKED(writer_.add(kCheckpointPath, to_bytes(checkpoint_.note)));
    for (unsigned level = 0; level < kTileLevels && tile_hashes(size, level) > 0; ++level) {
      for (std::uint64_t index = 0; index * kTileWidth < tile_hashes(size, level); ++index) {
        TileId id{level, index, tile_width(size, level, index)};
        SCRUTINEER_TRY(Bytes tile, reader.tile(id));
        SCRUTINEER_CHECKED(writer_.add(tile_path(id), tile));
      }
    }
    for (std::uint64_t index = 0; index * kTileWidth < size; ++index) {
      BundleId id{index, tile_width(size, 0, index)};
      SCRUTINEER_TRY(Bytes bundle, reader.bundle(id));
      SCRUTINEER_CHECKED(writer_.add(bundle_path(id), bundle));
    }
    return {};
  }

  Status write_blobs() {
    const Definition& definition = election_.definition();
    std::vector<BlobHash> hashes = {definition.units.sha256, definition.options.sha256, definition.rules.sha256};
    std::sort(hashes.begin(), hashes.end());
    hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
    for (const BlobHash& hash : hashes) {
      SCRUTINEER_TRY(Bytes bytes, read_file(disk_, blob_file(options_.log_directory, hash), limits::kBlobBytes));
      SCRUTINEER_CHECKED(writer_.add(blob_path(hash), bytes));
    }
    return {};
  }

  // The proof of a sheet against the first published checkpoint that covers it, so that it never changes again.
  Status write_proof(UnitIndex unit, ContestIndex contest) {
    const ElectionFold& fold = intake_.fold_now();
    const Cell& cell = fold.tally().cell(contest, unit);
    if (cell.state != CellState::counted) return {};
    Position position = carried_at(fold.book().records()[cell.versions[cell.current].record]);
    const LogReader& reader = log_.reader();
    SCRUTINEER_TRY(std::optional<Bytes> note, reader.first_published_covering(position));
    if (!note) return fail(ErrorCode::not_found, "no published checkpoint covers entry " + std::to_string(position));
    SCRUTINEER_TRY(SignedCheckpoint frozen, parse_checkpoint(*note));
    SCRUTINEER_TRY(MerkleProof hashes, reader.inclusion_proof(position, frozen.checkpoint.size));
    TlogProof proof{std::nullopt, position, std::move(hashes), std::move(frozen)};
    return writer_.add(proof_path(election_.tree().units()[unit].row, contest), to_bytes(proof));
  }

  Status write_pages() {
    const Checkpoint& checkpoint = checkpoint_.checkpoint;
    ui::LogFacts facts{checkpoint.origin, checkpoint.size, to_base64(checkpoint.root.view()), 0, 0};
    SCRUTINEER_TRY(TrustFiles trust, read_trust_directory(disk_, trust_path(options_.log_directory)));
    SCRUTINEER_TRY(Policy policy, parse_policy(trust.policy));
    SCRUTINEER_TRY(Witnessing witnessing, evaluate(policy, checkpoint_));
    facts.witnessed = static_cast<std::uint32_t>(witnessing.cosigned);
    facts.witnesses = static_cast<std::uint32_t>(witnessing.known);
    SCRUTINEER_TRY(models_, PageModels::build(intake_.fold(), log_.reader(), facts, options_.data_lang, claimed_at_));
    SCRUTINEER_CHECKED(write_front_pages());
    const auto& areas = election_.tree().areas();
    const auto& units = election_.tree().units();
    std::uint64_t total = areas.size() + units.size();
    std::atomic<std::uint64_t> done{0};
    FirstError error;
    parallel_for(total, options_.threads, 8, [&](std::size_t i, std::size_t) {
      if (error) return;
      error.keep(i < areas.size() ? write_area(static_cast<AreaIndex>(i))
                                  : write_unit(static_cast<UnitIndex>(i - areas.size())));
      if (std::uint64_t n = ++done; n % 256 == 0 || n == total) progress("pages", n, total);
    });
    return error.status();
  }

  Status write_front_pages() {
    ui::Overview overview = models_->overview();
    SCRUTINEER_CHECKED(writer_.add(ui::kStyleFile, ui::style_sheet()));
    SCRUTINEER_CHECKED(writer_.add(ui::kIndexFile, ui::render_index(models_->site(ui::Lang::ko), overview)));
    for (ui::Lang lang : {ui::Lang::ko, ui::Lang::en}) {
      const ui::Site& site = models_->site(lang);
      SCRUTINEER_CHECKED(writer_.add(ui::overview_file(lang), ui::render_overview(site, overview, lang)));
      SCRUTINEER_CHECKED(writer_.add(ui::questions_file(lang), ui::render_questions(site, overview, lang)));
      SCRUTINEER_CHECKED(writer_.add(ui::glossary_file(lang), ui::render_glossary(site, lang)));
    }
    return {};
  }

  Status write_area(AreaIndex index) {
    if (index == 0) return {};  // the overview
    ui::Area area = models_->area(index);
    for (ui::Lang lang : {ui::Lang::ko, ui::Lang::en})
      SCRUTINEER_CHECKED(
          writer_.add(ui::area_file(lang, index), ui::render_area(models_->frozen_site(lang), area, lang)));
    return {};
  }

  Status write_unit(UnitIndex index) {
    SCRUTINEER_TRY(ui::Unit unit, models_->unit(index));
    for (ui::Lang lang : {ui::Lang::ko, ui::Lang::en})
      SCRUTINEER_CHECKED(
          writer_.add(ui::unit_file(lang, unit.node.number), ui::render_unit(models_->frozen_site(lang), unit, lang)));
    for (ContestIndex contest = 0; contest < election_.contests().size(); ++contest)
      SCRUTINEER_CHECKED(write_proof(index, contest));
    return {};
  }

  // Only a bundle is ever replaced: a directory that holds anything else is left alone.
  Status replace() {
    SCRUTINEER_TRY(bool there, disk_.exists(options_.out));
    if (there) {
      SCRUTINEER_TRY(bool bundle, disk_.exists(options_.out + "/" + kManifestPath));
      if (!bundle)
        return fail(ErrorCode::conflict,
                    "this directory is there and holds no bundle: choose another name or remove it", options_.out);
      SCRUTINEER_CHECKED(remove_directory(disk_, options_.out + ".old"));
      SCRUTINEER_CHECKED(disk_.rename(options_.out, options_.out + ".old"));
    }
    SCRUTINEER_CHECKED(disk_.rename(options_.out + ".new", options_.out));
    return remove_directory(disk_, options_.out + ".old");
  }

  Disk& disk_;
  Log& log_;
  Intake& intake_;
  const Election& election_;
  const NamedKey& key_;
  Clock& clock_;
  const PublishOptions& options_;
  BundleWriter writer_;
  std::unique_ptr<Signer> signer_;
  std::string claimed_at_;
  RecordId claim_id_;
  SignedCheckpoint checkpoint_;
  std::unique_ptr<PageModels> models_;
};

}  // namespace

Result<Published> publish(Disk& disk, Log& log, Intake& intake, const Election& election, const NamedKey& publisher,
                          Clock& clock, const PublishOptions& options) {
  return Publisher(disk, log, intake, election, publisher, clock, options).publish();
}

}  // namespace scrutineer

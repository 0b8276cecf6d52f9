#include "app/bundle/publish.h"

#include <algorithm>
#include <numeric>

#include "app/bundle/pieces.h"
#include "app/projection/log_directory.h"
#include "app/threads/parallel.h"
#include "core/base/check.h"
#include "core/base/limits.h"

namespace scrutineer {
namespace {

constexpr std::size_t kUnitsAtOnce = 512;  // rendered while the fold stands still: some 50 ms

// Whether a claim in effect already says all that the log holds: then publishing again says nothing new.
const ClaimInEffect* standing_claim(const ElectionFold& fold) {
  if (fold.claims().empty()) return nullptr;
  const ClaimInEffect& claim = fold.claims().back();
  if (changed_since(fold.book(), static_cast<Position>(claim.claim.as_of))) return nullptr;
  return &claim;
}

// The areas above these units, the whole election left out; ascending.
std::vector<AreaIndex> areas_above(const UnitTree& tree, const std::vector<UnitIndex>& units) {
  std::vector<AreaIndex> areas;
  for (UnitIndex unit : units)
    for (AreaIndex area = tree.units()[unit].area; area != 0; area = tree.areas()[area].parent) areas.push_back(area);
  std::sort(areas.begin(), areas.end());
  areas.erase(std::unique(areas.begin(), areas.end()), areas.end());
  return areas;
}

}  // namespace

PublishSource source_of(Intake& intake) {
  PublishSource source;
  source.read = [&intake](const auto& look) { look(intake.fold_now(), intake.size()); };
  source.still = [&intake](const auto& prepare, const auto& use) {
    prepare(intake.fold_now(), intake.size());
    use(intake.fold_now().tally());
  };
  source.finish = [&intake] { intake.fold(); };
  source.acknowledged = [](std::uint64_t) { return true; };
  source.append = [&intake](const Bytes& entry) { return intake.append(entry); };
  return source;
}

struct LivePublisher::State {
  State(Disk& disk, Log& log, PublishSource source, const Election& election, const NamedKey& key, Clock& clock,
        PublishOptions options, Cosigning cosigning)
      : disk_(disk),
        log_(log),
        source_(std::move(source)),
        election_(election),
        key_(key),
        clock_(clock),
        options_(std::move(options)),
        cosigning_(std::move(cosigning)),
        writer_(disk, options_.out + ".new") {}

  Status start() {
    SCRUTINEER_TRY(signer_, make_signer(key_.secret));
    SCRUTINEER_CHECKED(check_publisher());
    SCRUTINEER_TRY(TrustFiles trust, read_trust_directory(disk_, trust_path(options_.log_directory)));
    SCRUTINEER_TRY(policy_, parse_policy(trust.policy));
    SCRUTINEER_CHECKED(remove_directory(disk_, options_.out + ".new"));
    SCRUTINEER_CHECKED(write_tables(disk_, options_.log_directory, election_.definition(), writer_));
    std::vector<UnitIndex> everything(election_.tree().units().size());
    std::iota(everything.begin(), everything.end(), UnitIndex{0});
    SCRUTINEER_CHECKED(publish(std::move(everything)));
    return replace();
  }

  Status publish_changes() {
    if (log_.reader().size() == size_) return {};
    return publish({});
  }

  Status refresh(const SignedCheckpoint& cosigned) {
    if (cosigned.checkpoint.size != size_ || cosigned.note.signatures.size() <= checkpoint_.note.signatures.size())
      return {};
    checkpoint_ = cosigned;
    SCRUTINEER_CHECKED(writer_.put(kCheckpointPath, to_bytes(checkpoint_.note)));
    SCRUTINEER_CHECKED(front_pages());
    return writer_.finish(election_.id(), key_.vkey.name, *signer_);
  }

  void progress(const char* phase, std::uint64_t done, std::uint64_t total) {
    if (options_.progress) options_.progress(phase, done, total);
  }

  // Numbered passes. `units`: whose pages are written whatever the log says.
  Status publish(std::vector<UnitIndex> units) {
    // 1. What is claimed, as a record of its own.
    SCRUTINEER_CHECKED(claim());
    // 2. The log as everybody will see it: from here on its checkpoint covers the claim. Witnesses are asked meanwhile.
    SignedCheckpoint checkpoint = log_.checkpoint();
    if (cosigning_.offer) cosigning_.offer(checkpoint);
    const std::uint64_t before = size_;
    const std::uint64_t shown = shown_;
    // 3. For people: pages of what changed.
    SCRUTINEER_CHECKED(find_changes(shown, checkpoint.checkpoint.size, units));
    std::vector<AreaIndex> areas = areas_above(election_.tree(), units);
    SCRUTINEER_CHECKED(write_pages(units, areas));
    // 4. The checkpoint with whatever cosignatures have come in, tiles, proofs.
    checkpoint_ = cosigning_.collect ? cosigning_.collect(checkpoint) : checkpoint;
    SCRUTINEER_CHECKED(log_.publish(to_bytes(checkpoint_.note)));
    SCRUTINEER_CHECKED(write_tiles(log_.reader(), before, checkpoint_.checkpoint.size, writer_));
    SCRUTINEER_CHECKED(write_proofs());
    SCRUTINEER_CHECKED(writer_.put(kCheckpointPath, to_bytes(checkpoint_.note)));
    size_ = checkpoint_.checkpoint.size;
    shown_ = as_of_;
    SCRUTINEER_CHECKED(front_pages());
    // 5. The list of it all, signed.
    SCRUTINEER_CHECKED(writer_.finish(election_.id(), key_.vkey.name, *signer_));
    last_ = {claim_id_, size_, writer_.files() + 1, writer_.bytes(), units.size()};
    return {};
  }

  // The manifest is signed by whoever may claim results: said now, not by the first verifier.
  Status check_publisher() const {
    bool may = false;
    source_.read([&](const ElectionFold& fold, std::uint64_t) {
      auto index = fold.book().keys().find(key_.vkey);
      may = index && fold.book().would_be_met(RecordType::result_claim, {&*index, 1}, kNever - 1);
    });
    if (may) return {};
    return fail(ErrorCode::unauthorised,
                "the key " + key_.vkey.name + " may not publish results of this election: grant it the role first");
  }

  Status claim() {
    source_.finish();
    Status status;
    ResultClaim body;
    bool stands = false;
    auto prepare = [&](const ElectionFold& fold, std::uint64_t folded) {
      const ClaimInEffect* standing = standing_claim(fold);
      stands = standing != nullptr;
      body.as_of = standing ? standing->claim.as_of : static_cast<std::int64_t>(folded);
      claimed_at_ = standing ? standing->at.value_or("") : to_rfc3339(clock_.now());
      if (standing) claim_id_ = standing->id;
      as_of_ = static_cast<std::uint64_t>(body.as_of);
    };
    source_.still(prepare, [&](const Tally& tally) {
      progress("claims", 0, 1);
      auto files = write_claims(tally, claimed_at_, body.as_of, options_.threads, writer_);
      if (files)
        body.files = std::move(*files);
      else
        status = tl::unexpected(files.error());
    });
    if (!status || stands) return status;
    std::string text = record_text(Record{election_.id(), claimed_at_, std::move(body)});
    claim_id_ = record_id(text);
    SCRUTINEER_TRY(NoteSignature signature, sign_note(text, key_.vkey.name, *signer_));
    SCRUTINEER_TRY(Bytes entry, entry_bytes(text, {signature}));
    return source_.append(entry).map([](const Appended&) {});
  }

  // Units that the new entries touch, and those in which something became unusual because of others.
  Status find_changes(std::uint64_t before, std::uint64_t size, std::vector<UnitIndex>& units) {
    Status status;
    source_.read([&](const ElectionFold& fold, std::uint64_t) {
      if (!units.empty()) return;
      auto touched = touched_units(log_.reader(), fold, before, size);
      if (touched)
        units = std::move(*touched);
      else
        status = tl::unexpected(touched.error());
    });
    if (!status) return status;
    SCRUTINEER_CHECKED(with_models([&](const PageModels& models, const ElectionFold&, std::uint64_t) -> Status {
      std::vector<std::uint32_t> now = models.all_open_questions();
      for (UnitIndex unit = 0; unit < now.size(); ++unit)
        if (unit < open_.size() && now[unit] != open_[unit]) units.push_back(unit);
      open_ = std::move(now);
      return {};
    }));
    std::sort(units.begin(), units.end());
    units.erase(std::unique(units.begin(), units.end()), units.end());
    return {};
  }

  Status with_models(const std::function<Status(const PageModels&, const ElectionFold&, std::uint64_t)>& use) {
    const Checkpoint& checkpoint = checkpoint_.checkpoint;
    ui::LogFacts facts{log_.reader().key().name, checkpoint.size, to_base64(checkpoint.root.view()), 0, 0};
    if (!checkpoint_.note.signatures.empty()) {
      SCRUTINEER_TRY(Witnessing witnessing, evaluate(policy_, checkpoint_));
      facts.witnessed = static_cast<std::uint32_t>(witnessing.cosigned);
      facts.witnesses = static_cast<std::uint32_t>(witnessing.known);
    }
    Status status;
    source_.read([&](const ElectionFold& fold, std::uint64_t folded) {
      auto models = PageModels::build(fold, log_.reader(), facts, options_.data_lang, claimed_at_, options_.live);
      status = models ? use(**models, fold, folded) : tl::unexpected(models.error());
    });
    return status;
  }

  Status write_pages(const std::vector<UnitIndex>& units, const std::vector<AreaIndex>& areas) {
    const std::size_t total = units.size() + areas.size();
    for (std::size_t begin = 0; begin < total; begin += kUnitsAtOnce) {
      const std::size_t end = std::min(total, begin + kUnitsAtOnce);
      std::vector<std::vector<PendingFile>> files(end - begin);
      SCRUTINEER_CHECKED(with_models([&](const PageModels& models, const ElectionFold& fold, std::uint64_t) -> Status {
        std::vector<Status> done(end - begin);
        parallel_for(end - begin, options_.threads, 8, [&](std::size_t i, std::size_t) {
          if (std::size_t at = begin + i; at < units.size())
            done[i] = render_unit(models, units[at], files[i]);
          else
            render_area(models, areas[at - units.size()], files[i]);
        });
        for (std::size_t at = begin; at < std::min(end, units.size()); ++at) note_proofs(fold, units[at]);
        for (const Status& status : done) SCRUTINEER_CHECKED(status);
        return {};
      }));
      std::vector<Status> done(end - begin);
      parallel_for(end - begin, options_.threads, 8, [&](std::size_t i, std::size_t) {
        for (const PendingFile& file : files[i])
          if (done[i]) done[i] = writer_.put(file.path, file.bytes);
      });
      for (const Status& status : done) SCRUTINEER_CHECKED(status);
      progress("pages", end, total);
    }
    return {};
  }

  // Proofs are of the sheets that the claim counts. Where one came in since, the unit waits for the next publication,
  // which looks at everything from this claim on again.
  void note_proofs(const ElectionFold& fold, UnitIndex unit) {
    for (ContestIndex contest = 0; contest < election_.contests().size(); ++contest) {
      std::string path = proof_path(election_.tree().units()[unit].row, contest);
      auto position = counted_at(fold, contest, unit);
      if (changed_since_claim(fold, contest, unit)) continue;
      if (position)
        proofs_.emplace_back(std::move(path), position);
      else if (writer_.has(path))
        proofs_.emplace_back(std::move(path), std::nullopt);  // it no longer counts
    }
  }

  bool changed_since_claim(const ElectionFold& fold, ContestIndex contest, UnitIndex unit) const {
    const auto& versions = fold.tally().cell(contest, unit).versions;
    return std::any_of(versions.begin(), versions.end(), [&](const SheetVersion& version) {
      return fold.book().records()[version.record].effect >= as_of_;
    });
  }

  Status write_proofs() {
    std::vector<Status> done(proofs_.size());
    parallel_for(proofs_.size(), options_.threads, 16, [&](std::size_t i, std::size_t) {
      const auto& [path, position] = proofs_[i];
      done[i] = position ? write_proof(log_.reader(), *position, path, writer_) : writer_.drop(path);
    });
    proofs_.clear();
    for (const Status& status : done) SCRUTINEER_CHECKED(status);
    return {};
  }

  Status front_pages() {
    return with_models([&](const PageModels& models, const ElectionFold&, std::uint64_t) {
      return write_front_pages(models, writer_);
    });
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
    writer_.moved(options_.out);
    return remove_directory(disk_, options_.out + ".old");
  }

  Disk& disk_;
  Log& log_;
  PublishSource source_;
  const Election& election_;
  const NamedKey& key_;
  Clock& clock_;
  PublishOptions options_;
  Cosigning cosigning_;
  BundleWriter writer_;
  std::unique_ptr<Signer> signer_;
  Policy policy_;
  std::string claimed_at_;
  RecordId claim_id_;
  SignedCheckpoint checkpoint_;      // the published one
  std::uint64_t as_of_ = 0;          // entries that the claim counts
  std::uint64_t shown_ = 0;          // entries that every page shows; some show later ones too
  std::uint64_t size_ = 0;           // of the log that is published
  std::vector<std::uint32_t> open_;  // open questions by unit, as published
  std::vector<std::pair<std::string, std::optional<Position>>> proofs_;  // to be written (nullopt: dropped)
  Published last_;
};

LivePublisher::LivePublisher(std::unique_ptr<State> state) : state_(std::move(state)) {}
LivePublisher::~LivePublisher() = default;

Result<std::unique_ptr<LivePublisher>> LivePublisher::start(Disk& disk, Log& log, PublishSource source,
                                                            const Election& election, const NamedKey& publisher,
                                                            Clock& clock, PublishOptions options, Cosigning cosigning) {
  auto state = std::make_unique<State>(disk, log, std::move(source), election, publisher, clock, std::move(options),
                                       std::move(cosigning));
  SCRUTINEER_CHECKED(state->start());
  state->options_.progress = {};  // of the first publication only: whoever watched it may be gone
  return std::unique_ptr<LivePublisher>(new LivePublisher(std::move(state)));
}

Result<Published> LivePublisher::publish() {
  SCRUTINEER_CHECKED(state_->publish_changes());
  return state_->last_;
}

Status LivePublisher::refresh(const SignedCheckpoint& cosigned) {
  return state_->refresh(cosigned);
}

const SignedCheckpoint& LivePublisher::checkpoint() const {
  return state_->checkpoint_;
}

const Published& LivePublisher::last() const {
  return state_->last_;
}

Result<Published> publish(Disk& disk, Log& log, const PublishSource& source, const Election& election,
                          const NamedKey& publisher, Clock& clock, const PublishOptions& options) {
  SCRUTINEER_TRY(auto publisher_of_all, LivePublisher::start(disk, log, source, election, publisher, clock, options));
  return publisher_of_all->last();
}

}  // namespace scrutineer

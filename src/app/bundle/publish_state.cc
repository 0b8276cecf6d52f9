// One publication after another: claim, checkpoint, pages, proofs, manifest.
#include "app/bundle/publish_state.h"

#include "app/bundle/pieces.h"
#include "app/projection/log_directory.h"

namespace scrutineer {
namespace {

// A claim in effect that already says all that the log holds: then claiming again says nothing new.
const ClaimInEffect* standing_claim(const ElectionFold& fold) {
  if (fold.claims().empty()) return nullptr;
  const ClaimInEffect& claim = fold.claims().back();
  if (changed_since(fold.book(), static_cast<Position>(claim.claim.as_of))) return nullptr;
  return &claim;
}

}  // namespace

LivePublisher::State::State(Disk& disk, Log& log, PublishSource source, const Election& election, const NamedKey& key,
                            Clock& clock, PublishOptions options, Cosigning cosigning)
    : disk_(disk),
      log_(log),
      source_(std::move(source)),
      election_(election),
      key_(key),
      clock_(clock),
      options_(std::move(options)),
      cosigning_(std::move(cosigning)),
      writer_(disk, options_.out + ".new"),
      blobs_(disk, options_.log_directory, writer_) {}

Status LivePublisher::State::start() {
  SCRUTINEER_TRY(signer_, make_signer(key_.secret));
  SCRUTINEER_CHECKED(check_publisher());
  SCRUTINEER_TRY(TrustFiles trust, read_trust_directory(disk_, trust_path(options_.log_directory)));
  SCRUTINEER_TRY(policy_, parse_policy(trust.policy));
  SCRUTINEER_CHECKED(remove_directory(disk_, options_.out + ".new"));
  SCRUTINEER_CHECKED(write_tables(disk_, options_.log_directory, election_.definition(), writer_));
  SCRUTINEER_CHECKED(publish(Claiming::now));
  options_.progress = {};  // of the first publication only: whoever watched it may be gone
  return replace();
}

// While sheets arrive, claims wait for a moment in which none does, but not for ever: writing those of a large election
// takes as long as all the pages. A verifier says by how much a claim is older than the log.
Status LivePublisher::State::publish_changes() {
  const bool quiet = log_.reader().size() == size_;
  if (quiet && !claim_is_old_) {
    SCRUTINEER_TRY(bool arrived, blobs_.has_arrived());
    if (!arrived) return {};
  }
  const bool due = clock_.monotonic_ns() - claimed_ns_ >= options_.claims_every_ms * 1'000'000;
  return publish(quiet || due ? Claiming::now : Claiming::later);
}

Status LivePublisher::State::refresh(const SignedCheckpoint& cosigned) {
  if (cosigned.checkpoint.size != size_ || cosigned.note.signatures.size() <= checkpoint_.note.signatures.size())
    return {};
  checkpoint_ = cosigned;
  SCRUTINEER_CHECKED(writer_.put(kCheckpointPath, to_bytes(checkpoint_.note)));
  SCRUTINEER_CHECKED(write_front());
  return writer_.finish(election_.id(), key_.vkey.name, *signer_, Durability::cached);
}

// Numbered passes.
Status LivePublisher::State::publish(Claiming claiming) {
  const Durability durability = size_ == 0 ? Durability::durable : Durability::cached;
  // 1. What is claimed, as a record of its own.
  SCRUTINEER_CHECKED(claim(claiming));
  // 2. The log as everybody will see it: its checkpoint covers the claim. Witnesses are asked meanwhile.
  SignedCheckpoint checkpoint = log_.checkpoint();
  const std::uint64_t before = size_, size = checkpoint.checkpoint.size;
  if (cosigning_.offer) cosigning_.offer(checkpoint);
  // 3. For people: pages of what changed.
  ProofList proofs;
  SCRUTINEER_CHECKED(find_changes(size));
  SCRUTINEER_CHECKED(write_pages(size, proofs));
  SCRUTINEER_CHECKED(write_machines());
  // 4. The checkpoint with whatever cosignatures have come in, tiles, proofs.
  checkpoint_ = cosigning_.collect ? cosigning_.collect(checkpoint) : checkpoint;
  SCRUTINEER_CHECKED(log_.publish(to_bytes(checkpoint_.note)));
  SCRUTINEER_CHECKED(write_tiles(log_.reader(), before, size, writer_));
  SCRUTINEER_CHECKED(write_proofs(log_.reader(), proofs, options_.threads, writer_));
  SCRUTINEER_CHECKED(writer_.put(kCheckpointPath, to_bytes(checkpoint_.note)));
  SCRUTINEER_CHECKED(write_front());
  // 5. The list of it all, signed.
  SCRUTINEER_CHECKED(writer_.finish(election_.id(), key_.vkey.name, *signer_, durability));
  size_ = size;
  last_ = {claim_id_, size_, writer_.files() + 1, writer_.bytes(), units_.size(), blobs_.missing()};
  units_.clear();
  areas_.clear();
  return {};
}

// The manifest is signed by whoever may claim results: said now, not by the first verifier.
Status LivePublisher::State::check_publisher() {
  bool may = false;
  SCRUTINEER_CHECKED(with_fold([&](const ElectionFold& fold, std::uint64_t) -> Status {
    auto index = fold.book().keys().find(key_.vkey);
    may = index && fold.book().would_be_met(RecordType::result_claim, {&*index, 1}, kNever - 1);
    return {};
  }));
  if (may) return {};
  return fail(ErrorCode::unauthorised,
              "the key " + key_.vkey.name + " may not publish results of this election: grant it the role first");
}

Status LivePublisher::State::claim(Claiming claiming) {
  source_.finish();
  if (claiming == Claiming::later) {
    claim_is_old_ = true;
    published_at_ = to_rfc3339(clock_.now());
    return {};
  }
  Status status;
  ResultClaim body;
  RecordId standing_id;
  bool stands = false, written = false;
  std::string claimed_at;
  auto prepare = [&](const ElectionFold& fold, std::uint64_t folded) {
    const ClaimInEffect* standing = standing_claim(fold);
    stands = standing != nullptr;
    if (standing) standing_id = standing->id;
    written = stands && standing_id == claim_id_;
    body.as_of = standing ? standing->claim.as_of : static_cast<std::int64_t>(folded);
    claimed_at = standing ? standing->at.value_or("") : to_rfc3339(clock_.now());
  };
  source_.still(prepare, [&](const Tally& tally) {
    if (written) return;
    progress("claims", 0, 1);
    auto files = write_claims(tally, claimed_at, body.as_of, options_.threads, writer_);
    if (files)
      body.files = std::move(*files);
    else
      status = tl::unexpected(files.error());
  });
  if (!status) return status;
  if (!stands) {
    std::string text = record_text(Record{election_.id(), claimed_at, std::move(body)});
    standing_id = record_id(text);
    SCRUTINEER_TRY(NoteSignature signature, sign_note(text, key_.vkey.name, *signer_));
    SCRUTINEER_TRY(Bytes entry, entry_bytes(text, {signature}));
    SCRUTINEER_CHECKED(source_.append(entry).map([](const Appended&) {}));
  }
  claim_id_ = standing_id;
  claimed_at_ = published_at_ = claimed_at;
  claimed_ns_ = clock_.monotonic_ns();
  claim_is_old_ = false;
  return {};
}

// Only a bundle is ever replaced: a directory that holds anything else is left alone.
Status LivePublisher::State::replace() {
  SCRUTINEER_TRY(bool there, disk_.exists(options_.out));
  if (there) {
    SCRUTINEER_TRY(bool bundle, disk_.exists(options_.out + "/" + kManifestPath));
    if (!bundle)
      return fail(ErrorCode::conflict, "this directory is there and holds no bundle: choose another name or remove it",
                  options_.out);
    SCRUTINEER_CHECKED(remove_directory(disk_, options_.out + ".old"));
    SCRUTINEER_CHECKED(disk_.rename(options_.out, options_.out + ".old"));
  }
  SCRUTINEER_CHECKED(disk_.rename(options_.out + ".new", options_.out));
  writer_.moved(options_.out);
  return remove_directory(disk_, options_.out + ".old");
}

}  // namespace scrutineer

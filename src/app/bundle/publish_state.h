// What a publisher keeps from one publication to the next. Private to app/bundle.
#pragma once

#include "app/bundle/blobs.h"
#include "app/bundle/machines.h"
#include "app/bundle/pages.h"
#include "app/bundle/proofs.h"
#include "app/bundle/publish.h"
#include "core/merkle/policy.h"

namespace scrutineer {

struct LivePublisher::State {
  State(Disk& disk, Log& log, PublishSource source, const Election& election, const NamedKey& key, Clock& clock,
        PublishOptions options, Cosigning cosigning);

  Status start();
  Status publish_changes();
  Status refresh(const SignedCheckpoint& cosigned);
  const SignedCheckpoint& checkpoint() const { return checkpoint_; }
  const Published& last() const { return last_; }

 private:
  enum class Claiming : std::uint8_t { now, later };
  using UseFold = std::function<Status(const ElectionFold& fold, std::uint64_t folded)>;
  using UseModels = std::function<Status(const PageModels& models, const ElectionFold& fold)>;

  // publish_state.cc
  Status publish(Claiming claiming);
  Status check_publisher();
  Status claim(Claiming claiming);
  Status replace();

  // publish_pages.cc
  Status with_fold(const UseFold& use);
  Status with_models(const UseModels& use);
  Status find_changes(std::uint64_t size);
  void add_unusual(const PageModels& models);
  Status write_pages(std::uint64_t size, ProofList& proofs);
  Status write_some(std::size_t begin, std::size_t end, std::uint64_t size, ProofList& proofs);
  Status find_machines(const ElectionFold& fold);
  Status write_machines();
  Status write_front();
  void progress(const char* phase, std::uint64_t done, std::uint64_t total);

  Disk& disk_;
  Log& log_;
  PublishSource source_;
  const Election& election_;
  const NamedKey& key_;
  Clock& clock_;
  PublishOptions options_;
  Cosigning cosigning_;
  BundleWriter writer_;
  NamedBlobs blobs_;
  std::unique_ptr<Signer> signer_;
  Policy policy_;

  SignedCheckpoint checkpoint_;  // the published one
  std::uint64_t size_ = 0;       // of the log that is published
  std::string published_at_;
  Published last_;

  RecordId claim_id_;  // of the claim whose files are in the bundle
  std::string claimed_at_;
  std::uint64_t claimed_ns_ = 0;  // when
  bool claim_is_old_ = false;     // something has happened since

  // Pages that have to be written: kept until a publication has succeeded.
  std::vector<UnitIndex> units_;
  std::vector<AreaIndex> areas_;
  // What the pages of every unit or area say beside their own figures, as published.
  std::vector<std::uint32_t> open_;  // open questions by unit
  ui::ResultState state_ = ui::ResultState::counting;
  bool transcribed_ = false;
  device::Gathered machines_;      // as their pages say
  bool machines_changed_ = false;  // and are not written yet
};

}  // namespace scrutineer

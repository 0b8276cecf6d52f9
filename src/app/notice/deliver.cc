// What is done with each entry as it enters: who is to be told, which clocks begin, whose contents are missing.
#include <algorithm>

#include "app/notice/node_core.h"
#include "app/notice/routing.h"

namespace scrutineer {
namespace {

constexpr std::size_t kDestinations = 4'096;

Peer peer_of(NodeRole role) {
  switch (role) {
    case NodeRole::notifier: return Peer::notifier;
    case NodeRole::institution: return Peer::institution;
    case NodeRole::relay: return Peer::relay;
    case NodeRole::oversight: return Peer::oversight;
  }
  __builtin_unreachable();
}

}  // namespace

// Inside the book's lock; also while the log is read again at the start.
void NodeCore::on_entered(const Ledger& ledger, NoticeIndex record, std::uint64_t index) {
  const NoticeBook& book = ledger.book();
  const BookedNotice& booked = book.records()[record];
  const NoticeType type = booked.record.type();
  if (type == NoticeType::agreement) on_agreement(*book.agreement(booked.id));
  if (type == NoticeType::key_change) {
    std::lock_guard lock(rings_mutex_);
    rings_.erase(*booked.record.agreement);
  }
  if (auto* call = std::get_if<Call>(&booked.record.body)) {
    std::lock_guard lock(codes_mutex_);
    std::erase_if(codes_, [&](const auto& code) {
      return code.first.first == call->notice && code.second.digits == call->shown;
    });
  }
  std::lock_guard lock(peers_mutex_);
  const SealedContent* content = content_of(booked.record);
  if (content && contents_travel(type, peer_of(keys_.role)) && keys_.role != NodeRole::relay &&
      !sealed_->has(content->ciphertext.sha256))
    missing_.insert(booked.id);
  if (keys_.role == NodeRole::notifier) {
    if (type == NoticeType::notice) {
      changed_.insert(booked.id);
      if (auto& replaced = std::get<Notice>(booked.record.body).replaces) changed_.insert(*replaced);
    } else if (const RecordId* notice = notice_of(booked.record)) {
      changed_.insert(*notice);
    } else if (auto* availability = std::get_if<Availability>(&booked.record.body)) {
      changed_.insert(availability->notices.begin(), availability->notices.end());
    }
  }
  route(ledger, record, index);
}

// peers_mutex_ held.
void NodeCore::route(const Ledger& ledger, NoticeIndex record, std::uint64_t index) {
  const NoticeBook& book = ledger.book();
  const BookedNotice& booked = book.records()[record];
  const NoticeType type = booked.record.type();
  const AgreementState& agreement = *book.agreement(booked.record.agreement.value_or(booked.id));
  if (!is_own(agreement, booked, keys_.role)) return;
  for (const PeerAddress& peer : peers_of(agreement.terms, keys_.log)) {
    if (!is_told(keys_.role, type, peer.peer)) continue;
    auto destination = destinations_.find(peer.log.name);
    if (destination == destinations_.end()) continue;
    if (auto* escalation = std::get_if<Escalation>(&booked.record.body); escalation && peer.peer == Peer::oversight) {
      if (escalation->to != EscalateTo::oversight) continue;
      // What it is about, without its contents.
      if (auto notice = book.find(escalation->notice)) destination->second->add(ledger.place_of(*notice), index);
    }
    destination->second->add(index, index);
  }
}

void NodeCore::on_agreement(const AgreementState& agreement) {
  std::lock_guard lock(peers_mutex_);
  for (const VerifierKey& witness : agreement.terms.witnesses)
    if (std::find(witnesses_.begin(), witnesses_.end(), witness) == witnesses_.end()) witnesses_.push_back(witness);
  if (agreement.terms.heartbeat > 0)
    heartbeat_ = heartbeat_ == 0 ? agreement.terms.heartbeat : std::min(heartbeat_, agreement.terms.heartbeat);
  if (keys_.role == NodeRole::relay) return;
  for (const PeerAddress& peer : peers_of(agreement.terms, keys_.log)) {
    auto& copied = peers_[peer.log.name];
    if (!copied) copied = std::make_unique<Peered>();
    copied->moved = copied->moved || copied->address.url != peer.url;
    copied->address = peer;
    auto& destination = destinations_[peer.log.name];
    if (destination) {
      destination->move_to(peer.url);
      continue;
    }
    auto opened = destinations_.size() > kDestinations
                      ? tl::unexpected(Error{ErrorCode::limit_exceeded, "too many destinations", {}})
                      : Destination::open(host_, peer);
    if (!opened) {
      tell(peer.log.name + ": " + to_string(opened.error()));
      destinations_.erase(peer.log.name);
      continue;
    }
    destination = std::move(*opened);
    if (started_ && options_.background) destination->start();
  }
}

void NodeCore::wake_destinations() {
  std::lock_guard lock(peers_mutex_);
  for (auto& [name, destination] : destinations_) destination->wake();
}

void NodeCore::deliver_all() {
  std::vector<Destination*> all;
  {
    std::lock_guard lock(peers_mutex_);
    for (auto& [name, destination] : destinations_) all.push_back(destination.get());
  }
  for (Destination* destination : all) destination->deliver();  // they are never taken away
}

std::vector<Standing> NodeCore::destinations() const {
  std::vector<Standing> standings;
  std::lock_guard lock(peers_mutex_);
  for (const auto& [name, destination] : destinations_) standings.push_back(destination->standing());
  return standings;
}

}  // namespace scrutineer

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
  if (type == NoticeType::agreement) on_agreement(book, *book.agreement(booked.id));
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
    const auto destination = told_.find({agreement.id, to_string(peer.log)});
    if (destination == told_.end()) continue;
    if (auto* escalation = std::get_if<Escalation>(&booked.record.body); escalation && peer.peer == Peer::oversight) {
      if (escalation->to != EscalateTo::oversight) continue;
      // What it is about, without its contents.
      if (auto notice = book.find(escalation->notice)) destination->second->add(ledger.place_of(*notice), index);
    }
    destination->second->add(index, index);
  }
}

// Whether those who signed an agreement may say for another one where somebody of it is reached: for a party, its own
// representatives; for a relay, those of both sides. Anybody can write anybody's log into an agreement, with an address
// of his own.
bool NodeCore::may_move(const NoticeBook& book, const AgreementState& agreement, const AgreementState& other,
                        Peer peer) const {
  auto signed_for = [&](PartyRole role) {
    const auto& signers = book.records()[agreement.record].signers;
    return std::any_of(signers.begin(), signers.end(), [&](const NoticeSigner& signer) {
      const Speaker& by = agreement.speakers[signer.speaker];
      const auto found = other.find_speaker(by.key.name, by.key.id);
      if (!found) return false;
      const Speaker& known = other.speakers[*found];
      return by.party == role && known.party == role && known.key == by.key && !known.removed_by &&
             known.capacity == Capacity::person && known.duty == Duty::representative;
    });
  };
  switch (peer) {
    case Peer::notifier: return signed_for(PartyRole::notifier);
    case Peer::institution: return signed_for(PartyRole::institution);
    case Peer::oversight: return signed_for(PartyRole::oversight);
    case Peer::relay: return signed_for(PartyRole::notifier) && signed_for(PartyRole::institution);
  }
  __builtin_unreachable();
}

void NodeCore::on_agreement(const NoticeBook& book, const AgreementState& agreement) {
  std::lock_guard lock(peers_mutex_);
  for (const VerifierKey& witness : agreement.terms.witnesses)
    if (std::find(witnesses_.begin(), witnesses_.end(), witness) == witnesses_.end()) witnesses_.push_back(witness);
  if (agreement.terms.heartbeat > 0)
    heartbeat_ = heartbeat_ == 0 ? agreement.terms.heartbeat : std::min(heartbeat_, agreement.terms.heartbeat);
  if (keys_.role == NodeRole::relay) return;
  for (const PeerAddress& peer : peers_of(agreement.terms, keys_.log)) {
    add_peer(peer);
    add_destination(agreement.id, peer);
    if (agreement.in_effect) move_others(book, agreement, peer);
  }
}

// Copies prove themselves: whichever address gives one will do.
void NodeCore::add_peer(const PeerAddress& peer) {
  auto& copied = peers_[peer.log.name];
  if (!copied) {
    copied = std::make_unique<Peered>();
    copied->address = peer;
  }
  if (copied->address.log != peer.log)
    return tell(peer.log.name + ": two agreements give different keys to a log of this name; the first one is copied");
  auto& urls = copied->urls;
  if (!peer.url.empty() && std::find(urls.begin(), urls.end(), peer.url) == urls.end()) urls.push_back(peer.url);
}

// What is said under an agreement goes where that agreement says, whatever others say.
void NodeCore::add_destination(const RecordId& agreement, const PeerAddress& peer) {
  Destination*& told = told_[{agreement, to_string(peer.log)}];
  if (told != nullptr) return;
  const std::string at = to_string(peer.log) + " " + peer.url;
  auto& destination = destinations_[at];
  if (!destination) {
    const bool first = files_.insert(peer.log.name).second;
    auto opened = destinations_.size() > kDestinations
                      ? tl::unexpected(Error{ErrorCode::limit_exceeded, "too many destinations", {}})
                      : Destination::open(host_, peer, first ? peer.log.name : at);
    if (!opened) {
      tell(peer.log.name + ": " + to_string(opened.error()));
      destinations_.erase(at);
      told_.erase({agreement, to_string(peer.log)});
      return;
    }
    destination = std::move(*opened);
    if (started_ && options_.background) destination->start();
  }
  told = destination.get();
}

// A later agreement between the same gives a new address for what is still to be told under the earlier ones.
void NodeCore::move_others(const NoticeBook& book, const AgreementState& agreement, const PeerAddress& peer) {
  if (peer.url.empty()) return;
  for (auto at = destinations_.begin(); at != destinations_.end();) {
    const auto here = at++;
    Destination* destination = here->second.get();
    if (destination->log() != peer.log || destination->standing().url == peer.url) continue;
    const bool all = std::all_of(told_.begin(), told_.end(), [&](const auto& told) {
      const RecordId& other = told.first.first;
      return told.second != destination ||
             (other != agreement.id && may_move(book, agreement, *book.agreement(other), peer.peer));
    });
    if (!all) continue;
    destination->move_to(peer.url);
    // Under a name that no later agreement finds: that one says itself where its own go.
    auto node = destinations_.extract(here);
    node.key() = to_string(peer.log) + " moved " + std::to_string(++moves_);
    destinations_.insert(std::move(node));
    auto& urls = peers_[peer.log.name]->urls;
    if (auto found = std::find(urls.begin(), urls.end(), peer.url); found != urls.end())
      std::rotate(urls.begin(), found, found + 1);
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

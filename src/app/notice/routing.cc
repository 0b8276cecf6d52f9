#include "app/notice/routing.h"

#include <algorithm>

namespace scrutineer {

// Relays hold what both sides need for proving anything; an availability is the answer to whoever sent the notice, and
// stands in the relay's log.
bool is_told(NodeRole role, NoticeType type, Peer peer) {
  using T = NoticeType;
  auto one_of = [&](std::initializer_list<T> types) {
    return std::find(types.begin(), types.end(), type) != types.end();
  };
  switch (role) {
    case NodeRole::notifier:
      // The oversight body learns of a notice with the escalation that calls it (Deliveries::route).
      if (peer == Peer::oversight) return one_of({T::agreement, T::key_change, T::escalation});
      return one_of({T::agreement, T::key_change, T::duty, T::notice, T::call, T::escalation, T::silence, T::closing,
                     T::statement});
    case NodeRole::institution:
      if (peer == Peer::oversight) return one_of({T::agreement, T::key_change});
      return one_of({T::agreement, T::key_change, T::duty, T::receipt, T::acknowledgement, T::answer, T::refusal,
                     T::call, T::statement});
    case NodeRole::oversight: return one_of({T::agreement, T::key_change, T::statement});
    case NodeRole::relay: return false;
  }
  __builtin_unreachable();
}

bool is_fetched(NodeRole role, NoticeType type) {
  if (role == NodeRole::relay) return false;
  // It is told what is escalated to it, and has the rest in its copies.
  if (role == NodeRole::oversight) return type == NoticeType::agreement || type == NoticeType::key_change;
  return true;
}

bool contents_travel(NoticeType type, Peer peer) {
  switch (type) {
    case NoticeType::notice: return peer == Peer::institution || peer == Peer::relay;
    case NoticeType::answer: return peer == Peer::notifier || peer == Peer::relay;
    default: return false;
  }
}

const SealedContent* content_of(const NoticeRecord& record) {
  if (auto* notice = std::get_if<Notice>(&record.body)) return &notice->content;
  if (auto* answer = std::get_if<NoticeAnswer>(&record.body)) return &answer->content;
  return nullptr;
}

bool is_own(const AgreementState& agreement, const BookedNotice& record, NodeRole role) {
  if (record.record.type() == NoticeType::agreement) return true;
  if (record.signers.empty()) return false;
  const Speaker& speaker = agreement.speakers[record.signers.front().speaker];
  if (speaker.capacity == Capacity::relay) return role == NodeRole::relay;
  switch (role) {
    case NodeRole::notifier: return speaker.party == PartyRole::notifier;
    case NodeRole::institution: return speaker.party == PartyRole::institution;
    case NodeRole::oversight: return speaker.party == PartyRole::oversight;
    case NodeRole::relay: return false;
  }
  __builtin_unreachable();
}

std::optional<std::string> address_of(const AgreedParty& party, Channel channel) {
  for (const AgreedAddress& address : party.addresses)
    if (address.channel == channel) return address.address;
  return std::nullopt;
}

std::vector<PeerAddress> peers_of(const Agreement& terms, const VerifierKey& own_log) {
  std::vector<PeerAddress> peers;
  auto add = [&](Peer peer, const VerifierKey& log, std::string url) {
    while (url.ends_with('/')) url.pop_back();
    if (log != own_log) peers.push_back({peer, log, std::move(url)});
  };
  auto party = [&](Peer peer, const AgreedParty& one) {
    add(peer, one.log, address_of(one, Channel::https).value_or(""));
  };
  party(Peer::notifier, terms.notifier);
  party(Peer::institution, terms.institution);
  if (terms.oversight) party(Peer::oversight, *terms.oversight);
  for (const AgreedRelay& relay : terms.relays) add(Peer::relay, relay.log, relay.url);
  return peers;
}

}  // namespace scrutineer

// Who is told what: a pure table (docs/formats/notice-node.md, "Who is told what").
#pragma once

#include "app/notice/keys.h"
#include "core/notice/book.h"

namespace scrutineer {

enum class Peer : std::uint8_t { notifier, institution, relay, oversight };

// Whether a node of that role tells that peer records of that type which its own side has signed.
bool is_told(NodeRole role, NoticeType type, Peer peer);

// Whether records of that type, found in a copy of somebody's log, are taken in by a node of that role.
bool is_fetched(NodeRole role, NoticeType type);

// Whether the sealed contents of a record of that type travel with it to that peer.
bool contents_travel(NoticeType type, Peer peer);

// The contents that a record states; nullptr where it states none.
const SealedContent* content_of(const NoticeRecord& record);

// Whether this record was said by the side that a node of that role stands on. An agreement is everybody's.
bool is_own(const AgreementState& agreement, const BookedNotice& record, NodeRole role);

// A place that an agreement gives to somebody who is told something.
struct PeerAddress {
  Peer peer = Peer::relay;
  VerifierKey log;
  std::string url;  // https or http; empty: there is none
};
// Of everybody but the node itself, whatever its role tells them.
std::vector<PeerAddress> peers_of(const Agreement& terms, const VerifierKey& own_log);

std::optional<std::string> address_of(const AgreedParty& party, Channel channel);

}  // namespace scrutineer

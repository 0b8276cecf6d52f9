// Copies of the others' logs, and what is found in them that did not come by itself.
#include <algorithm>

#include "app/notice/node_core.h"
#include "app/notice/routing.h"
#include "app/threads/parallel.h"
#include "core/base/limits.h"

namespace scrutineer {
namespace {

constexpr std::size_t kPolledAtOnce = 8;      // nodes asked at the same time
constexpr std::size_t kExaminedAtOnce = 256;  // entries taken in together
constexpr std::chrono::milliseconds kConnect{2'000}, kWhole{60'000};
// Everybody waits for the slowest: one that took so long for nothing is left alone for a while.
constexpr std::chrono::seconds kLong{5}, kRest{120};

bool is_not_now(ErrorCode code) {
  return code == ErrorCode::busy || code == ErrorCode::io_error || code == ErrorCode::disk_full ||
         code == ErrorCode::corrupt;
}

}  // namespace

void NodeCore::poll() {
  std::lock_guard polling(polling_);
  std::vector<Peered*> all;
  {
    std::lock_guard lock(peers_mutex_);
    const auto now = std::chrono::steady_clock::now();
    for (auto& [name, peer] : peers_)
      if (!peer->urls.empty() && peer->rest_until <= now) all.push_back(peer.get());  // never taken away
  }
  parallel_for(all.size(), kPolledAtOnce, 1, [&](std::size_t i, std::size_t) { poll_one(*all[i]); });
}

Status NodeCore::open_copy(Peered& peer) {
  std::lock_guard lock(peers_mutex_);
  if (peer.copy) return {};
  const VerifierKey& log = peer.address.log;
  SCRUTINEER_TRY(peer.copy, LogCopy::open(disk_, options_.directory + "/copies/" + origin_hash(log.name), log));
  return {};
}

void NodeCore::poll_one(Peered& peer) {
  PeerAddress address;
  std::vector<VerifierKey> witnesses;
  {
    std::lock_guard lock(peers_mutex_);
    address = peer.address;
    address.url = peer.urls[peer.asked % peer.urls.size()];
    witnesses = witnesses_;
    if (peer.address.url != address.url) peer.client.reset();
    peer.address.url = address.url;
  }
  auto once = [&]() -> Status {
    SCRUTINEER_CHECKED(open_copy(peer));
    if (!peer.client) {
      SCRUTINEER_TRY(peer.client, http::Client::make({address.url, kConnect, kWhole, options_.ca_file}));
    }
    // What was there the last time, and has not come by itself since.
    const std::uint64_t before = peer.copy->size();
    SCRUTINEER_TRY(LogCopy::Updated updated, peer.copy->update(*peer.client, witnesses));
    (void)updated;
    examine(peer, before);
    fetch_missing(peer);
    return {};
  };
  const auto begun = std::chrono::steady_clock::now();
  Status done = once();
  const auto ended = std::chrono::steady_clock::now();
  std::string trouble = done ? std::string() : to_string(done.error());
  std::lock_guard lock(peers_mutex_);
  if (!trouble.empty() && trouble != peer.trouble) tell(address.log.name + ": " + trouble);
  peer.asked = done ? 0 : peer.asked + 1;
  if (!trouble.empty() && ended - begun > kLong) peer.rest_until = ended + kRest;
  peer.trouble = std::move(trouble);
}

// Whether an entry of another log belongs into this one.
bool NodeCore::is_wanted(BytesView note, ParsedNotice& parsed) const {
  auto entry = parse_notice_entry(note);
  if (!entry || !is_fetched(keys_.role, entry->record.type())) return false;
  auto lock = ledger_->reading();
  const RecordId agreement = entry->record.agreement.value_or(entry->id);
  if (ledger_->book().agreement(agreement) == nullptr) return false;
  auto found = ledger_->book().find(entry->id);
  if (found && ledger_->book().records()[*found].signers.size() >= entry->signatures.size()) return false;
  parsed = std::move(*entry);
  return true;
}

void NodeCore::examine(Peered& peer, std::uint64_t end) {
  const Channel channel = peer.address.peer == Peer::relay ? Channel::relay : Channel::https;
  std::uint64_t at = peer.copy->examined();
  while (at < end) {
    Envelope envelope;
    std::vector<RecordId> sealed;
    for (; at < end && envelope.records.size() < kExaminedAtOnce; ++at) {
      auto note = peer.copy->entry(at);
      ParsedNotice parsed;
      if (!note || !is_wanted(*note, parsed)) continue;
      const bool contents = (parsed.record.type() == NoticeType::notice && keys_.role == NodeRole::institution) ||
                            (parsed.record.type() == NoticeType::answer && keys_.role == NodeRole::notifier);
      if (contents) sealed.push_back(parsed.id);
      envelope.records.push_back(std::move(*note));
    }
    // Without its contents a record comes all the same; they are asked for again (fetch_missing).
    if (!sealed.empty())
      if (auto blobs = ask_for(peer, sealed)) envelope.blobs = std::move(*blobs);
    if (!envelope.records.empty()) {
      TakenInAll taken = take_in(envelope, channel);
      for (const TakenIn& one : taken.results)
        if (one.error && is_not_now(one.error->code)) return;  // looked at again in the next round
    }
    peer.copy->set_examined(at);
  }
}

// Contents that belong to agreements of that node's. Not always the same ones first: what nobody will ever give does
// not stand before what somebody has.
void NodeCore::fetch_missing(Peered& peer) {
  if (peer.address.peer == Peer::oversight) return;
  std::vector<RecordId> ids;
  std::vector<std::uint64_t> places;
  {
    auto lock = ledger_->reading();
    std::lock_guard peers(peers_mutex_);
    const NoticeBook& book = ledger_->book();
    auto is_part = [&](const RecordId& agreement) {
      const std::vector<PeerAddress> all = peers_of(book.agreement(agreement)->terms, keys_.log);
      return std::any_of(all.begin(), all.end(), [&](const auto& one) { return one.log == peer.address.log; });
    };
    auto next = missing_.upper_bound(peer.asked_last);
    for (std::size_t looked = 0; looked < missing_.size() && ids.size() < kSealedAtOnce; ++looked, ++next) {
      if (next == missing_.end()) next = missing_.begin();
      peer.asked_last = *next;
      auto found = book.find(*next);
      if (!found || !is_part(*book.records()[*found].record.agreement)) continue;
      ids.push_back(*next);
      places.push_back(ledger_->place_of(*found));
    }
  }
  if (ids.empty()) return;
  auto blobs = ask_for(peer, ids);
  if (!blobs || blobs->empty()) return;
  Envelope envelope;
  envelope.blobs = std::move(*blobs);
  for (std::uint64_t place : places)
    if (auto note = ledger_->log().entry(place)) envelope.records.push_back(std::move(*note));
  take_in(envelope, peer.address.peer == Peer::relay ? Channel::relay : Channel::https);
}

Result<std::vector<Bytes>> NodeCore::ask_for(Peered& peer, std::span<const RecordId> records) {
  const std::string text = to_text({peer.address.log.name, clock_.now().value, {records.begin(), records.end()}});
  SignedNote note{text, {}};
  {
    std::lock_guard lock(signing_);
    // By all of them, the newest first: an agreement may not know the newest yet.
    for (std::size_t i = keys_.machines.size(); i-- > 0 && note.signatures.size() < limits::kNoteSignatures;) {
      const NodeMachine& machine = keys_.machines[i];
      SCRUTINEER_TRY(NoteSignature signature, sign_note(text, machine.vkey.name, *machine.signer));
      note.signatures.push_back(std::move(signature));
    }
  }
  SCRUTINEER_TRY(http::ClientAnswer answer,
                 peer.client->post(kSealedPath, "text/plain; charset=utf-8", to_bytes(note), kEnvelopeBytes));
  if (answer.status != 200)
    return fail(ErrorCode::io_error, "it answered with status " + std::to_string(answer.status), kSealedPath);
  SCRUTINEER_TRY(Envelope envelope, read_envelope(answer.body));
  return std::move(envelope.blobs);
}

Result<Bytes> NodeCore::sealed_for(BytesView signed_request) const {
  if (signed_request.size() > kSealedRequestBytes) return fail(ErrorCode::limit_exceeded, "this request is too large");
  SCRUTINEER_TRY(SignedNote note, parse_note(signed_request));
  SCRUTINEER_TRY(SealedRequest request, read_sealed_request_text(note.text));
  if (request.origin != keys_.log.name) return fail(ErrorCode::invalid_argument, "this request is for another node");
  const std::int64_t now = clock_.now().value;
  if (request.time < now - kRequestSkew || request.time > now + kRequestSkew)
    return fail(ErrorCode::stale, "this request is too old, or the clocks differ by more than five minutes");
  std::vector<BlobHash> hashes;
  {
    auto lock = ledger_->reading();
    const NoticeBook& book = ledger_->book();
    std::optional<RecordId> trusted;  // agreement whose machine was found to have signed
    for (const RecordId& id : request.records) {
      auto found = book.find(id);
      if (!found) continue;
      const NoticeRecord& record = book.records()[*found].record;
      const SealedContent* content = nullptr;
      if (auto* notice = std::get_if<Notice>(&record.body)) content = &notice->content;
      if (auto* answer = std::get_if<NoticeAnswer>(&record.body)) content = &answer->content;
      if (content == nullptr) continue;
      if (trusted != record.agreement) {
        const AgreementState& agreement = *book.agreement(*record.agreement);
        const bool good = std::any_of(note.signatures.begin(), note.signatures.end(), [&](const NoteSignature& line) {
          auto speaker = agreement.find_speaker(line.name, line.id);
          return speaker && agreement.speakers[*speaker].capacity == Capacity::machine &&
                 !agreement.speakers[*speaker].removed_by &&
                 verify_note_signature(note.text, line, agreement.speakers[*speaker].key);
        });
        if (!good) return fail(ErrorCode::unauthorised, "no machine of that agreement has signed this request");
        trusted = record.agreement;
      }
      hashes.push_back(content->ciphertext.sha256);
    }
  }
  std::vector<Bytes> blobs;
  std::size_t bytes = 1'024;
  for (const BlobHash& hash : hashes) {
    auto blob = sealed_->get(hash);
    if (!blob) continue;
    if (bytes + blob->size() + 4 > kEnvelopeBytes) break;  // the rest is asked for again
    bytes += blob->size() + 4;
    blobs.push_back(std::move(*blob));
  }
  return write_envelope({}, blobs);
}

std::vector<NoticeNode::CopyStanding> NodeCore::copies() const {
  std::vector<NoticeNode::CopyStanding> standings;
  std::lock_guard lock(peers_mutex_);
  for (const auto& [name, peer] : peers_)
    standings.push_back({name, peer->address.url, peer->copy ? peer->copy->size() : 0,
                         peer->copy ? peer->copy->forks() : 0, peer->trouble});
  return standings;
}

}  // namespace scrutineer

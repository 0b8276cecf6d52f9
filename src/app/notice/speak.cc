// What people and the machine of this node say: drafts, seals, signatures of the machine, contents opened on demand.
#include <algorithm>

#include "app/notice/node_core.h"
#include "app/notice/routing.h"
#include "app/threads/parallel.h"
#include "core/crypto/hash.h"

namespace scrutineer {
namespace {

PartyRole party_of(NodeRole role) {
  return role == NodeRole::institution ? PartyRole::institution
         : role == NodeRole::oversight ? PartyRole::oversight
                                       : PartyRole::notifier;
}

tl::unexpected<Error> no_agreement() {
  return fail(ErrorCode::not_found, "no such agreement is in effect here");
}

}  // namespace

std::optional<std::size_t> NodeCore::machine_for(const AgreementState& agreement) const {
  for (std::size_t i = keys_.machines.size(); i-- > 0;) {
    auto speaker = agreement.find_speaker(keys_.machines[i].vkey.name, keys_.machines[i].vkey.id);
    if (!speaker || agreement.speakers[*speaker].removed_by) continue;
    if (agreement.speakers[*speaker].capacity != Capacity::person) return i;
  }
  return std::nullopt;
}

std::shared_ptr<const KeyRing> NodeCore::key_ring(const AgreementState& agreement) const {
  std::lock_guard lock(rings_mutex_);
  auto& cached = rings_[agreement.id];
  if (cached) return cached;
  auto ring = std::make_shared<KeyRing>();
  const auto& agreed = agreement.boxes[static_cast<std::size_t>(party_of(keys_.role))];
  for (const NodeBox& own : keys_.boxes) {
    auto copy = box_key(SecretBytes::copy_of(own.key.secret.view()));
    if (!copy) continue;
    const bool current = std::find(agreed.begin(), agreed.end(), own.box) != agreed.end();
    (current ? ring->current : ring->replaced).push_back(std::move(*copy));
  }
  return cached = ring;
}

Result<NoticeCandidate> NodeCore::signed_by_machine(const std::string& text, std::size_t machine) const {
  const NodeMachine& own = keys_.machines[machine];
  std::vector<NoteSignature> signatures;
  {
    std::lock_guard lock(signing_);
    SCRUTINEER_TRY(NoteSignature signature, sign_note(text, own.vkey.name, *own.signer));
    signatures.push_back(std::move(signature));
  }
  SCRUTINEER_TRY(Bytes note, entry_bytes(text, std::move(signatures)));
  SCRUTINEER_TRY(ParsedNotice parsed, parse_notice_entry(note));
  NoticeCandidate candidate{std::move(note), std::move(parsed), {}, {}, false};
  candidate.keys[0] = own.vkey;
  candidate.checks[0] = SignedBy::good;
  return candidate;
}

Result<UnsignedRecord> NodeCore::draft_notice(const RecordId& id, NoticeKind kind, NoticeChange change,
                                              const std::optional<RecordId>& replaces,
                                              std::span<const PayloadField> fields,
                                              std::span<const PayloadFile> files) const {
  if (keys_.role != NodeRole::notifier) return fail(ErrorCode::unauthorised, "notices are written by a notifier");
  if ((change == NoticeChange::first) == replaces.has_value())
    return fail(ErrorCode::invalid_argument, "a first version replaces none; every later one replaces one");
  std::vector<AgreedBox> boxes;
  Notice notice;
  notice.kind = kind;
  notice.change = change;
  {
    auto lock = ledger_->reading();
    const AgreementState* agreement = ledger_->book().agreement(id);
    if (agreement == nullptr || !agreement->in_effect) return no_agreement();
    boxes = agreement->boxes_of_both();  // to oneself, too: whoever writes something must be able to show it later
    if (replaces) {
      const RecordId* first = ledger_->book().first_of(*replaces);
      const NoticeVersion* before = ledger_->book().version(*replaces);
      if (!first || !before || ledger_->book().records()[before->record].record.agreement != id)
        return fail(ErrorCode::not_found, "the notice that this one replaces is not known under this agreement");
      notice.of = *first;
      notice.replaces = *replaces;
    }
  }
  SCRUTINEER_TRY(Sealed sealed, seal_payload(id, fields, files, boxes, rng_));
  notice.content = sealed.content;
  return UnsignedRecord{notice_record_text({id, to_rfc3339(clock_.now()), notice}), std::move(sealed)};
}

Result<UnsignedRecord> NodeCore::draft_answer(const RecordId& id, AnswerStage stage,
                                              std::span<const PayloadField> fields,
                                              std::span<const PayloadFile> files) const {
  if (keys_.role != NodeRole::institution)
    return fail(ErrorCode::unauthorised, "answers are written by an institution");
  std::vector<AgreedBox> boxes;
  RecordId agreement_id;
  {
    auto lock = ledger_->reading();
    const NoticeVersion* version = ledger_->book().version(id);
    if (version == nullptr) return fail(ErrorCode::not_found, "no such notice is here", to_hex(id));
    agreement_id = *ledger_->book().records()[version->record].record.agreement;
    boxes = ledger_->book().agreement(agreement_id)->boxes_of_both();
  }
  SCRUTINEER_TRY(Sealed sealed, seal_payload(agreement_id, fields, files, boxes, rng_));
  NoticeAnswer answer{id, stage, sealed.content};
  return UnsignedRecord{notice_record_text({agreement_id, to_rfc3339(clock_.now()), answer}), std::move(sealed)};
}

Result<UnsignedRecord> NodeCore::draft(NoticeRecord record) const {
  if (!is_told(keys_.role, record.type(), Peer::relay))
    return fail(ErrorCode::unauthorised, "a node of this role does not say this");
  if (record.type() == NoticeType::notice || record.type() == NoticeType::answer)
    return fail(ErrorCode::invalid_argument, "this holds sealed contents");
  if (record.agreement) {
    auto lock = ledger_->reading();
    if (ledger_->book().agreement(*record.agreement) == nullptr) return no_agreement();
    const RecordId* notice = notice_of(record);
    if (notice && ledger_->book().version(*notice) == nullptr)
      return fail(ErrorCode::not_found, "no such notice is here", to_hex(*notice));
  }
  if (!record.at && record.type() != NoticeType::agreement) record.at = to_rfc3339(clock_.now());
  std::string text = notice_record_text(record);
  SCRUTINEER_TRY(NoticeRecord again, read_notice_record_text(text));  // what nobody could read is not signed
  return UnsignedRecord{std::move(text), std::nullopt};
}

Result<TakenIn> NodeCore::say_as_machine(const UnsignedRecord& draft) {
  SCRUTINEER_TRY(NoticeRecord record, read_notice_record_text(draft.text));
  std::optional<std::size_t> machine;
  {
    auto lock = ledger_->reading();
    const AgreementState* agreement = record.agreement ? ledger_->book().agreement(*record.agreement) : nullptr;
    if (agreement == nullptr) return no_agreement();
    machine = machine_for(*agreement);
  }
  if (!machine) return fail(ErrorCode::unauthorised, "the agreement does not know this machine's key");
  SCRUTINEER_TRY(NoticeCandidate candidate, signed_by_machine(draft.text, *machine));
  return say(candidate.note, draft.sealed ? BytesView(draft.sealed->ciphertext) : BytesView());
}

std::vector<Result<TakenIn>> NodeCore::notify_many(std::span<const RecordId> agreements, NoticeKind kind,
                                                   std::span<const PayloadField> fields,
                                                   std::span<const PayloadFile> files) {
  const std::size_t n = agreements.size();
  std::vector<Result<TakenIn>> results(n, fail(ErrorCode::not_found, "no such agreement is in effect here"));
  std::vector<std::optional<std::size_t>> machines(n);
  {
    auto lock = ledger_->reading();
    for (std::size_t i = 0; i < n; ++i)
      if (const AgreementState* agreement = ledger_->book().agreement(agreements[i]))
        machines[i] = machine_for(*agreement);
  }
  std::vector<std::optional<NoticeCandidate>> made(n);
  std::vector<Bytes> ciphertexts(n);
  parallel_for(n, default_threads(), 1, [&](std::size_t i, std::size_t) {
    auto drafted = draft_notice(agreements[i], kind, NoticeChange::first, std::nullopt, fields, files);
    if (!drafted) {
      results[i] = tl::unexpected(drafted.error());
      return;
    }
    wipe(drafted->sealed->plaintext);
    if (!machines[i]) {
      results[i] = fail(ErrorCode::unauthorised, "the agreement does not know this machine's key");
      return;
    }
    auto candidate = signed_by_machine(drafted->text, *machines[i]);
    if (!candidate) {
      results[i] = tl::unexpected(candidate.error());
      return;
    }
    made[i] = std::move(*candidate);
    ciphertexts[i] = std::move(drafted->sealed->ciphertext);
  });
  std::vector<NoticeCandidate> candidates;
  std::vector<std::size_t> places;
  std::vector<std::pair<BlobHash, BytesView>> blobs;
  for (std::size_t i = 0; i < n; ++i) {
    if (!made[i]) continue;
    blobs.emplace_back(std::get<Notice>(made[i]->parsed.record.body).content.ciphertext.sha256, ciphertexts[i]);
    candidates.push_back(std::move(*made[i]));
    places.push_back(i);
  }
  Status kept = sealed_->keep(blobs);
  Ledger::Admitted admitted;
  if (kept) {
    admitted = ledger_->admit(candidates);
    kept = ledger_->wait(admitted.until);
  }
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (!kept)
      results[places[i]] = tl::unexpected(kept.error());
    else if (admitted.results[i].error)
      results[places[i]] = tl::unexpected(*admitted.results[i].error);
    else
      results[places[i]] = admitted.results[i];
  }
  wake_destinations();
  return results;
}

Result<Bytes> NodeCore::open_content(const RecordId& id) const {
  SealedContent content;
  std::shared_ptr<const KeyRing> ring;
  {
    auto lock = ledger_->reading();
    auto found = ledger_->book().find(id);
    if (!found) return fail(ErrorCode::not_found, "no such record is here", to_hex(id));
    const NoticeRecord& record = ledger_->book().records()[*found].record;
    if (auto* notice = std::get_if<Notice>(&record.body))
      content = notice->content;
    else if (auto* answer = std::get_if<NoticeAnswer>(&record.body))
      content = answer->content;
    else
      return fail(ErrorCode::invalid_argument, "this record has no sealed contents", to_hex(id));
    ring = key_ring(*ledger_->book().agreement(*record.agreement));
  }
  SCRUTINEER_TRY(Bytes ciphertext, sealed_->get(content.ciphertext.sha256));
  auto plaintext = open_ciphertext(ciphertext, ring->current);
  if (!plaintext && plaintext.error().code == ErrorCode::unauthorised)
    plaintext = open_ciphertext(ciphertext, ring->replaced);
  if (plaintext && sha256(*plaintext) != content.payload) {
    wipe(*plaintext);
    return fail(ErrorCode::corrupt, "what was sealed is not what the record commits to", to_hex(id));
  }
  return plaintext;
}

Result<Bytes> NodeCore::envelope_of(const RecordId& id) const {
  std::vector<std::uint64_t> places;
  std::optional<BlobHash> contents;
  {
    auto lock = ledger_->reading();
    auto found = ledger_->book().find(id);
    if (!found) return fail(ErrorCode::not_found, "no such record is here", to_hex(id));
    const NoticeRecord& record = ledger_->book().records()[*found].record;
    if (record.agreement) {
      auto positions = ledger_->log().find(*record.agreement);
      if (positions) places = *positions;
    }
    places.push_back(ledger_->place_of(*found));
    if (auto* notice = std::get_if<Notice>(&record.body)) contents = notice->content.ciphertext.sha256;
    if (auto* answer = std::get_if<NoticeAnswer>(&record.body)) contents = answer->content.ciphertext.sha256;
  }
  std::vector<Bytes> records, blobs;
  for (std::uint64_t place : places) {
    SCRUTINEER_TRY(Bytes note, ledger_->log().entry(place));
    records.push_back(std::move(note));
  }
  if (contents) {
    SCRUTINEER_TRY(Bytes blob, sealed_->get(*contents));
    blobs.push_back(std::move(blob));
  }
  return write_envelope(records, blobs);
}

std::string NodeCore::call_code(const RecordId& notice, const VerifierKey& person) {
  std::lock_guard lock(codes_mutex_);
  const std::int64_t now = clock_.now().value;
  std::erase_if(codes_, [&](const auto& code) { return code.second.until < now; });
  Code& code = codes_[{notice, to_string(person)}];
  if (code.digits.empty()) {
    // 64 random bits: no code is noticeably likelier than another.
    std::array<std::uint8_t, 8> random{};
    rng_.fill(random);
    std::uint64_t number = 0;
    for (std::uint8_t byte : random) number = number << 8 | byte;
    number %= 100'000'000;
    code.digits = std::to_string(number);
    code.digits.insert(0, kCallCodeDigits - code.digits.size(), '0');
    code.until = now + kCallCodeSeconds;
  }
  return code.digits;
}

}  // namespace scrutineer

#include "app/cli/notice_access.h"

#include "app/cli/session.h"
#include "app/cli/terminal.h"
#include "app/disk/system.h"
#include "app/http/client.h"
#include "app/notice/wire.h"
#include "core/base/limits.h"

namespace scrutineer::cli {
namespace {

constexpr std::size_t kFewestDigits = 8;

Status fold_entry(NoticeBook& book, BytesView bytes) {
  auto entry = parse_notice_entry(bytes);
  if (!entry) return {};  // whatever a later version may have put there
  std::vector<SignedBy> checks;
  for (const NoteSignature& signature : entry->signatures) {
    const auto key = book.key_of(*entry, signature);
    checks.push_back(!key                                                  ? SignedBy::stranger
                     : verify_note_signature(entry->text, signature, *key) ? SignedBy::good
                                                                           : SignedBy::bad);
  }
  book.apply(*entry, checks);
  return {};
}

// The one of these ids that begins so.
Result<RecordId> pick(const std::vector<RecordId>& ids, const std::string& text, const char* what) {
  if (text.size() < kFewestDigits && !(text.empty() && ids.size() == 1))
    return fail(ErrorCode::invalid_argument,
                std::string("say which ") + what + ": its record id, or its first eight digits or more");
  std::vector<RecordId> fitting;
  for (const RecordId& id : ids)
    if (to_hex(id).starts_with(text)) fitting.push_back(id);
  if (fitting.size() == 1) return fitting[0];
  if (fitting.empty()) return fail(ErrorCode::not_found, std::string("there is no such ") + what, text);
  return fail(ErrorCode::conflict, std::string("more than one ") + what + " begins so", text);
}

Result<std::vector<HandedIn>> post(const std::string& url, const Envelope& envelope, Channel channel) {
  SCRUTINEER_TRY(Bytes bytes, write_envelope(envelope.records, envelope.blobs));
  http::ClientOptions options;
  options.base = url;
  options.whole = std::chrono::minutes(2);
  SCRUTINEER_TRY(auto client, http::Client::make(options));
  const std::string path =
      kEnvelopePath + ("?channel=" + std::string(kChannelNames[static_cast<std::size_t>(channel)]));
  SCRUTINEER_TRY(http::ClientAnswer answer, client->post(path, kEnvelopeType, bytes, kEnvelopeAnswerBytes));
  auto read = answer.status == 200 ? read_envelope_answer(answer.body)
                                   : fail(ErrorCode::io_error, "status " + std::to_string(answer.status));
  if (!read || read->results.size() != envelope.records.size())
    return fail(ErrorCode::io_error, "what answers there is not this node", url);
  std::vector<HandedIn> handed;
  for (std::size_t i = 0; i < read->results.size(); ++i) {
    const EnvelopeAnswer::One& one = read->results[i];
    auto entry = parse_notice_entry(envelope.records[i]);
    handed.push_back({entry ? entry->id : RecordId(), one.outcome, one.sentence, one.not_now()});
  }
  return handed;
}

Result<std::vector<HandedIn>> open_and_take(const std::string& directory, const Envelope& envelope, Channel channel) {
  PosixDisk disk;
  SystemClock clock;
  SystemRng rng;
  SCRUTINEER_TRY(auto node, open_quietly(disk, clock, rng, directory));
  // Through the same words as over HTTP: what counts as "not now" is said in one place.
  SCRUTINEER_TRY(EnvelopeAnswer answer, read_envelope_answer(envelope_answer(node->take_in(envelope, channel))));
  std::vector<HandedIn> handed;
  for (std::size_t i = 0; i < answer.results.size(); ++i) {
    const EnvelopeAnswer::One& one = answer.results[i];
    auto entry = parse_notice_entry(envelope.records[i]);
    handed.push_back({entry ? entry->id : RecordId(), one.outcome, one.sentence, one.not_now()});
  }
  return handed;
}

}  // namespace

Result<NodeBook> NodeBook::open(const std::string& directory) {
  NodeBook node;
  node.directory_ = directory;
  node.disk_ = std::make_unique<PosixDisk>();
  SCRUTINEER_TRY(bool there, node.disk_->exists(directory + "/node.json"));
  if (!there) return fail(ErrorCode::not_found, "there is no node here (see: scrutineer notice new --help)", directory);
  node.book_ = std::make_unique<NoticeBook>();
  SCRUTINEER_TRY(bool begun, node.disk_->exists(directory + "/log"));
  if (!begun) return node;  // a new node has said and heard nothing yet
  SCRUTINEER_TRY(node.log_, LogReader::open(*node.disk_, directory + "/log"));
  SCRUTINEER_CHECKED(node.log_->entries(
      0, node.log_->size(), [&](std::uint64_t, BytesView bytes) { return fold_entry(*node.book_, bytes); }));
  return node;
}

Result<RecordId> NodeBook::find_notice(const std::string& text) const {
  std::vector<RecordId> ids;
  for (const BookedNotice& record : book_->records())
    if (record.record.type() == NoticeType::notice && record.counts) ids.push_back(record.id);
  return pick(ids, text, "notice");
}

Result<RecordId> NodeBook::find_sealed(const std::string& text) const {
  std::vector<RecordId> ids;
  for (const BookedNotice& record : book_->records())
    if ((record.record.type() == NoticeType::notice || record.record.type() == NoticeType::answer) && record.counts)
      ids.push_back(record.id);
  return pick(ids, text, "notice or answer");
}

Result<RecordId> NodeBook::find_agreement(const std::string& text) const {
  std::vector<RecordId> ids;
  for (const AgreementState* state : book_->agreements()) ids.push_back(state->id);
  return pick(ids, text, "agreement");
}

Result<Bytes> NodeBook::note_of(const RecordId& id) const {
  if (!log_) return fail(ErrorCode::not_found, "the log has no such record", to_hex(id));
  SCRUTINEER_TRY(std::vector<std::uint64_t> places, log_->find(id));
  if (places.empty()) return fail(ErrorCode::not_found, "the log has no such record", to_hex(id));
  return log_->entry(places.front());
}

std::string listening_path(const std::string& directory) {
  return directory + "/listening";
}

Result<std::vector<HandedIn>> hand_over(const std::string& directory, const Envelope& envelope, Channel channel) {
  PosixDisk disk;
  auto there = read_file(disk, listening_path(directory), limits::kKeyFileBytes);
  if (!there) return open_and_take(directory, envelope, channel);
  std::string url = *there;
  while (!url.empty() && (url.back() == '\n' || url.back() == '/')) url.pop_back();
  auto posted = post(url, envelope, channel);
  if (posted) return posted;
  // A node that was killed leaves its address behind: whether it runs is told by its lock.
  auto taken = open_and_take(directory, envelope, channel);
  return taken || taken.error().code != ErrorCode::busy ? std::move(taken) : std::move(posted);
}

int tell_handed(const std::vector<HandedIn>& handed) {
  int code = kGood;
  for (const HandedIn& one : handed) {
    std::string line = one.record == RecordId() ? "a record" : short_id(one.record);
    line.append("  ").append(kTakenInNames[static_cast<std::size_t>(one.outcome)]);
    if (!one.reason.empty()) line.append(": ").append(one.reason);
    tell(line);
    if (!one.taken()) code = std::max(code, one.later() ? kCouldNotRun : kAnswerIsNo);
  }
  return code;
}

int hand_in(const std::string& directory, const Envelope& envelope, Channel channel) {
  auto handed = hand_over(directory, envelope, channel);
  return handed ? tell_handed(*handed) : complain(handed.error());
}

Result<std::unique_ptr<NoticeNode>> open_quietly(Disk& disk, Clock& clock, Rng& rng, const std::string& directory) {
  NodeOptions options;
  options.directory = directory;
  options.background = false;
  auto node = NoticeNode::open(disk, clock, rng, options);
  if (!node && node.error().code == ErrorCode::busy)
    return fail(ErrorCode::busy, "this node is running: use its pages for this, or stop it first", directory);
  return node;
}

Result<Bytes> sign_as(const std::string& text, const std::string& key_file, const std::string& passphrase_file) {
  PosixDisk disk;
  SCRUTINEER_TRY(NamedKey key, load_key(disk, key_file, passphrase_file));
  SCRUTINEER_TRY(auto signer, make_signer(key.secret));
  SCRUTINEER_TRY(NoteSignature signature, sign_note(text, key.vkey.name, *signer));
  return entry_bytes(text, {std::move(signature)});
}

std::string short_id(const RecordId& id) {
  return to_hex(id).substr(0, 12);
}

std::string now_text() {
  SystemClock clock;
  return to_rfc3339(clock.now());
}

}  // namespace scrutineer::cli

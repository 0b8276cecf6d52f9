#include "core/record/notices.h"

#include <algorithm>
#include <set>

#include "core/record/disclosure.h"

namespace scrutineer {
namespace {

constexpr std::size_t kWordsBytes = 2'000;
constexpr std::size_t kSilenceHeads = 32;

template <class Enum, std::size_t N>
void write_choice(JsonWriter& out, std::string_view name, Enum value, const std::string_view (&names)[N]) {
  out.member(name, names[static_cast<std::size_t>(value)]);
}

template <class Enum, std::size_t N>
Enum read_choice(const ObjectReader& in, std::string_view name, const std::string_view (&names)[N]) {
  return static_cast<Enum>(in.choice(name, names));
}

std::optional<RecordId> read_optional_id(const ObjectReader& in, std::string_view name) {
  auto hash = in.optional_hash(name);
  if (!hash) return std::nullopt;
  return RecordId{*hash};
}

std::vector<std::string> read_digests(const ObjectReader& in, std::string_view name) {
  std::vector<std::string> digests = in.strings(name);
  if (digests.size() > kSealedDigests) in.problem(name, "expected at most 64 digests");
  for (const std::string& digest : digests)
    if (!is_disclosure_digest(digest)) in.problem(name, "expected digests of disclosures (43 characters of base64url)");
  return digests;
}

// RFC 9901 section 4.1: `_sd` and `_sd_alg` stand among the members of the object whose fields are disclosed later.
void write_content(JsonWriter& out, const SealedContent& content) {
  write(out, "ciphertext", content.ciphertext);
  out.member("payload", to_hex(content.payload));
  write_strings(out, "_sd", content.digests);
  out.member("_sd_alg", "sha-256");
}

SealedContent read_content(const ObjectReader& in) {
  SealedContent content;
  in.object("ciphertext", [&](const ObjectReader& blob) { content.ciphertext = read_blob_ref(blob); });
  content.payload = in.hash("payload");
  content.digests = read_digests(in, "_sd");
  if (in.string("_sd_alg") != "sha-256") in.problem("_sd_alg", "expected sha-256");
  return content;
}

std::string read_code(const ObjectReader& in, std::string_view name) {
  std::string code = in.string(name);
  if (code.size() != kCallCodeDigits ||
      !std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; }))
    in.problem(name, "expected 8 digits");
  return code;
}

std::string read_words(const ObjectReader& in, std::string_view name) {
  std::string words = in.optional_string(name).value_or("");
  if (words.size() > kWordsBytes) in.problem(name, "expected at most 2000 bytes");
  return words;
}

void write_words(JsonWriter& out, std::string_view name, const std::string& words) {
  if (!words.empty()) out.member(name, words);
}

}  // namespace

void write_members(JsonWriter& out, const Notice& notice) {
  write_choice(out, "kind", notice.kind, kNoticeKindNames);
  write_choice(out, "change", notice.change, kNoticeChangeNames);
  if (notice.of) out.member("of", to_hex(*notice.of));
  if (notice.replaces) out.member("replaces", to_hex(*notice.replaces));
  write_content(out, notice.content);
}

Notice read_notice(const ObjectReader& in) {
  Notice notice;
  notice.kind = read_choice<NoticeKind>(in, "kind", kNoticeKindNames);
  notice.change = read_choice<NoticeChange>(in, "change", kNoticeChangeNames);
  notice.of = read_optional_id(in, "of");
  notice.replaces = read_optional_id(in, "replaces");
  const bool first = notice.change == NoticeChange::first;
  if (first == notice.of.has_value() || first == notice.replaces.has_value())
    in.problem("change",
               "a first version names no other; every later one names the first (of) and the one before (replaces)");
  notice.content = read_content(in);
  return notice;
}

void write_members(JsonWriter& out, const Availability& availability) {
  out.name("notices").begin_array();
  for (const RecordId& id : availability.notices) out.string(to_hex(id));
  out.end_array().member("relay", availability.relay);
}

Availability read_availability(const ObjectReader& in) {
  Availability availability;
  for (const std::string& text : in.strings("notices")) {
    auto hash = hash_from_hex(text);
    if (!hash) in.problem("notices", "expected record ids (64 hex digits)");
    if (hash) availability.notices.push_back(RecordId{*hash});
  }
  if (availability.notices.empty() || availability.notices.size() > kNoticesPerAvailability)
    in.problem("notices", "expected 1 to 256 notices");
  availability.relay = in.non_empty("relay");
  return availability;
}

void write_members(JsonWriter& out, const Receipt& receipt) {
  out.member("notice", to_hex(receipt.notice));
  write_choice(out, "channel", receipt.channel, kChannelNames);
  out.member("ciphertext", to_hex(receipt.ciphertext));
  if (receipt.payload) out.member("payload", to_hex(*receipt.payload));
  write_strings(out, "opened", receipt.opened);
  write_strings(out, "unopened", receipt.unopened);
  write_choice(out, "trouble", receipt.trouble, kReceiptTroubleNames);
}

Receipt read_receipt(const ObjectReader& in) {
  Receipt receipt;
  receipt.notice = read_record_id(in, "notice");
  receipt.channel = read_choice<Channel>(in, "channel", kChannelNames);
  receipt.ciphertext = BlobHash{in.hash("ciphertext")};
  receipt.payload = in.optional_hash("payload");
  receipt.opened = read_digests(in, "opened");
  receipt.unopened = read_digests(in, "unopened");
  receipt.trouble = read_choice<ReceiptTrouble>(in, "trouble", kReceiptTroubleNames);
  if (!receipt.payload && !receipt.opened.empty()) in.problem("opened", "nothing was opened: there is no payload");
  return receipt;
}

void write_members(JsonWriter& out, const Acknowledgement& acknowledgement) {
  out.member("notice", to_hex(acknowledgement.notice)).member("payload", to_hex(acknowledgement.payload));
}

Acknowledgement read_acknowledgement(const ObjectReader& in) {
  return {read_record_id(in, "notice"), in.hash("payload")};
}

void write_members(JsonWriter& out, const NoticeAnswer& answer) {
  out.member("notice", to_hex(answer.notice));
  write_choice(out, "stage", answer.stage, kAnswerStageNames);
  write_content(out, answer.content);
}

NoticeAnswer read_notice_answer(const ObjectReader& in) {
  NoticeAnswer answer;
  answer.notice = read_record_id(in, "notice");
  answer.stage = read_choice<AnswerStage>(in, "stage", kAnswerStageNames);
  answer.content = read_content(in);
  return answer;
}

void write_members(JsonWriter& out, const NoticeRefusal& refusal) {
  out.member("notice", to_hex(refusal.notice));
  write_choice(out, "code", refusal.code, kRefusalCodeNames);
  write_words(out, "reason", refusal.reason);
}

NoticeRefusal read_notice_refusal(const ObjectReader& in) {
  NoticeRefusal refusal;
  refusal.notice = read_record_id(in, "notice");
  refusal.code = read_choice<RefusalCode>(in, "code", kRefusalCodeNames);
  refusal.reason = read_words(in, "reason");
  return refusal;
}

void write_members(JsonWriter& out, const Call& call) {
  out.member("notice", to_hex(call.notice)).member("shown", call.shown).member("heard", call.heard);
}

Call read_call(const ObjectReader& in) {
  return {read_record_id(in, "notice"), read_code(in, "shown"), read_code(in, "heard")};
}

void write_members(JsonWriter& out, const Escalation& escalation) {
  out.member("notice", to_hex(escalation.notice)).member("deadline", escalation.deadline);
  write_choice(out, "to", escalation.to, kEscalateToNames);
}

Escalation read_escalation(const ObjectReader& in) {
  return {read_record_id(in, "notice"), read_short(in, "deadline"),
          read_choice<EscalateTo>(in, "to", kEscalateToNames)};
}

void write_members(JsonWriter& out, const Silence& silence) {
  out.member("notice", to_hex(silence.notice)).member("deadline", silence.deadline).name("heads").begin_array();
  for (const LogHead& head : silence.heads)
    out.begin_object().member("origin", head.origin).member("size", head.size).end_object();
  out.end_array();
}

Silence read_silence(const ObjectReader& in) {
  Silence silence{read_record_id(in, "notice"), read_short(in, "deadline"), {}};
  in.objects("heads", [&](const ObjectReader& one, std::size_t) {
    silence.heads.push_back({one.non_empty("origin"), one.integer("size", 0, limits::kMaxInteger)});
  });
  if (silence.heads.size() > kSilenceHeads) in.problem("heads", "expected at most 32 logs");
  return silence;
}

void write_members(JsonWriter& out, const Closing& closing) {
  out.member("notice", to_hex(closing.notice));
  write_choice(out, "outcome", closing.outcome, kClosingOutcomeNames);
}

Closing read_closing(const ObjectReader& in) {
  return {read_record_id(in, "notice"), read_choice<ClosingOutcome>(in, "outcome", kClosingOutcomeNames)};
}

void write_members(JsonWriter& out, const Statement& statement) {
  write_choice(out, "claim", statement.claim, kClaimNames);
  if (statement.notice) out.member("notice", to_hex(*statement.notice));
  if (statement.time) out.member("time", *statement.time);
  write_words(out, "words", statement.words);
  write_words(out, "source", statement.source);
}

Statement read_statement(const ObjectReader& in) {
  Statement statement;
  statement.claim = read_choice<Claim>(in, "claim", kClaimNames);
  statement.notice = read_optional_id(in, "notice");
  statement.time = read_time(in, "time");
  if (statement.claim == Claim::notified_later && !statement.time)
    in.problem("time", "who says `later` says later than when");
  statement.words = read_words(in, "words");
  statement.source = read_words(in, "source");
  return statement;
}

}  // namespace scrutineer

#include "core/record/notice_record.h"

#include <algorithm>

#include "core/merkle/tree.h"
#include "core/record/envelope.h"

namespace scrutineer {
namespace {

NoticeBody read_body(NoticeType type, const ObjectReader& in) {
  switch (type) {
    case NoticeType::agreement: return read_agreement(in);
    case NoticeType::key_change: return read_key_change(in);
    case NoticeType::duty: return read_duty_rota(in);
    case NoticeType::notice: return read_notice(in);
    case NoticeType::availability: return read_availability(in);
    case NoticeType::receipt: return read_receipt(in);
    case NoticeType::acknowledgement: return read_acknowledgement(in);
    case NoticeType::answer: return read_notice_answer(in);
    case NoticeType::refusal: return read_notice_refusal(in);
    case NoticeType::call: return read_call(in);
    case NoticeType::escalation: return read_escalation(in);
    case NoticeType::silence: return read_silence(in);
    case NoticeType::closing: return read_closing(in);
    case NoticeType::statement: return read_statement(in);
  }
  __builtin_unreachable();
}

}  // namespace

NoticeBody::NoticeBody() = default;
NoticeBody::NoticeBody(Agreement body) : NoticeVariant(std::move(body)) {}
NoticeBody::NoticeBody(KeyChange body) : NoticeVariant(std::move(body)) {}
NoticeBody::NoticeBody(DutyRota body) : NoticeVariant(std::move(body)) {}
NoticeBody::NoticeBody(Notice body) : NoticeVariant(std::move(body)) {}
NoticeBody::NoticeBody(Availability body) : NoticeVariant(std::move(body)) {}
NoticeBody::NoticeBody(Receipt body) : NoticeVariant(std::move(body)) {}
NoticeBody::NoticeBody(Acknowledgement body) : NoticeVariant(std::move(body)) {}
NoticeBody::NoticeBody(NoticeAnswer body) : NoticeVariant(std::move(body)) {}
NoticeBody::NoticeBody(NoticeRefusal body) : NoticeVariant(std::move(body)) {}
NoticeBody::NoticeBody(Call body) : NoticeVariant(std::move(body)) {}
NoticeBody::NoticeBody(Escalation body) : NoticeVariant(std::move(body)) {}
NoticeBody::NoticeBody(Silence body) : NoticeVariant(std::move(body)) {}
NoticeBody::NoticeBody(Closing body) : NoticeVariant(std::move(body)) {}
NoticeBody::NoticeBody(Statement body) : NoticeVariant(std::move(body)) {}
NoticeBody::NoticeBody(const NoticeBody& other) = default;
NoticeBody::NoticeBody(NoticeBody&& other) noexcept = default;
NoticeBody& NoticeBody::operator=(const NoticeBody& other) = default;
NoticeBody& NoticeBody::operator=(NoticeBody&& other) noexcept = default;
NoticeBody::~NoticeBody() = default;

std::string notice_record_text(const NoticeRecord& record) {
  JsonWriter out;
  out.begin_object();
  if (record.agreement) out.member("agreement", to_hex(*record.agreement));
  if (record.at) out.member("at", *record.at);
  std::visit([&](const auto& body) { write_members(out, body); }, record.body);
  out.end_object();
  return join_record_text(kNoticeTypeNames[static_cast<std::size_t>(record.type())], out.text());
}

Result<NoticeRecord> read_notice_record_text(std::string_view text) {
  SCRUTINEER_TRY(RecordLines lines, split_record_text(text));
  const auto name = std::find(kNoticeTypeNames.begin(), kNoticeTypeNames.end(), lines.type);
  if (name == kNoticeTypeNames.end()) return tl::unexpected(unknown_record_type(lines.type));
  const auto type = static_cast<NoticeType>(name - kNoticeTypeNames.begin());
  thread_local Json document;  // keeps its memory from record to record
  if (auto parsed = Json::parse_into(document, lines.body); !parsed)
    return tl::unexpected(placed(parsed.error(), "line 2"));

  Problems problems;
  ObjectReader in(document.root(), problems);
  NoticeRecord record;
  if (type == NoticeType::agreement) {
    if (in.has("agreement")) in.problem("agreement", "an agreement does not name one");
  } else {
    record.agreement = read_record_id(in, "agreement");
  }
  record.at = read_time(in, "at");
  record.body = read_body(type, in);
  if (!problems.empty()) return tl::unexpected(problems.first());
  return record;
}

Result<ParsedNotice> parse_notice_entry(BytesView note) {
  if (note.size() > limits::kEntryBytes) return fail(ErrorCode::limit_exceeded, "an entry has at most 65535 bytes");
  SCRUTINEER_TRY(NoteView view, parse_note_view(note));
  SCRUTINEER_CHECKED(check_signature_order(view.signatures));
  SCRUTINEER_TRY(NoticeRecord record, read_notice_record_text(view.text));
  return ParsedNotice{record_id(view.text), leaf_hash(note), std::string(view.text), std::move(record),
                      std::move(view.signatures)};
}

const RecordId* notice_of(const NoticeRecord& record) {
  return std::visit(
      [](const auto& body) -> const RecordId* {
        if constexpr (requires { RecordId{body.notice}; }) return &body.notice;
        if constexpr (std::is_same_v<std::decay_t<decltype(body)>, Statement>)
          return body.notice ? &*body.notice : nullptr;
        return nullptr;
      },
      record.body);
}

}  // namespace scrutineer

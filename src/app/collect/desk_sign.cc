// Reasons, photographs, and signatures below the texts that the desk has made.
#include <algorithm>
#include <array>

#include "app/collect/desk_sheet.h"
#include "app/projection/log_directory.h"
#include "core/crypto/hash.h"

namespace scrutineer {

std::optional<SheetAct> sheet_act_from(std::string_view word) {
  constexpr std::string_view kWords[] = {"accept", "announce", "sign", "refuse", "remark", "attach"};
  auto found = std::find(std::begin(kWords), std::end(kWords), word);
  if (found == std::end(kWords)) return std::nullopt;
  return static_cast<SheetAct>(found - std::begin(kWords));
}

namespace {

DeskResult<void> good_reason(const std::string& reason) {
  bool blank = std::all_of(reason.begin(), reason.end(), [](char c) { return c == ' ' || c == '\n' || c == '\r'; });
  if (blank || !is_plain_text(reason, kReasonBytes))
    return refuse(ErrorCode::invalid_argument, "사유를 적으십시오(한글 약 650자까지).",
                  "give a reason of up to 2,000 bytes");
  return {};
}

tl::unexpected<DeskRefusal> refuse_state() {
  return refuse(ErrorCode::conflict, "지금 이 개표상황표에는 할 수 없는 일입니다. 화면을 다시 여십시오.",
                "this cannot be done with the sheet as it stands now; open the page again");
}

// ---- What a reason makes ----

DeskResult<MadeText> make_acceptance(Desk::State& s, const SheetView& view, const std::string& code,
                                     const std::string& reason) {
  if (!view.roles.has(DeskRole::coordinator)) return refuse_role();
  if (!view.figures) return tl::unexpected(words_of(CountRefusal::not_agreed));
  for (std::size_t i = 0; i < view.findings.size(); ++i) {
    if (rule_text(view.findings[i]).code != code || !rule_text(view.findings[i]).error) continue;
    if (!view.accepted[i].empty()) return refuse_state();
    const CountSheet& sheet = *view.figures;
    return MadeText{
        s.record_of(Acceptance{sheet.unit, sheet.contest, figures_hash(sheet), code, reason}), code, reason, {}};
  }
  return refuse(ErrorCode::not_found, "이 개표상황표에는 그런 오류가 없습니다.", "this sheet has no such error");
}

template <class Body>
DeskResult<MadeText> make_statement(Desk::State& s, const SheetView& view, const std::string& reason,
                                    std::initializer_list<DeskRole> roles) {
  if (!view.roles.any_of(roles)) return refuse_role();
  if (view.text.empty())
    return refuse(ErrorCode::conflict, "공표된 뒤에 적을 수 있습니다.", "this is said about an announced sheet");
  return MadeText{s.record_of(Body{view.log.shown->record, reason}), {}, reason, {}};
}

// ---- Signing ----

using Sign = DeskResult<void> (*)(Desk::State&, const DeskPerson&, const DeskCell&, const SheetView&,
                                  const NoteSignature&);

// After it, so that nothing of a unit is in the log before its chair has announced it.
void hand_in_the_rest(Desk::State& s, const DeskSheet& sheet) {
  s.hand_in_kept_back(sheet, s.look({}, sheet).log);
}

DeskResult<void> announce(Desk::State& s, const DeskPerson& person, const DeskCell&, const SheetView& view,
                          const NoteSignature& signature) {
  if (!view.roles.has(DeskRole::chair)) return refuse_role();
  const CellCount* count = s.cell(view.sheet);
  if (!view.counting || !count || !count->agreed()) return refuse_state();
  if (has_open_errors(view))
    return refuse(ErrorCode::conflict, "관리자가 먼저 오류를 사유와 함께 받아들여야 합니다.",
                  "a coordinator has to accept the error with a reason first");
  DESK_CHECKED(polls_closed(s));
  for (auto offered = count->offered().rbegin(); offered != count->offered().rend(); ++offered) {
    if (!(offered->to.key == person.key) || !Desk::State::signed_by(person, offered->text, signature)) continue;
    DESK_CHECKED(s.hand_in(offered->text, signature));
    hand_in_the_rest(s, view.sheet);
    return {};
  }
  return refuse_signature();
}

DeskResult<void> sign(Desk::State& s, const DeskPerson& person, const DeskCell&, const SheetView& view,
                      const NoteSignature& signature) {
  if (!view.roles.any_of({DeskRole::chair, DeskRole::member})) return refuse_role();
  if (view.counting || view.text.empty()) return refuse_state();
  if (!Desk::State::signed_by(person, view.text, signature)) return refuse_signature();
  DESK_CHECKED(s.hand_in(view.text, signature));
  return {};
}

// The text that was made for this person; nothing else is ever signed here.
DeskResult<MadeText> made_and_signed(Desk::State& s, const DeskPerson& person, const std::string& about_what,
                                     const NoteSignature& signature) {
  const MadeText* made = s.made_for(person, about_what);
  if (!made) return tl::unexpected(words_of(CountRefusal::not_prepared));
  if (!Desk::State::signed_by(person, made->text, signature)) return refuse_signature();
  return *made;
}

DeskResult<void> accept(Desk::State& s, const DeskPerson& person, const DeskCell& cell, const SheetView& view,
                        const NoteSignature& signature) {
  if (!view.roles.has(DeskRole::coordinator)) return refuse_role();
  if (!view.figures) return refuse_state();
  for (std::size_t i = 0; i < view.findings.size(); ++i) {
    std::string code(rule_text(view.findings[i]).code);
    const MadeText* made = s.made_for(person, about(cell, SheetAct::accept, code));
    if (!made || !Desk::State::signed_by(person, made->text, signature)) continue;
    if (!view.accepted[i].empty()) return refuse_state();
    // Of these very figures: they may have been entered anew since the page was opened.
    DESK_TRY(Record record, read_record_text(made->text));
    if (std::get<Acceptance>(record.body).figures != figures_hash(*view.figures)) return refuse_state();
    if (!view.counting) {
      DESK_CHECKED(s.hand_in(made->text, signature));
    } else {
      DESK_TRY(Bytes note, entry_bytes(made->text, {signature}));
      DESK_CHECKED(s.commit(view.sheet, AcceptedError{code, made->reason, {person.key}, std::move(note)}));
    }
    s.forget(person, about(cell, SheetAct::accept, code));
    return {};
  }
  return refuse_signature();
}

template <SheetAct kAct>
DeskResult<void> state(Desk::State& s, const DeskPerson& person, const DeskCell& cell, const SheetView& view,
                       const NoteSignature& signature) {
  bool may = view.roles.any_of({DeskRole::chair, DeskRole::member, DeskRole::observer}) ||
             (kAct == SheetAct::remark && view.roles.has(DeskRole::coordinator));
  if (!may) return refuse_role();
  DESK_TRY(MadeText made, made_and_signed(s, person, about(cell, kAct), signature));
  DESK_CHECKED(s.hand_in(made.text, signature));
  s.forget(person, about(cell, kAct));
  return {};
}

constexpr std::initializer_list<DeskRole> kMayAttach = {DeskRole::typist, DeskRole::coordinator, DeskRole::chair,
                                                        DeskRole::member};

DeskResult<void> attach(Desk::State& s, const DeskPerson& person, const DeskCell& cell, const SheetView& view,
                        const NoteSignature& signature) {
  if (!view.roles.any_of(kMayAttach)) return refuse_role();
  DESK_TRY(MadeText made, made_and_signed(s, person, about(cell, SheetAct::attach), signature));
  if (!view.counting) {
    DESK_CHECKED(s.hand_in(made.text, signature));
  } else {
    DESK_TRY(Bytes note, entry_bytes(made.text, {signature}));
    DESK_CHECKED(s.commit(view.sheet, Attached{made.blob, std::move(note)}));
  }
  s.forget(person, about(cell, SheetAct::attach));
  return {};
}

// By its first bytes: what the browser says about a file is a claim.
std::optional<std::string_view> media_type(BytesView bytes) {
  if (bytes.starts_with("\x89PNG\r\n\x1A\n")) return "image/png";
  if (bytes.starts_with("\xFF\xD8\xFF")) return "image/jpeg";
  if (bytes.starts_with(BytesView("II*\0", 4)) || bytes.starts_with(BytesView("MM\0*", 4))) return "image/tiff";
  if (bytes.starts_with("%PDF-")) return "application/pdf";
  return std::nullopt;
}

}  // namespace

std::string Desk::paper_text(const DeskPerson& person, const std::string& about, const RecordBody& body) {
  std::lock_guard lock(state_->mutex);
  State& s = *state_;
  const std::string same = record_text({s.election.id(), {}, body});
  if (const MadeText* made = s.made_for(person, about); made && made->code == same) return made->text;
  std::string text = s.record_of(body);
  s.remember(person, about, {text, same, {}, {}});
  return text;
}

DeskResult<void> Desk::paper_sign(const DeskPerson& person, const std::string& about, const NoteSignature& signature) {
  std::lock_guard lock(state_->mutex);
  DESK_TRY(MadeText made, made_and_signed(*state_, person, about, signature));
  DESK_CHECKED(state_->hand_in(made.text, signature));
  state_->forget(person, about);
  return {};
}

DeskResult<void> Desk::sheet_reason(const DeskPerson& person, const DeskCell& cell, SheetAct act,
                                    const std::string& code, const std::string& given) {
  std::string reason = without_cr(given);
  std::lock_guard lock(state_->mutex);
  State& s = *state_;
  DESK_TRY(SheetView view, view_sheet(s, person, cell));
  DESK_CHECKED(good_reason(reason));
  DeskResult<MadeText> made = refuse_state();
  std::string detail;
  if (act == SheetAct::accept) {
    made = make_acceptance(s, view, code, reason);
    detail = code;
  } else if (act == SheetAct::refuse) {
    made = make_statement<Refusal>(s, view, reason, {DeskRole::chair, DeskRole::member, DeskRole::observer});
  } else if (act == SheetAct::remark) {
    made = make_statement<Remark>(s, view, reason,
                                  {DeskRole::chair, DeskRole::member, DeskRole::observer, DeskRole::coordinator});
  }
  DESK_TRY(MadeText text, std::move(made));
  s.remember(person, about(cell, act, detail), std::move(text));
  return {};
}

DeskResult<void> Desk::sheet_attach(const DeskPerson& person, const DeskCell& cell, const std::string& note,
                                    BytesView bytes) {
  std::lock_guard lock(state_->mutex);
  State& s = *state_;
  DESK_TRY(SheetView view, view_sheet(s, person, cell));
  if (!view.roles.any_of(kMayAttach)) return refuse_role();
  if (bytes.size() > kAttachmentBytes)
    return refuse(ErrorCode::limit_exceeded, "파일은 20MB까지입니다.", "a file has at most 20 MiB");
  auto type = media_type(bytes);
  if (!type)
    return refuse(ErrorCode::unsupported, "PNG, JPEG, TIFF 그림이나 PDF만 붙일 수 있습니다.",
                  "only a PNG, JPEG or TIFF picture or a PDF can be attached");
  if (!is_plain_text(note, kReasonBytes))
    return refuse(ErrorCode::invalid_argument, "설명이 너무 깁니다.", "the note is too long, or no text");
  const CellCount* count = s.cell(view.sheet);
  if (count && count->attached().size() >= kAttachmentsPerSheet)
    return refuse(ErrorCode::limit_exceeded, "붙인 파일이 너무 많습니다.", "too many files are attached to this sheet");
  DESK_CHECKED(keep_blob(s.disk, s.log_directory, bytes));
  BlobRef blob{blob_hash(bytes), static_cast<std::int64_t>(bytes.size()), std::string(*type)};
  Attachment attachment{s.unit(view.sheet).id, s.contest(view.sheet).definition.id, blob, without_cr(note)};
  s.remember(person, about(cell, SheetAct::attach), {s.record_of(std::move(attachment)), {}, {}, blob.sha256});
  return {};
}

DeskResult<void> Desk::sheet_sign(const DeskPerson& person, const DeskCell& cell, SheetAct act,
                                  const NoteSignature& signature) {
  // In the order of SheetAct.
  constexpr std::array<Sign, 6> kSign = {accept, announce, sign, state<SheetAct::refuse>, state<SheetAct::remark>,
                                         attach};
  std::lock_guard lock(state_->mutex);
  DESK_TRY(SheetView view, view_sheet(*state_, person, cell));
  return kSign[static_cast<std::size_t>(act)](*state_, person, cell, view, signature);
}

DeskResult<void> Desk::sheet_correct(const DeskPerson& person, const DeskCell& cell, const std::string& reason,
                                     const std::string& order) {
  std::lock_guard lock(state_->mutex);
  State& s = *state_;
  DESK_TRY(SheetView view, view_sheet(s, person, cell));
  if (!view.roles.has(DeskRole::coordinator)) return refuse_role();
  DESK_CHECKED(good_reason(reason));
  if (!is_plain_text(order, 200))
    return refuse(ErrorCode::invalid_argument, "명령은 200바이트까지입니다.", "an order has at most 200 bytes");
  if (view.counting && view.state == ui::DeskState::expected)
    return refuse(ErrorCode::conflict, "아직 아무것도 입력되지 않았습니다.", "nothing has been entered yet");
  std::optional<RecordId> replaces;
  const CellCount* count = s.cell(view.sheet);
  if (!view.counting)
    replaces = view.log.shown->record;
  else if (count && count->reopened())
    replaces = count->reopened()->replaces;  // the correction is begun again
  // Whoever types it at this moment begins again with everybody else.
  if (count && count->draft()) DESK_CHECKED(s.commit(view.sheet, Discarded{{person.key}}));
  return s.commit(view.sheet, Reopened{{person.key}, without_cr(reason), without_cr(order), replaces, s.now()});
}

}  // namespace scrutineer

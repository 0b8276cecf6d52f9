// The page of one sheet: figures for those who may see them, findings, and what this person can sign.
#include "app/collect/desk_sheet.h"

#include <algorithm>

#include "core/base/check.h"

namespace scrutineer {

bool has_signed(const Collector::View& view, RecordIndex record, const DeskPerson& person) {
  const RecordBook& book = view.fold.book();
  auto known = book.keys().person_of(person.key.key);
  if (!known) return false;
  for (const RecordSigner& signer : book.records()[record].signers)
    if (signer.key != kStranger && book.keys()[signer.key].person == *known) return true;
  return false;
}

std::string about(const DeskCell& cell, SheetAct act, const std::string& code) {
  return std::to_string(static_cast<int>(act)) + "\n" + cell.unit + "\n" + cell.contest + "\n" + code;
}

DeskResult<void> polls_closed(const Desk::State& s) {
  if (!s.election.definition().polls_close || s.now() >= s.day.from) return {};
  std::string close = local_time(s.day, s.day.from), clock = local_time(s.day, s.now());
  return refuse(ErrorCode::conflict,
                "투표 마감 전에는 공표할 수 없습니다. 마감은 " + close + ", 이 서버의 시계는 " + clock +
                    "입니다. 시계가 틀렸으면 관리자가 바로잡은 뒤 다시 하십시오.",
                "nothing is announced before the polls close: they close at " + close +
                    ", and this server's clock says " + clock +
                    "; if the clock is wrong, have it set right and try again");
}

bool has_open_errors(const SheetView& view) {
  for (std::size_t i = 0; i < view.findings.size(); ++i)
    if (rule_text(view.findings[i]).error && view.accepted[i].empty()) return true;
  return false;
}

namespace {

// What coordinators of now have accepted for the figures at the desk.
void find_accepted(const Desk::State& s, const Collector::View& view, SheetView& out) {
  out.accepted.assign(out.findings.size(), {});
  const CellCount* count = s.cell(out.sheet);
  for (std::size_t i = 0; count && out.counting && i < out.findings.size(); ++i)
    for (const AcceptedError& one : count->accepted())
      if (one.code == rule_text(out.findings[i]).code &&
          roles_over(view, one.by.key, out.sheet.target()).has(DeskRole::coordinator))
        out.accepted[i] = one.reason;
}

// What was accepted in the log for these very figures.
void find_accepted_in_log(const Desk::State& s, const std::vector<Position>& entries, SheetView& out) {
  Hash256 figures = figures_hash(*out.figures);
  for (Position entry : entries) {
    auto record = s.read_record(entry);
    const auto* acceptance = record ? std::get_if<Acceptance>(&record->body) : nullptr;
    if (!acceptance || acceptance->figures != figures) continue;
    for (std::size_t i = 0; i < out.findings.size(); ++i)
      if (rule_text(out.findings[i]).code == acceptance->code) out.accepted[i] = acceptance->reason;
  }
}

// Acceptances in the log that a coordinator of that time has signed.
std::vector<Position> acceptances(const Desk::State& s, const Collector::View& view, const DeskSheet& sheet) {
  std::vector<Position> entries;
  const RecordBook& book = view.fold.book();
  for (RecordIndex index : s.index.about(view, RecordType::acceptance, sheet.contest, sheet.unit)) {
    RecordState record = book.records()[index];
    for (const RecordSigner& signer : record.signers)
      if (signer.key != kStranger &&
          book.grants().holds(signer.key, Role("coordinator"), *record.target, signer.position, Timing::at_position)) {
        entries.push_back(record.first);
        break;
      }
  }
  return entries;
}

}  // namespace

DeskResult<SheetView> view_sheet(Desk::State& s, const DeskPerson& person, const DeskCell& cell) {
  SheetView out;
  DESK_TRY(out.sheet, s.find(cell));
  std::vector<Position> accepted;
  s.collector.read([&](const Collector::View& view) {
    s.index.update(view);
    out.roles = roles_over(view, person.key, out.sheet.target());
    out.log = s.index.sheet(view, out.sheet.contest, out.sheet.unit);
    out.state = s.state_of(out.sheet, out.log, view);
    accepted = acceptances(s, view, out.sheet);
  });
  if (out.roles.empty()) return refuse_role();
  const CellCount* count = s.cell(out.sheet);
  out.counting = s.counting(out.log, count);
  if (out.counting && count && count->agreed() && out.roles.any_of(kBeforeAnnouncement)) {
    out.figures = s.agreed_sheet(out.sheet, *count);
  } else if (out.log.shown) {
    // Another's note may be in the fold and on its way to the disk.
    if (out.log.shown->carried >= s.log.size())
      (void)s.collector.wait_until(out.log.shown->carried + 1, std::chrono::seconds(2));
    DESK_TRY(Bytes note, s.log.entry(out.log.shown->carried));
    DESK_TRY(ParsedEntry entry, parse_entry(note));
    out.text = std::string(entry_text(note));
    out.figures = std::get<CountSheet>(std::move(entry.record.body));
  }
  if (!out.figures) return out;
  s.collector.read([&](const Collector::View& view) {
    out.findings = s.findings(view, out.sheet, *out.figures);
    find_accepted(s, view, out);
  });
  if (!out.text.empty()) find_accepted_in_log(s, accepted, out);
  return out;
}

// ---- The page ----

namespace {

ui::Count votes_for(const OptionVotes& votes, const OptionId& option) {
  for (const auto& [id, count] : votes)
    if (id == option) return count;
  return std::nullopt;
}

void fill_figures(const CountSheet& body, const Contest& contest, ui::Sheet& sheet) {
  sheet.figures = {body.electors, body.ballots_issued, body.ballots_cast, body.valid, body.invalid, body.blank};
  sheet.how = body.how == HowCounted::by_hand             ? ui::HowCounted::by_hand
              : body.how == HowCounted::machine_then_hand ? ui::HowCounted::machine_then_hand
                                                          : ui::HowCounted::not_stated;
  if (body.machine || body.hand) {
    sheet.machine = ui::MachineFigures{};
    if (body.machine) sheet.machine->sent_to_recheck = body.machine->to_recheck;
  }
  for (std::size_t i = 0; i < contest.options.size(); ++i) {
    const OptionId& option = contest.options[i].id;
    ui::SheetOption& out = sheet.options[i];
    out.votes = votes_for(body.votes, option);
    if (body.machine) out.machine_sorted = votes_for(body.machine->sorted, option);
    if (body.hand) {
      out.hand_from_sorted = votes_for(body.hand->from_sorted, option);
      out.hand_from_recheck = votes_for(body.hand->from_recheck, option);
    }
  }
  sheet.counted_at = body.count_ended.value_or("");
  sheet.announced_at = body.announced.value_or("");
}

// Roles in which the key may sign this sheet, as people read them below it.
std::string role_of(const Collector::View& view, KeyIndex key, const RecordState& record, Position position) {
  for (std::string_view role : {"chair", "member", "coordinator", "observer", "typist"})
    if (view.fold.book().grants().holds(key, Role(std::string(role)), *record.target, position, Timing::at_any_time))
      return std::string(role);
  return {};
}

void fill_signers(const Collector::View& view, RecordIndex index, ui::Sheet& sheet) {
  const RecordBook& book = view.fold.book();
  RecordState record = book.records()[index];
  for (const RecordSigner& signer : record.signers) {
    if (signer.key == kStranger) continue;
    const VerifierKey& key = book.keys()[signer.key].key;
    sheet.signers.push_back({key.name, role_of(view, signer.key, record, signer.position),
                             to_hex({reinterpret_cast<const char*>(key.id.data()), key.id.size()}),
                             signer.state == SignerState::authorised || signer.state == SignerState::adopted});
  }
}

struct Said {
  Position entry;
  std::string name;
};
std::vector<Said> said_about(const Desk::State& s, RecordType type, const DeskSheet& sheet) {
  return s.collector.read([&](const Collector::View& view) {
    std::vector<Said> found;
    const RecordBook& book = view.fold.book();
    for (RecordIndex index : s.index.about(view, type, sheet.contest, sheet.unit)) {
      RecordState record = book.records()[index];
      std::string name;
      for (const RecordSigner& signer : record.signers)
        if (signer.key != kStranger && name.empty()) name = book.keys()[signer.key].key.name;
      found.push_back({record.first, name});
    }
    return found;
  });
}

template <class Body>
void fill_statements(const Desk::State& s, const SheetView& view, RecordType type,
                     std::vector<ui::Statement>& statements) {
  for (const Said& said : said_about(s, type, view.sheet)) {
    auto record = s.read_record(said.entry);
    const auto* body = record ? std::get_if<Body>(&record->body) : nullptr;
    if (body && view.log.shown && body->of == view.log.shown->record)
      statements.push_back({said.name, body->reason, to_hex(record_id(record_text(*record))), said.entry});
  }
}

void fill_attachments(const Desk::State& s, const SheetView& view, ui::SheetPage& page) {
  for (const Said& said : said_about(s, RecordType::attachment, view.sheet)) {
    auto record = s.read_record(said.entry);
    const auto* body = record ? std::get_if<Attachment>(&record->body) : nullptr;
    if (body) page.attachments.push_back(to_hex(body->blob.sha256));
  }
  const CellCount* count = s.cell(view.sheet);
  if (!count || !view.roles.any_of(kBeforeAnnouncement)) return;
  for (const Attached& attached : count->attached()) {
    std::string hash = to_hex(attached.blob);
    if (std::find(page.attachments.begin(), page.attachments.end(), hash) == page.attachments.end())
      page.attachments.push_back(hash);
  }
}

void fill_findings(const Desk::State& s, const DeskPerson& person, const DeskCell& cell, const SheetView& view,
                   ui::SheetPage& page) {
  for (std::size_t i = 0; i < view.findings.size(); ++i) {
    const RuleText& text = rule_text(view.findings[i]);
    ui::SheetPage::Finding finding{std::string(text.code),
                                   {std::string(text.full_ko), std::string(text.full_en)},
                                   text.error,
                                   view.accepted[i],
                                   {}};
    if (const MadeText* made = s.made_for(person, about(cell, SheetAct::accept, finding.code)))
      if (finding.accepted.empty()) finding.accept_text = made->text;
    page.findings.push_back(std::move(finding));
  }
}

// The sheet as its chair announces it; a time that is some minutes old is made anew.
DeskResult<std::string> offer(Desk::State& s, const DeskPerson& person, const SheetView& view) {
  for (const Offered& offered : s.cell(view.sheet)->offered())
    if (offered.to.key == person.key && offered.at + kOfferSeconds > s.now() && offered.at <= s.now())
      return offered.text;
  CountSheet sheet = *view.figures;
  sheet.announced = s.now_text();
  std::string text = s.record_of(std::move(sheet));
  DESK_CHECKED(s.commit(view.sheet, Offered{{person.key}, text, s.now()}));
  return text;
}

DeskResult<void> fill_act(Desk::State& s, const DeskPerson& person, const SheetView& view, ui::SheetPage& page) {
  using Act = ui::SheetPage::Act;
  if (view.counting && view.figures && view.text.empty()) {
    if (has_open_errors(view)) {
      if (view.roles.has(DeskRole::coordinator)) page.act = Act::accept;
      return {};
    }
    if (!view.roles.has(DeskRole::chair)) return {};
    if (auto closed = polls_closed(s); !closed) {
      page.message = ui::DeskMessage{ui::DeskMessage::Kind::refused, closed.error().sentence,
                                     std::string(error_code_name(closed.error().error.code))};
      return {};
    }
    DESK_TRY(page.text, offer(s, person, view));
    page.act = Act::announce;
    return {};
  }
  if (view.counting || !view.roles.any_of({DeskRole::chair, DeskRole::member})) return {};
  bool done =
      s.collector.read([&](const Collector::View& now) { return has_signed(now, view.log.shown->index, person); });
  if (done) return {};
  page.text = view.text;
  page.act = Act::sign;
  return {};
}

}  // namespace

DeskResult<ui::SheetPage> Desk::sheet(const DeskPerson& person, const DeskCell& cell) {
  std::lock_guard lock(state_->mutex);
  State& s = *state_;
  DESK_TRY(SheetView view, view_sheet(s, person, cell));
  if (!view.counting) s.hand_in_kept_back(view.sheet, view.log);
  ui::SheetPage page;
  page.unit = {s.unit(view.sheet).row, s.unit(view.sheet).name};
  page.unit_id = cell.unit;
  page.contest_id = cell.contest;
  page.kind = s.unit(view.sheet).kind;
  page.state = view.state;
  page.sheet.contest = view.sheet.contest;
  page.sheet.options.resize(s.contest(view.sheet).options.size());
  if (view.figures) fill_figures(*view.figures, s.contest(view.sheet), page.sheet);
  fill_findings(s, person, cell, view, page);
  if (!view.text.empty()) {
    page.record_id = to_hex(view.log.shown->record);
    page.sheet.record_id = page.record_id;
    page.sheet.position = view.log.shown->carried;
    s.collector.read([&](const Collector::View& now) { fill_signers(now, view.log.shown->index, page.sheet); });
    fill_statements<Refusal>(s, view, RecordType::refusal, page.sheet.refusals);
    fill_statements<Remark>(s, view, RecordType::remark, page.sheet.remarks);
    page.may_refuse = view.roles.any_of({DeskRole::chair, DeskRole::member, DeskRole::observer});
    page.may_remark = page.may_refuse || view.roles.has(DeskRole::coordinator);
  }
  fill_attachments(s, view, page);
  if (view.roles.any_of(kBeforeAnnouncement) && s.cell(view.sheet))
    for (const Reading& reading : s.cell(view.sheet)->readings()) page.entered_by.push_back(reading.by.key.name);
  DESK_CHECKED(fill_act(s, person, view, page));
  page.may_attach = view.roles.any_of({DeskRole::typist, DeskRole::coordinator, DeskRole::chair, DeskRole::member});
  page.may_correct = view.roles.has(DeskRole::coordinator) && (!view.counting || view.state != ui::DeskState::expected);
  auto made = [&](SheetAct act) {
    const MadeText* text = s.made_for(person, about(cell, act));
    return text ? text->text : std::string();
  };
  if (page.may_refuse) page.refuse_text = made(SheetAct::refuse);
  if (page.may_remark) page.remark_text = made(SheetAct::remark);
  if (page.may_attach) page.attach_text = made(SheetAct::attach);
  return page;
}

}  // namespace scrutineer

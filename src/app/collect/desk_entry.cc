// Entering a sheet: first and second reading, one page a section, then read again and signed.
#include "app/collect/desk_entry.h"

#include <algorithm>

#include "core/record/disclosure.h"

namespace scrutineer {

// ---- What entry and third reading share (desk_entry.h) ----

DeskResult<DraftAt> draft_of(Desk::State& s, const DeskPerson& person, const std::string& token) {
  auto known = s.tokens.find(token);
  if (known == s.tokens.end()) return tl::unexpected(words_of(CountRefusal::wrong_entry));
  DeskSheet sheet = s.sheet_of(known->second);
  DESK_TRY(DeskLook seen, s.require(person, sheet, {DeskRole::typist}));
  CellCount& count = s.cell_to_change(sheet);
  if (!count.draft() || count.draft()->token != token) return tl::unexpected(words_of(CountRefusal::wrong_entry));
  if (!count.draft()->by.same_person({person.key})) return tl::unexpected(words_of(CountRefusal::busy));
  if (!s.counting(seen.log, &count)) return refuse_announced();
  return DraftAt{sheet, &count};
}

tl::unexpected<DeskRefusal> refuse_announced() {
  return refuse(ErrorCode::conflict,
                "이 개표상황표는 이미 공표되었습니다. 고치려면 관리자가 사유를 적어 새로 입력을 열어야 합니다.",
                "this sheet has been announced; to correct it a coordinator opens a new round with a reason");
}

DeskResult<void> begin(Desk::State& s, const DeskPerson& person, const DeskSheet& sheet, std::int64_t reading,
                       bool live) {
  std::array<std::uint8_t, 16> random;
  s.rng.fill(random);
  std::string token = to_hex({reinterpret_cast<const char*>(random.data()), random.size()});
  return s.commit(sheet, Begun{std::move(token), {person.key}, reading, s.now(), live});
}

ui::EntryField page_field(const Desk::State& s, const DeskSheet& sheet, const FormField& field, const Draft& draft,
                          bool say_problems) {
  ui::EntryField out;
  out.name = field.name;
  out.label = label_of(field.ask);
  if (field.option) out.option_name = s.contest(sheet).options[*field.option].name;
  out.is_text = field.ask == Ask::count_began || field.ask == Ask::count_ended;
  if (auto typed = draft.typed.find(field.name); typed != draft.typed.end()) out.value = typed->second;
  if (!say_problems) return out;
  auto value = read_typed(field, out.value, s.day);
  if (!value) out.problem = words_of(value.error());
  return out;
}

bool has_problem(const ui::EntrySection& section) {
  return std::any_of(section.fields.begin(), section.fields.end(),
                     [](const ui::EntryField& field) { return field.problem.has_value(); });
}

DeskResult<void> keep_typed(Desk::State& s, const DraftAt& at, std::size_t section, const DeskInputs& inputs) {
  if (inputs.size() > kDeskInputs)
    return refuse(ErrorCode::limit_exceeded, "칸이 너무 많습니다.", "too many fields in one form");
  const Draft& draft = *at.count->draft();
  Saved saved{section, {}};
  for (const auto& [name, text] : inputs) {
    bool asked = false;
    if (draft.reading == 3)
      asked = at.count->asks(draft, name);
    else
      for (const FormField& field : at.count->form().sections[section].fields) asked = asked || field.name == name;
    if (!asked) continue;  // csrf, go, ...
    if (!is_plain_text(text, kTypedBytes) || text.find('\n') != text.npos)
      return refuse(ErrorCode::invalid_argument, "칸에 적은 것이 너무 길거나 글자가 아닙니다.",
                    "what was typed is too long, or no text");
    saved.typed[name] = text;
  }
  bool changed = draft.section != section || !draft.seen.contains(section);
  for (const auto& [name, text] : saved.typed) {
    auto typed = draft.typed.find(name);
    changed = changed || typed == draft.typed.end() || typed->second != text;
  }
  if (!changed) return {};
  return s.commit(at.sheet, std::move(saved));
}

DeskResult<std::string> prepare(Desk::State& s, const DraftAt& at) {
  const Draft& draft = *at.count->draft();
  if (draft.prepared) return draft.prepared->text;
  auto values = at.count->answers(draft);
  if (!values) return tl::unexpected(words_of(CountRefusal::incomplete));
  Prepared prepared;
  prepared.disclosure = make_disclosure(kDisclosedName, disclosed_value(*values), s.rng);
  Entry entry{s.unit(at.sheet).id,
              s.contest(at.sheet).definition.id,
              at.count->round(),
              draft.reading,
              {disclosure_digest(prepared.disclosure)}};
  prepared.text = s.record_of(std::move(entry));
  std::string text = prepared.text;
  DESK_CHECKED(s.commit(at.sheet, std::move(prepared)));
  return text;
}

// The log first: it holds the commitment before the desk counts the entry. Signing again after a crash is harmless.
DeskResult<void> sign_entry(Desk::State& s, const DeskPerson& person, const DraftAt& at,
                            const NoteSignature& signature) {
  const Draft& draft = *at.count->draft();
  if (!draft.prepared) return tl::unexpected(words_of(CountRefusal::not_prepared));
  if (!Desk::State::signed_by(person, draft.prepared->text, signature)) return refuse_signature();
  std::string text = draft.prepared->text;
  DESK_CHECKED(s.hand_in(text, signature));
  return s.commit(at.sheet, Entered{record_id(text), s.now()});
}

// ---- First and second reading ----

namespace {

ui::EntrySection page_section(const Desk::State& s, const DeskSheet& sheet, const CellCount& count, std::size_t number,
                              bool say_problems) {
  const FormSection& section = count.form().sections[number];
  ui::EntrySection out{title_of(section.part), {}};
  for (const FormField& field : section.fields)
    out.fields.push_back(page_field(s, sheet, field, *count.draft(), say_problems));
  return out;
}

bool section_is_good(const Desk::State& s, const DraftAt& at, std::size_t number) {
  return !has_problem(page_section(s, at.sheet, *at.count, number, true));
}

// The section after the one that was saved last, if that one is in order.
std::size_t left_at(const Desk::State& s, const DraftAt& at) {
  const Draft& draft = *at.count->draft();
  if (draft.seen.empty()) return 0;
  return draft.section + (section_is_good(s, at, draft.section) ? 1 : 0);
}

// What the machine said of its papers need not be typed again. People's columns always are.
DeskResult<void> fill_machine_column(Desk::State& s, const DeskSheet& sheet) {
  if (!s.options.machine) return {};
  auto column = s.options.machine(s.unit(sheet).id, s.contest(sheet).definition.id);
  if (!column) return {};
  Filled filled;
  for (const FormSection& section : s.cell(sheet)->form().sections)
    for (const FormField& field : section.fields) {
      if (field.ask == Ask::machine_sorted) filled.typed[field.name] = std::to_string(column->sorted.at(*field.option));
      if (field.ask == Ask::machine_to_recheck) filled.typed[field.name] = std::to_string(column->to_recheck);
    }
  if (filled.typed.empty()) return {};  // counted by hand: the form does not ask
  return s.commit(sheet, std::move(filled));
}

// Nobody's, or this person's own.
DeskResult<DraftAt> begun_entry(Desk::State& s, const DeskPerson& person, const DeskSheet& sheet) {
  DESK_TRY(DeskLook seen, s.require(person, sheet, {DeskRole::typist}));
  CellCount& count = s.cell_to_change(sheet);
  if (!s.counting(seen.log, &count)) return refuse_announced();
  if (count.phase() == EntryPhase::different || count.phase() == EntryPhase::third)
    return refuse(ErrorCode::conflict, "두 입력이 다릅니다. 다른 칸만 세 번째 사람이 읽습니다.",
                  "the two entries differ; a third person reads only the fields that differ");
  bool own = count.draft() && count.draft()->by.same_person({person.key});
  if (!own) {
    DESK_CHECKED(begin(s, person, sheet, static_cast<std::int64_t>(count.readings().size()) + 1, false));
    DESK_CHECKED(fill_machine_column(s, sheet));
  }
  if (count.draft()->live && !count.draft()->live->checker) return tl::unexpected(words_of(CountRefusal::live_running));
  return DraftAt{sheet, &count};
}

std::vector<ui::EntryCheck::Notice> notices_of(const Desk::State& s, const DraftAt& at, const FieldValues& values) {
  CountSheet figures = make_sheet(at.count->form(), values, s.unit(at.sheet).id, s.contest(at.sheet));
  std::vector<RuleCode> fired =
      s.collector.read([&](const Collector::View& view) { return s.findings(view, at.sheet, figures); });
  std::vector<ui::EntryCheck::Notice> notices;
  for (RuleCode code : fired) {
    const RuleText& text = rule_text(code);
    notices.push_back({std::string(text.code),
                       {std::string(text.neutral_ko), std::string(text.neutral_en)},
                       text.error,
                       at.count->draft()->confirmed.contains(std::string(text.code)),
                       section_of(code, at.count->form())});
  }
  return notices;
}

bool all_confirmed(const std::vector<ui::EntryCheck::Notice>& notices) {
  return std::all_of(notices.begin(), notices.end(),
                     [](const ui::EntryCheck::Notice& notice) { return notice.error || notice.confirmed; });
}

tl::unexpected<DeskRefusal> refuse_unconfirmed() {
  return refuse(ErrorCode::conflict, "다시 읽어야 할 곳을 먼저 확인하십시오.",
                "confirm first that you have read again what the page names");
}

DeskPlace place_of(const Desk::State& s, const DraftAt& at, std::size_t section) {
  return {s.cell_of(at.sheet), section, section == at.count->form().sections.size(), at.count->draft()->token};
}

}  // namespace

DeskResult<ui::EntryPage> Desk::entry(const DeskPerson& person, const DeskCell& cell,
                                      std::optional<std::size_t> section) {
  std::lock_guard lock(state_->mutex);
  State& s = *state_;
  DESK_TRY(DeskSheet sheet, s.find(cell));
  DESK_TRY(DraftAt at, begun_entry(s, person, sheet));
  const Draft& draft = *at.count->draft();
  ui::EntryPage page;
  page.unit = {s.unit(sheet).row, s.unit(sheet).name};
  page.unit_id = cell.unit;
  page.kind = s.unit(sheet).kind;
  page.contest = sheet.contest;
  page.contest_id = cell.contest;
  page.round = at.count->round();
  page.reading = draft.reading;
  page.sections = at.count->form().sections.size();
  page.section = std::min(section.value_or(left_at(s, at)), page.sections);
  page.token = draft.token;
  page.machine_filled =
      draft.filled && page.section < page.sections && at.count->form().sections[page.section].part == FormPart::machine;
  if (page.section < page.sections)
    page.fields = page_section(s, sheet, *at.count, page.section, draft.seen.contains(page.section));
  return page;
}

DeskResult<DeskPlace> Desk::entry_save(const DeskPerson& person, const std::string& token, std::size_t section,
                                       const DeskInputs& inputs, bool forward) {
  std::lock_guard lock(state_->mutex);
  State& s = *state_;
  DESK_TRY(DraftAt at, draft_of(s, person, token));
  if (at.count->draft()->reading == 3 || section >= at.count->form().sections.size())
    return tl::unexpected(words_of(CountRefusal::malformed));
  DESK_CHECKED(keep_typed(s, at, section, inputs));
  if (!forward) return place_of(s, at, section == 0 ? 0 : section - 1);
  return place_of(s, at, section_is_good(s, at, section) ? section + 1 : section);
}

DeskResult<ui::EntryCheck> Desk::entry_check(const DeskPerson& person, const std::string& token) {
  std::lock_guard lock(state_->mutex);
  State& s = *state_;
  DESK_TRY(DraftAt at, draft_of(s, person, token));
  const Draft& draft = *at.count->draft();
  if (draft.reading == 3) return tl::unexpected(words_of(CountRefusal::malformed));
  ui::EntryCheck page;
  page.unit = {s.unit(at.sheet).row, s.unit(at.sheet).name};
  page.unit_id = s.unit(at.sheet).id.value();
  page.contest = at.sheet.contest;
  page.contest_id = s.contest(at.sheet).definition.id.value();
  page.round = at.count->round();
  page.reading = draft.reading;
  page.token = token;
  for (std::size_t i = 0; i < at.count->form().sections.size(); ++i)
    page.sections.push_back(page_section(s, at.sheet, *at.count, i, true));
  auto values = at.count->answers(draft);
  if (!values) {
    DeskRefusal incomplete = words_of(CountRefusal::incomplete);
    page.message = ui::DeskMessage{ui::DeskMessage::Kind::refused, incomplete.sentence,
                                   std::string(error_code_name(incomplete.error.code))};
    return page;
  }
  page.notices = notices_of(s, at, *values);
  if (all_confirmed(page.notices)) {
    DESK_TRY(page.text, prepare(s, at));
  }
  return page;
}

DeskResult<DeskPlace> Desk::entry_confirm(const DeskPerson& person, const std::string& token, const std::string& code) {
  std::lock_guard lock(state_->mutex);
  State& s = *state_;
  DESK_TRY(DraftAt at, draft_of(s, person, token));
  auto values = at.count->answers(*at.count->draft());
  if (!values || at.count->draft()->reading == 3) return tl::unexpected(words_of(CountRefusal::incomplete));
  auto notices = notices_of(s, at, *values);
  bool known = std::any_of(notices.begin(), notices.end(), [&](const auto& notice) { return notice.code == code; });
  if (!known) return refuse(ErrorCode::not_found, "그런 알림은 이 입력에 없습니다.", "this entry has no such notice");
  DESK_CHECKED(s.commit(at.sheet, Confirmed{code}));
  return place_of(s, at, at.count->form().sections.size());
}

DeskResult<DeskPlace> Desk::entry_sign(const DeskPerson& person, const std::string& token,
                                       const NoteSignature& signature) {
  std::lock_guard lock(state_->mutex);
  State& s = *state_;
  DESK_TRY(DraftAt at, draft_of(s, person, token));
  if (at.count->draft()->reading == 3) return tl::unexpected(words_of(CountRefusal::malformed));
  auto values = at.count->answers(*at.count->draft());
  if (!values) return tl::unexpected(words_of(CountRefusal::incomplete));
  if (!all_confirmed(notices_of(s, at, *values))) return refuse_unconfirmed();
  DESK_CHECKED(sign_entry(s, person, at, signature));
  return DeskPlace{s.cell_of(at.sheet), 0, false, {}};
}

namespace {

// Whoever types throws away what is theirs; a coordinator what somebody left behind, unseen.
DeskResult<DeskPlace> discard(Desk::State& s, const DeskPerson& person, const DeskSheet& sheet) {
  DESK_TRY(DeskLook seen, s.require(person, sheet, {DeskRole::typist, DeskRole::coordinator}));
  const CellCount* count = s.cell(sheet);
  if (!count || !count->draft()) return tl::unexpected(words_of(CountRefusal::wrong_entry));
  bool own = seen.roles.has(DeskRole::typist) && count->draft()->by.same_person({person.key});
  if (!own && !seen.roles.has(DeskRole::coordinator)) return refuse_role();
  std::string token = count->draft()->token;
  DESK_CHECKED(s.commit(sheet, Discarded{{person.key}}));
  s.tokens.erase(token);
  return DeskPlace{s.cell_of(sheet), 0, false, {}};
}

}  // namespace

DeskResult<DeskPlace> Desk::entry_discard(const DeskPerson& person, const std::string& token) {
  std::lock_guard lock(state_->mutex);
  auto known = state_->tokens.find(token);
  if (known == state_->tokens.end()) return tl::unexpected(words_of(CountRefusal::wrong_entry));
  DeskSheet sheet = state_->sheet_of(known->second);
  const CellCount* count = state_->cell(sheet);
  if (!count || !count->draft() || count->draft()->token != token)
    return tl::unexpected(words_of(CountRefusal::wrong_entry));
  return discard(*state_, person, sheet);
}

DeskResult<DeskPlace> Desk::entry_discard(const DeskPerson& person, const DeskCell& cell) {
  std::lock_guard lock(state_->mutex);
  DESK_TRY(DeskSheet sheet, state_->find(cell));
  return discard(*state_, person, sheet);
}

}  // namespace scrutineer

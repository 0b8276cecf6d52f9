// Opening the desk, looking at the log, keeping events: what every part of it stands on.
#include "app/collect/desk.h"

#include <algorithm>

#include "app/collect/desk_state.h"
#include "core/base/check.h"
#include "core/crypto/hash.h"

namespace scrutineer {
namespace {

std::string made_key(const DeskPerson& person, const std::string& about) {
  return to_string(person.key) + "\n" + about;
}

bool is_compromised(const Collector::View& view, const VerifierKey& key) {
  Bytes public_key(1, static_cast<char>(key.key.type));
  public_key += key.key.bytes;
  const auto declared = view.fold.book().declared();
  return std::any_of(declared.begin(), declared.end(),
                     [&](const Compromise& compromise) { return compromise.public_key == public_key; });
}

ui::Site make_site(const Election& election, const std::string& data_lang, ui::Lang lang) {
  auto in = [&](const Bilingual& text) { return lang == ui::Lang::ko ? text.ko : text.en; };
  ui::Site site;
  site.title = in(election.definition().title);
  site.date = election.definition().date;
  site.data_lang = data_lang;
  site.simulated = election.definition().simulated;
  for (const Contest& contest : election.contests()) {
    ui::Contest out{in(contest.definition.title), {}};
    for (std::size_t i = 0; i < contest.options.size(); ++i)
      out.options.push_back({std::to_string(i + 1), contest.options[i].name, contest.options[i].party, {}});
    site.contests.push_back(std::move(out));
  }
  return site;
}

}  // namespace

// ---- Roles ----

std::vector<std::pair<DeskRole, GrantState>> desk_grants(const Collector::View& view, const VerifierKey& key) {
  std::vector<std::pair<DeskRole, GrantState>> found;
  const RecordBook& book = view.fold.book();
  auto index = book.keys().find(key);
  if (!index || is_compromised(view, key)) return found;
  for (std::size_t number : book.grants().of_key(*index)) {
    const GrantState grant = book.grants()[number];
    if (!grant.live_at(view.folded)) continue;
    auto name = std::find(std::begin(kDeskRoleNames), std::end(kDeskRoleNames), grant.role.value());
    if (name != std::end(kDeskRoleNames))
      found.emplace_back(static_cast<DeskRole>(name - std::begin(kDeskRoleNames)), grant);
  }
  return found;
}

DeskRoles roles_over(const Collector::View& view, const VerifierKey& key, const Target& target) {
  DeskRoles roles;
  for (const auto& [role, grant] : desk_grants(view, key))
    if (grant.coverage.covers(target)) roles.add(role);
  return roles;
}

DeskRoles roles_over_unit(const Collector::View& view, const Election& election, const VerifierKey& key,
                          UnitIndex unit) {
  DeskRoles roles;
  for (const auto& [role, grant] : desk_grants(view, key))
    for (ContestIndex contest = 0; contest < election.contests().size(); ++contest)
      if (grant.coverage.covers(Target{{unit, unit + 1}, contest})) roles.add(role);
  return roles;
}

std::vector<std::string> Desk::roles(const DeskPerson& person) const {
  return state_->collector.read([&](const Collector::View& view) {
    DeskRoles roles;
    for (const auto& [role, grant] : desk_grants(view, person.key)) roles.add(role);
    std::vector<std::string> names;
    for (std::size_t i = 0; i < std::size(kDeskRoleNames); ++i)
      if (roles.has(static_cast<DeskRole>(i))) names.emplace_back(kDeskRoleNames[i]);
    return names;
  });
}

std::vector<std::string> Desk::roles_in(const VerifierKey& key, const UnitId& unit) const {
  auto index = state_->election.tree().find_unit(unit);
  if (!index) return {};
  return state_->collector.read([&](const Collector::View& view) {
    const DeskRoles roles = roles_over_unit(view, state_->election, key, *index);
    std::vector<std::string> names;
    for (std::size_t i = 0; i < std::size(kDeskRoleNames); ++i)
      if (roles.has(static_cast<DeskRole>(i))) names.emplace_back(kDeskRoleNames[i]);
    return names;
  });
}

// ---- Opening ----

Desk::Desk(std::unique_ptr<State> state) : state_(std::move(state)) {}
Desk::~Desk() = default;

Result<std::unique_ptr<Desk>> Desk::open(Disk& disk, const std::string& log_directory, Collector& collector,
                                         const LogReader& log, const Election& election, Clock& clock, Rng& rng,
                                         DeskOptions options) {
  auto state = std::make_unique<State>(disk, log_directory, collector, log, election, clock, rng, std::move(options));
  SCRUTINEER_TRY(state->policy, parse_count_policy(election.rules()));
  for (ui::Lang lang : {ui::Lang::ko, ui::Lang::en})
    state->sites[static_cast<std::size_t>(lang)] = make_site(election, state->options.data_lang, lang);
  State& s = *state;
  auto replay = [&](const ObjectReader& in) {
    CountEvent event = read_event(in);
    if (!in.problems().empty()) return;
    auto sheet = s.find({event.unit.value(), event.contest.value()});
    if (!sheet) return in.problem("unit", "the election has no such unit or contest");
    CellCount& cell = s.cell_to_change(*sheet);
    if (cell.refusal(event.act)) return in.problem("act", "this cannot follow what came before it");
    if (auto* begun = std::get_if<Begun>(&event.act)) s.tokens[begun->token] = sheet->key();
    cell.apply(event.act);
  };
  SCRUTINEER_TRY(s.journal, Journal::open(disk, log_directory + "/private", election.id(), replay));
  s.recover();
  return std::unique_ptr<Desk>(new Desk(std::move(state)));
}

// A crash can have come between the log's acknowledgement and the journal: what the log has is done.
void Desk::State::recover() {
  for (auto& [key, cell] : cells) {
    DeskSheet sheet = sheet_of(key);
    if (cell.draft() && cell.draft()->prepared) {
      RecordId id = record_id(cell.draft()->prepared->text);
      bool there = collector.read([&](const Collector::View& view) {
        auto known = view.fold.book().find(id);
        if (!known) return false;
        auto signer = view.fold.book().keys().find(cell.draft()->by.key);
        for (const RecordSigner& one : view.fold.book().records()[*known].signers)
          if (signer && one.key == *signer) return true;
        return false;
      });
      if (there) (void)commit(sheet, Entered{id, now()});  // where this fails it is done when the person signs again
    }
    DeskLook seen = look({}, sheet);
    if (!counting(seen.log, &cell)) hand_in_kept_back(sheet, seen.log);
  }
}

const ui::Site& Desk::site(ui::Lang lang) const {
  return state_->sites[static_cast<std::size_t>(lang)];
}

ui::DeskFrame Desk::frame(const DeskPerson& person, ui::Lang lang, std::string path) const {
  ui::DeskFrame frame;
  frame.lang = lang;
  frame.path = std::move(path);
  frame.election = site(lang).title;
  frame.centre = state_->options.centre;
  frame.simulated = site(lang).simulated;
  frame.person = person.key.name;
  frame.roles = roles(person);
  return frame;
}

std::optional<Error> Desk::stopped() const {
  std::lock_guard lock(state_->mutex);
  return state_->journal->stopped();
}

// ---- Looking ----

DeskResult<DeskSheet> Desk::State::find(const DeskCell& cell) const {
  auto unit_index = election.tree().find_unit(UnitId(cell.unit));
  auto contest_index = election.find_contest(ContestId(cell.contest));
  if (!unit_index || !contest_index)
    return refuse(ErrorCode::not_found, "이 선거에 그런 투표구나 선거는 없습니다. 처음 화면에서 다시 고르십시오.",
                  "this election has no such unit or contest; choose it again from the first page");
  return DeskSheet{*unit_index, *contest_index};
}

DeskCell Desk::State::cell_of(const DeskSheet& sheet) const {
  return {unit(sheet).id.value(), contest(sheet).definition.id.value()};
}

DeskSheet Desk::State::sheet_of(std::uint64_t key) const {
  return {static_cast<UnitIndex>(key), static_cast<ContestIndex>(key >> 32)};
}

DeskLook Desk::State::look(const DeskPerson& person, const DeskSheet& sheet) const {
  return collector.read([&](const Collector::View& view) {
    index.update(view);
    return DeskLook{roles_over(view, person.key, sheet.target()), index.sheet(view, sheet.contest, sheet.unit)};
  });
}

DeskResult<DeskLook> Desk::State::require(const DeskPerson& person, const DeskSheet& sheet,
                                          std::initializer_list<DeskRole> roles) const {
  DeskLook seen = look(person, sheet);
  if (!seen.roles.any_of(roles)) return refuse_role();
  return seen;
}

const CellCount* Desk::State::cell(const DeskSheet& sheet) const {
  auto found = cells.find(sheet.key());
  return found == cells.end() ? nullptr : &found->second;
}

CellCount Desk::State::new_cell(const DeskSheet& sheet) const {
  CountPolicy::Form form = policy.form(unit(sheet).kind, contest(sheet).definition.id.value());
  return CellCount(make_form(form.how, form.blank, contest(sheet).options.size()), day);
}

CellCount& Desk::State::cell_to_change(const DeskSheet& sheet) {
  auto found = cells.find(sheet.key());
  if (found == cells.end()) found = cells.emplace(sheet.key(), new_cell(sheet)).first;
  return found->second;
}

bool Desk::State::counting(const SheetInLog& in_log, const CellCount* count) const {
  if (!in_log.shown) return true;
  return count && count->reopened() && count->reopened()->replaces == in_log.shown->record;
}

ui::DeskState Desk::State::state_of(const DeskSheet& sheet, const SheetInLog& in_log,
                                    const Collector::View& view) const {
  const CellCount* count = cell(sheet);
  if (!counting(in_log, count)) {
    if (!in_log.shown->in_effect) return ui::DeskState::announced;
    return in_log.tally == CellState::conflict ? ui::DeskState::conflict : ui::DeskState::in_effect;
  }
  if (!count) return ui::DeskState::expected;
  switch (count->phase()) {
    case EntryPhase::none: return ui::DeskState::expected;
    case EntryPhase::first: return ui::DeskState::first_begun;
    case EntryPhase::one: return ui::DeskState::first_done;
    case EntryPhase::second: return ui::DeskState::second_begun;
    case EntryPhase::different:
    case EntryPhase::third: return ui::DeskState::different;
    case EntryPhase::agreed: return blocked(view, sheet, *count) ? ui::DeskState::blocked : ui::DeskState::ready;
  }
  __builtin_unreachable();
}

Result<Record> Desk::State::read_record(Position carried) const {
  SCRUTINEER_TRY(Bytes note, log.entry(carried));
  SCRUTINEER_TRY(ParsedEntry entry, parse_entry(note));
  return std::move(entry.record);
}

// ---- Changing ----

DeskResult<void> Desk::State::commit(const DeskSheet& sheet, CountAct act) {
  auto found = cells.find(sheet.key());
  const CellCount fresh = new_cell(sheet);
  const CellCount& before = found == cells.end() ? fresh : found->second;
  if (auto refusal = before.refusal(act)) return tl::unexpected(words_of(*refusal));
  JsonWriter out;
  write_event(out, {unit(sheet).id, contest(sheet).definition.id, act});
  std::string events[] = {out.take()};
  DESK_CHECKED(journal->append(events));
  if (auto* begun = std::get_if<Begun>(&act)) tokens[begun->token] = sheet.key();
  cell_to_change(sheet).apply(act);
  return {};
}

bool Desk::State::signed_by(const DeskPerson& person, std::string_view text, const NoteSignature& signature) {
  return signature.name == person.key.name && signature.id == person.key.id &&
         verify_note_signature(text, signature, person.key);
}

DeskResult<Appended> Desk::State::hand_in(std::string_view text, const NoteSignature& signature) {
  DESK_TRY(Bytes note, entry_bytes(text, {signature}));
  DESK_TRY(Appended appended, collector.submit(std::move(note)));
  return appended;
}

void Desk::State::hand_in_kept_back(const DeskSheet& sheet, const SheetInLog& in_log) {
  const CellCount* count = cell(sheet);
  if (!count || !in_log.shown) return;
  std::vector<const Bytes*> notes;
  for (const AcceptedError& accepted : count->accepted()) notes.push_back(&accepted.note);
  for (const Attached& attached : count->attached()) notes.push_back(&attached.note);
  // What the log refuses now (its signer has lost the role) stays here; the rest is not held up by it.
  for (const Bytes* note : notes) {
    Hash256 hash = sha256(*note);
    if (handed_in.contains(hash)) continue;
    auto appended = collector.submit(*note);
    if (!appended && appended.error().code != ErrorCode::unauthorised) return;
    handed_in.insert(hash);
  }
}

std::string Desk::State::record_of(RecordBody body) const {
  return record_text({election.id(), now_text(), std::move(body)});
}

void Desk::State::remember(const DeskPerson& person, const std::string& about, MadeText text) {
  if (made.size() >= kMadeTexts) made.erase(made.begin());
  made[made_key(person, about)] = std::move(text);
}

const MadeText* Desk::State::made_for(const DeskPerson& person, const std::string& about) const {
  auto found = made.find(made_key(person, about));
  return found == made.end() ? nullptr : &found->second;
}

void Desk::State::forget(const DeskPerson& person, const std::string& about) {
  made.erase(made_key(person, about));
}

}  // namespace scrutineer

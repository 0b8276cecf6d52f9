#include <algorithm>

#include "app/bundle/pages.h"
#include "core/base/check.h"

namespace scrutineer {
namespace {

ui::HowCounted how_of(HowCounted how) {
  switch (how) {
    case HowCounted::by_hand: return ui::HowCounted::by_hand;
    case HowCounted::machine_then_hand: return ui::HowCounted::machine_then_hand;
    case HowCounted::transcribed: return ui::HowCounted::not_stated;
  }
  __builtin_unreachable();
}

ui::Count find_votes(const OptionVotes& votes, const OptionId& option) {
  for (const auto& [id, count] : votes)
    if (id == option) return count;
  return std::nullopt;
}

std::vector<ui::Change> changes_between(const Row& before, const Row& after) {
  constexpr ui::Figure kFigureOf[kFigures] = {ui::Figure::electors, ui::Figure::issued,  ui::Figure::cast,
                                              ui::Figure::valid,    ui::Figure::invalid, ui::Figure::blank};
  std::vector<ui::Change> changes;
  for (std::size_t i = 0; i < kFigures; ++i) {
    auto figure = static_cast<Figure>(i);
    if (before.figure(figure) != after.figure(figure))
      changes.push_back({kFigureOf[i], 0, before.figure(figure), after.figure(figure)});
  }
  for (std::size_t i = kFigures; i < after.columns.size(); ++i)
    if (before.columns[i] != after.columns[i])
      changes.push_back({ui::Figure::votes, i - kFigures, before.columns[i], after.columns[i]});
  return changes;
}

std::string label_of(const Election& election, const RecordState& record) {
  const SigningRule* rule = election.signing_rule(record.type);
  if (!rule || record.alternative < 0) return {};
  return rule->any_of[static_cast<std::size_t>(record.alternative)].label;
}

}  // namespace

ui::UnitStatus PageModels::status(ContestIndex contest, UnitIndex unit) const {
  const Tally& tally = fold_.tally();
  const CellState state = tally.state(contest, unit);
  if (state == CellState::conflict) return ui::UnitStatus::conflict;
  if (state == CellState::empty) {
    auto waiting = waiting_.find(key_of(contest, unit));
    if (waiting == waiting_.end()) return ui::UnitStatus::not_counted;
    return shown_of(waiting->second).entered ? ui::UnitStatus::entered : ui::UnitStatus::unauthorised;
  }
  if (label_of(election(), fold_.book().records()[*tally.current(contest, unit)]) == "transcribed")
    return ui::UnitStatus::transcribed;
  if (tally.is_plain(contest, unit)) return ui::UnitStatus::counted_signed;
  const Cell cell = tally.cell(contest, unit);
  return cell.versions[cell.current].replaces ? ui::UnitStatus::replaced : ui::UnitStatus::counted_signed;
}

// The one that is shown: what somebody who may has signed, before what nobody who may has.
const PageModels::Waiting& PageModels::shown_of(const std::vector<Waiting>& waiting) {
  auto entered = std::find_if(waiting.begin(), waiting.end(), [](const Waiting& one) { return one.entered; });
  return entered != waiting.end() ? *entered : waiting.front();
}

// The role in which somebody signed: one that the signing rule asks for, where the key holds several. What was granted
// later says nothing about it, but where an adoption made up for that.
std::string PageModels::role_of(const RecordState& record, const RecordSigner& signer) const {
  const SigningRule* rule = election().signing_rule(record.type);
  const Position until = record.adopted ? record.adopted_at : signer.position;
  std::string held;
  for (std::size_t index : fold_.book().grants().of_key(signer.key)) {
    const GrantState& grant = fold_.book().grants()[index];
    if (grant.from > until || !record.target || !grant.coverage.covers(*record.target)) continue;
    if (rule && record.alternative >= 0)
      for (const RoleNeed& need : rule->any_of[static_cast<std::size_t>(record.alternative)].needs)
        if (need.role == grant.role) return grant.role.value();
    held = grant.role.value();
  }
  return held;
}

void PageModels::fill_signers(const RecordState& record, ui::Sheet& sheet) const {
  const RecordBook& book = fold_.book();
  for (const RecordSigner& signer : record.signers) {
    ui::Signer out;
    if (signer.key == kStranger) {
      const NoteSignature& stranger = book.strangers()[signer.stranger];
      out.name = stranger.name;
      out.key_id = to_hex({reinterpret_cast<const char*>(stranger.id.data()), stranger.id.size()});
    } else {
      const VerifierKey& key = book.keys()[signer.key].key;
      out.name = key.name;
      out.key_id = to_hex({reinterpret_cast<const char*>(key.id.data()), key.id.size()});
      out.role = role_of(record, signer);
      out.authorised = signer.state == SignerState::authorised || signer.state == SignerState::adopted;
    }
    sheet.signers.push_back(std::move(out));
  }
}

void PageModels::fill_figures(const CountSheet& body, ui::Sheet& sheet, const Contest& contest) const {
  sheet.how = how_of(body.how);
  sheet.counted_at = body.count_ended.value_or("");
  sheet.announced_at = body.announced.value_or("");
  sheet.order = body.order.value_or("");
  if (body.live) sheet.live = ui::LiveCount{body.live->called, body.live->undone};
  if (body.machine || body.hand) {
    sheet.machine = ui::MachineFigures{};
    if (body.machine) sheet.machine->sent_to_recheck = body.machine->to_recheck;
  }
  for (const Option& option : contest.options) {
    ui::SheetOption out;
    out.votes = find_votes(body.votes, option.id);
    if (body.machine) out.machine_sorted = find_votes(body.machine->sorted, option.id);
    if (body.hand) {
      out.hand_from_sorted = find_votes(body.hand->from_sorted, option.id);
      out.hand_from_recheck = find_votes(body.hand->from_recheck, option.id);
    }
    sheet.options.push_back(out);
  }
  sheet.figures = to_figures(make_row(body, contest));
}

Result<CountSheet> PageModels::fill_from_record(const RecordState& record, ui::Sheet& sheet,
                                                const Contest& contest) const {
  SCRUTINEER_TRY(sheet.note, log_.entry(carried_at(record)));
  SCRUTINEER_TRY(ParsedEntry entry, parse_entry(sheet.note));
  auto& body = std::get<CountSheet>(entry.record.body);
  fill_figures(body, sheet, contest);
  sheet.record_id = to_hex(record.id);
  sheet.position = record.effect != kNever ? record.effect : record.first;
  fill_signers(record, sheet);
  if (const auto* refusals = fold_.tally().refusals(record.id))
    for (const Tally::RefusalNote& refusal : *refusals) {
      const RecordState& said = fold_.book().records()[refusal.record];
      std::string name;
      if (!said.signers.empty() && said.signers[0].key != kStranger)
        name = fold_.book().keys()[said.signers[0].key].key.name;
      sheet.refusals.push_back({name, refusal.reason, to_hex(said.id), said.effect});
    }
  return std::move(body);
}

void PageModels::fill_history(ContestIndex contest, UnitIndex unit, ui::Sheet& sheet) const {
  const Cell& cell = fold_.tally().cell(contest, unit);
  const auto& records = fold_.book().records();
  bool alone = cell.versions.size() <= 1;
  for (std::size_t i = 0; !alone && i < cell.versions.size(); ++i) {
    const SheetVersion& version = cell.versions[i];
    ui::Version out;
    out.state = version.replaced                    ? ui::VersionState::replaced
                : cell.state == CellState::conflict ? ui::VersionState::conflicting
                                                    : ui::VersionState::counted;
    out.record_id = to_hex(records[version.record].id);
    out.position = records[version.record].effect;
    out.reason = version.reason;
    const Row* before = i > 0 ? &cell.versions[0].row : nullptr;
    for (const SheetVersion& other : cell.versions)
      if (version.replaces == records[other.record].id) before = &other.row;
    if (before) out.changes = changes_between(*before, version.row);
    sheet.history.push_back(std::move(out));
  }
  auto waiting = waiting_.find(key_of(contest, unit));
  if (waiting == waiting_.end()) return;
  for (const Waiting& one : waiting->second)
    sheet.history.push_back({one.entered ? ui::VersionState::entered : ui::VersionState::unauthorised,
                             to_hex(records[one.record].id),
                             records[one.record].first,
                             {},
                             {}});
}

void PageModels::fill_findings(ContestIndex contest, UnitIndex unit, ui::Sheet& sheet) const {
  for (RuleCode code : fold_.tally().findings(contest, unit)) {
    const RuleText& text = rule_text(code);
    sheet.findings.push_back(
        {std::string(text.code), {std::string(text.full_ko), std::string(text.full_en)}, text.error, ""});
  }
}

Result<ui::Sheet> PageModels::sheet(ContestIndex contest, UnitIndex unit, const std::vector<Said>& said) const {
  std::optional<RecordIndex> current = fold_.tally().current(contest, unit);
  ui::Sheet out;
  out.contest = contest;
  out.status = status(contest, unit);
  RecordIndex shown = current ? *current : shown_of(waiting_.at(key_of(contest, unit))).record;
  SCRUTINEER_TRY(CountSheet body, fill_from_record(fold_.book().records()[shown], out, election().contests()[contest]));
  fill_history(contest, unit, out);
  fill_findings(contest, unit, out);
  add_said(said, body, out, unit);
  out.has_proof = fold_.tally().state(contest, unit) == CellState::counted;
  return out;
}

Result<ui::Unit> PageModels::unit(UnitIndex unit) const {
  const Unit& u = tree().units()[unit];
  ui::Unit out;
  out.node = {u.row, u.name};
  out.above = above(u.area);
  out.kind = u.kind;
  out.id = u.id.value();
  SCRUTINEER_TRY(std::vector<Said> said, said_of(unit));
  for (ContestIndex contest = 0; contest < election().contests().size(); ++contest) {
    if (status(contest, unit) == ui::UnitStatus::not_counted) continue;
    SCRUTINEER_TRY(ui::Sheet one, sheet(contest, unit, said));
    out.sheets.push_back(std::move(one));
  }
  add_said(said, out, unit);
  return out;
}

}  // namespace scrutineer

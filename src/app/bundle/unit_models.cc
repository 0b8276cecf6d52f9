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
  const Cell& cell = fold_.tally().cell(contest, unit);
  if (cell.state == CellState::conflict) return ui::UnitStatus::conflict;
  if (cell.state == CellState::empty)
    return unauthorised_.contains(std::uint64_t{contest} << 32 | unit) ? ui::UnitStatus::unauthorised
                                                                       : ui::UnitStatus::not_counted;
  const SheetVersion& version = cell.versions[cell.current];
  if (label_of(election(), fold_.book().records()[version.record]) == "transcribed") return ui::UnitStatus::transcribed;
  return version.replaces ? ui::UnitStatus::replaced : ui::UnitStatus::counted_signed;
}

// The role in which somebody signed: one that the signing rule asks for, where the key holds several.
std::string PageModels::role_of(const RecordState& record, KeyIndex key) const {
  const SigningRule* rule = election().signing_rule(record.type);
  std::string held;
  for (std::size_t index : fold_.book().grants().of_key(key)) {
    const GrantState& grant = fold_.book().grants()[index];
    if (!record.target || !grant.coverage.covers(*record.target)) continue;
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
      out.role = role_of(record, signer.key);
      out.authorised = signer.state == SignerState::authorised || signer.state == SignerState::adopted;
    }
    sheet.signers.push_back(std::move(out));
  }
}

Status PageModels::fill_from_record(const RecordState& record, ui::Sheet& sheet, const Contest& contest) const {
  SCRUTINEER_TRY(sheet.note, log_.entry(carried_at(record)));
  SCRUTINEER_TRY(ParsedEntry entry, parse_entry(sheet.note));
  const auto& body = std::get<CountSheet>(entry.record.body);
  sheet.how = how_of(body.how);
  sheet.counted_at = body.count_ended.value_or("");
  sheet.announced_at = body.announced.value_or("");
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
  return {};
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
  auto strangers = unauthorised_.find(std::uint64_t{contest} << 32 | unit);
  if (strangers == unauthorised_.end()) return;
  for (RecordIndex index : strangers->second)
    sheet.history.push_back({ui::VersionState::unauthorised, to_hex(records[index].id), records[index].first, {}, {}});
}

void PageModels::fill_findings(ContestIndex contest, UnitIndex unit, ui::Sheet& sheet) const {
  for (RuleCode code : fold_.tally().findings(contest, unit)) {
    const RuleText& text = rule_text(code);
    sheet.findings.push_back(
        {std::string(text.code), {std::string(text.full_ko), std::string(text.full_en)}, text.error, ""});
  }
}

Result<ui::Sheet> PageModels::sheet(ContestIndex contest, UnitIndex unit) const {
  const Cell& cell = fold_.tally().cell(contest, unit);
  ui::Sheet out;
  out.contest = contest;
  out.status = status(contest, unit);
  RecordIndex shown = cell.state == CellState::empty ? unauthorised_.at(std::uint64_t{contest} << 32 | unit).front()
                                                     : cell.versions[cell.current].record;
  SCRUTINEER_CHECKED(fill_from_record(fold_.book().records()[shown], out, election().contests()[contest]));
  fill_history(contest, unit, out);
  fill_findings(contest, unit, out);
  out.has_proof = cell.state == CellState::counted;
  return out;
}

Result<ui::Unit> PageModels::unit(UnitIndex unit) const {
  const Unit& u = tree().units()[unit];
  ui::Unit out{{u.row, u.name}, above(u.area), u.kind, u.id.value(), {}};
  for (ContestIndex contest = 0; contest < election().contests().size(); ++contest) {
    if (status(contest, unit) == ui::UnitStatus::not_counted) continue;
    SCRUTINEER_TRY(ui::Sheet one, sheet(contest, unit));
    out.sheets.push_back(std::move(one));
  }
  return out;
}

}  // namespace scrutineer

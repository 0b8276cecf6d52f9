#include "app/paper/models.h"

#include <algorithm>

#include "app/paper/flow.h"
#include "app/ui/words.h"

namespace scrutineer::paper {
namespace {

constexpr std::size_t kShownDigits = 12;  // of a record id, in lists

Bilingual words(const ui::Msg& message) {
  return {std::string(message.in(ui::Lang::ko)), std::string(message.in(ui::Lang::en))};
}

Head head_of(const Election& election, ContestIndex contest, PaperKind kind, std::string_view place) {
  const Definition& d = election.definition();
  const ContestDefinition& c = election.contests()[contest].definition;
  PaperCode code;
  code.kind = kind;
  code.election = paper_prefix(election.id());
  code.unit = paper_token(place);
  code.contest = paper_token(c.id.value());
  return {d.title, d.date, d.simulated, c.title, {}, code};
}

// "서울특별시 종로구"
std::string spoken_path(const UnitTree& tree, AreaIndex area) {
  std::string path = tree.areas()[area].path.substr(1);
  std::replace(path.begin(), path.end(), '/', ' ');
  return path.empty() ? "전체 All" : path;
}

Bilingual kind_of(const Unit& unit) {
  return {std::string(ui::unit_kind(unit.kind, ui::Lang::ko)), std::string(ui::unit_kind(unit.kind, ui::Lang::en))};
}

std::string hex_id(const KeyId& id) {
  return to_hex({reinterpret_cast<const char*>(id.data()), id.size()});
}

Count find_votes(const OptionVotes& votes, const OptionId& option) {
  for (const auto& [id, count] : votes)
    if (id == option) return count;
  return std::nullopt;
}

std::vector<OptionLine> option_lines(const Contest& contest, const CountSheet* sheet) {
  std::vector<OptionLine> lines;
  for (const Option& option : contest.options) {
    OptionLine line{option.id.value(), option.party, option.name, {}, {}, {}, {}};
    if (sheet) {
      line.votes = find_votes(sheet->votes, option.id);
      if (sheet->machine) line.sorted = find_votes(sheet->machine->sorted, option.id);
      if (sheet->hand) line.from_sorted = find_votes(sheet->hand->from_sorted, option.id);
      if (sheet->hand) line.from_recheck = find_votes(sheet->hand->from_recheck, option.id);
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

CountSheetForm sheet_form(const Election& election, ContestIndex contest, UnitIndex unit, PaperKind kind) {
  const Unit& u = election.tree().units()[unit];
  CountSheetForm form;
  form.head = head_of(election, contest, kind, u.id.value());
  form.area = spoken_path(election.tree(), u.area);
  form.unit = u.name;
  form.head.place = u.name + " (" + u.id.value() + ")";
  form.unit_id = u.id.value();
  form.kind = kind_of(u);
  return form;
}

// The role in which a key signed: one that the signing rule asks for.
std::string role_of(const RecordBook& book, const SigningRule* rule, const RecordState& record, KeyIndex key) {
  std::string held;
  for (std::size_t index : book.grants().of_key(key)) {
    const GrantState& grant = book.grants()[index];
    if (!record.target || !grant.coverage.covers(*record.target)) continue;
    held = grant.role.value();
    if (!rule || record.alternative < 0) continue;
    for (const RoleNeed& need : rule->any_of[static_cast<std::size_t>(record.alternative)].needs)
      if (need.role == grant.role) return held;
  }
  return held;
}

// Only those whose signature counts: a printed sheet is not the place for what strangers add.
std::vector<SignerLine> signer_lines(const ElectionFold& fold, const RecordState& record) {
  const RecordBook& book = fold.book();
  const SigningRule* rule = fold.tally().election().signing_rule(record.type);
  std::vector<SignerLine> lines;
  for (const RecordSigner signer : record.signers) {
    if (signer.state != SignerState::authorised && signer.state != SignerState::adopted) continue;
    const VerifierKey& key = book.keys()[signer.key].key;
    std::string role = role_of(book, rule, record, signer.key);
    lines.push_back({{std::string(ui::role(role, ui::Lang::ko)), std::string(ui::role(role, ui::Lang::en))},
                     key.name,
                     hex_id(key.id)});
  }
  return lines;
}

std::vector<StatementLine> refusal_lines(const ElectionFold& fold, const RecordId& sheet) {
  std::vector<StatementLine> lines;
  const auto* refusals = fold.tally().refusals(sheet);
  if (!refusals) return lines;
  for (const Tally::RefusalNote& refusal : *refusals) {
    const RecordState said = fold.book().records()[refusal.record];
    std::string name;
    if (!said.signers.empty() && said.signers[0].key != kStranger)
      name = fold.book().keys()[said.signers[0].key].key.name;
    lines.push_back({name, refusal.reason, true});
  }
  return lines;
}

ui::UnitStatus unit_status(const ElectionFold& fold, ContestIndex contest, UnitIndex unit) {
  switch (fold.tally().state(contest, unit)) {
    case CellState::empty: return ui::UnitStatus::not_counted;
    case CellState::conflict: return ui::UnitStatus::conflict;
    case CellState::counted: break;
  }
  const Cell cell = fold.tally().cell(contest, unit);
  const SheetVersion& version = cell.versions[cell.current];
  if (version.how == HowCounted::transcribed) return ui::UnitStatus::transcribed;
  return version.replaces ? ui::UnitStatus::replaced : ui::UnitStatus::counted_signed;
}

std::string as_of_text(std::string_view origin, std::uint64_t as_of) {
  std::string entries = figure(static_cast<std::int64_t>(as_of));
  return "로그 기록 " + entries + "건까지  As of " + entries + " entries of " + std::string(origin);
}

AreaLine area_line(const Totals& totals, std::string name, std::int64_t units) {
  AreaLine line{std::move(name), totals.sheets, units, {}, {}, {}, {}, {}};
  line.electors = totals.figure(Figure::electors);
  line.cast = totals.figure(Figure::ballots_cast);
  line.valid = totals.figure(Figure::valid);
  line.invalid = totals.figure(Figure::invalid);
  for (std::size_t i = kFigures; i < totals.columns.size(); ++i)
    line.votes.push_back(totals.sheets > 0 ? Count(totals.columns[i]) : std::nullopt);
  return line;
}

std::int64_t units_in(const Area& area) {
  return static_cast<std::int64_t>(area.units.end - area.units.first);
}

AreaLine unit_line(const ElectionFold& fold, ContestIndex contest, UnitIndex unit) {
  const Matrix& matrix = fold.tally().matrix(contest);
  AreaLine line{fold.tally().election().tree().units()[unit].name, matrix.has(unit), 1, {}, {}, {}, {}, {}};
  if (!matrix.has(unit)) return line;
  Row row = matrix.row(unit);
  line.electors = row.figure(Figure::electors);
  line.cast = row.figure(Figure::ballots_cast);
  line.valid = row.figure(Figure::valid);
  line.invalid = row.figure(Figure::invalid);
  line.votes.assign(row.columns.begin() + kFigures, row.columns.end());
  return line;
}

How how_of(HowCounted how) {
  return how == HowCounted::by_hand             ? How::by_hand
         : how == HowCounted::machine_then_hand ? How::machine_then_hand
                                                : How::not_stated;
}

void fill(CountSheetForm& form, const Contest& contest, const CountSheet& sheet) {
  form.how = how_of(sheet.how);
  form.electors = sheet.electors;
  form.issued = sheet.ballots_issued;
  form.cast = sheet.ballots_cast;
  form.valid = sheet.valid;
  form.invalid = sheet.invalid;
  form.blank_ballots = sheet.blank;
  form.counts_blank = sheet.blank.has_value();
  if (sheet.machine) form.to_recheck = sheet.machine->to_recheck;
  form.options = option_lines(contest, &sheet);
  form.began = sheet.count_began.value_or("");
  form.ended = sheet.count_ended.value_or("");
  form.announced = sheet.announced.value_or("");
}

}  // namespace

Bilingual sheet_status(const ElectionFold& fold, const RecordState& record) {
  if (record.effect == kNever || !record.target || !record.target->contest)
    return {"서명이 모자라 집계되지 않음", "not enough signatures: not counted"};
  const Cell cell = fold.tally().cell(*record.target->contest, record.target->units.first);
  for (const SheetVersion& version : cell.versions) {
    if (fold.book().records().id(version.record) != record.id) continue;
    if (version.replaced) return {"나중 기록으로 정정됨", "replaced by a later record"};
    if (cell.state == CellState::conflict) return {"다른 기록과 어긋나 집계 제외", "in conflict: not counted"};
    return {"집계됨", "counted"};
  }
  return {"집계되지 않음", "not counted"};
}

CountSheetForm blank_sheet(const Election& election, ContestIndex contest, UnitIndex unit) {
  CountSheetForm form = sheet_form(election, contest, unit, PaperKind::blank);
  form.options = option_lines(election.contests()[contest], nullptr);
  form.head.code.hash = paper_hash(content_hash(form));
  return form;
}

CountSheetForm written_sheet(const Election& election, ContestIndex contest, UnitIndex unit, const CountSheet& sheet) {
  CountSheetForm form = blank_sheet(election, contest, unit);
  fill(form, election.contests()[contest], sheet);
  return form;
}

Result<CountSheetForm> filled_sheet(const ElectionFold& fold, const RecordId& id, const CountSheet& sheet) {
  const Election& election = fold.tally().election();
  auto index = fold.book().find(id);
  auto unit = election.tree().find_unit(sheet.unit);
  auto contest = election.find_contest(sheet.contest);
  if (!index || !unit || !contest)
    return fail(ErrorCode::not_found, "this election's log has no such count sheet", to_hex(id));
  const RecordState record = fold.book().records()[*index];
  CountSheetForm form = sheet_form(election, *contest, *unit, PaperKind::sheet);
  form.head.code.hash = paper_hash(id);
  form.blank = false;
  fill(form, election.contests()[*contest], sheet);
  form.signers = signer_lines(fold, record);
  form.statements = refusal_lines(fold, id);
  form.record_id = to_hex(id);
  form.status = sheet_status(fold, record);
  return form;
}

UnitListForm unit_list(const ElectionFold& fold, ContestIndex contest, AreaIndex area, std::uint64_t as_of,
                       std::string_view origin) {
  const Election& election = fold.tally().election();
  const Area& a = election.tree().areas()[area];
  UnitListForm form;
  form.head = head_of(election, contest, PaperKind::units, a.path);
  form.head.code.as_of = as_of;
  form.area = form.head.place = spoken_path(election.tree(), area);
  form.as_of = as_of_text(origin, as_of);
  for (UnitIndex unit = a.units.first; unit < a.units.end; ++unit) {
    const Unit& u = election.tree().units()[unit];
    AreaLine figures = unit_line(fold, contest, unit);
    ui::UnitStatus status = unit_status(fold, contest, unit);
    UnitLine line;
    line.area = spoken_path(election.tree(), u.area);
    line.name = u.name;
    line.id = u.id.value();
    line.kind = kind_of(u);
    line.status = words(ui::word(status));
    line.open = status == ui::UnitStatus::not_counted || status == ui::UnitStatus::conflict;
    line.cast = figures.cast;
    line.valid = figures.valid;
    line.invalid = figures.invalid;
    if (auto current = fold.tally().current(contest, unit))
      line.record = to_hex(fold.book().records().id(*current)).substr(0, kShownDigits);
    form.counted += figures.counted;
    form.units.push_back(std::move(line));
  }
  form.head.code.hash = paper_hash(content_hash(form));
  return form;
}

SummaryForm summary(const ElectionFold& fold, ContestIndex contest, AreaIndex area, std::uint64_t as_of,
                    std::string_view origin) {
  const Election& election = fold.tally().election();
  const Area& a = election.tree().areas()[area];
  SummaryForm form;
  form.head = head_of(election, contest, PaperKind::summary, a.path);
  form.head.code.as_of = as_of;
  form.area = form.head.place = spoken_path(election.tree(), area);
  form.as_of = as_of_text(origin, as_of);
  form.total = area_line(fold.tally().totals(contest, area), form.area, units_in(a));
  form.options = option_lines(election.contests()[contest], nullptr);
  for (std::size_t i = 0; i < form.options.size(); ++i) form.options[i].votes = form.total.votes[i];
  UnitIndex own_end = a.children.empty() ? a.units.end : election.tree().areas()[a.children.front()].units.first;
  for (UnitIndex unit = a.units.first; unit < own_end; ++unit) form.below.push_back(unit_line(fold, contest, unit));
  for (AreaIndex child : a.children) {
    const Area& c = election.tree().areas()[child];
    form.below.push_back(area_line(fold.tally().totals(contest, child), c.name, units_in(c)));
  }
  form.head.code.hash = paper_hash(content_hash(form));
  return form;
}

}  // namespace scrutineer::paper

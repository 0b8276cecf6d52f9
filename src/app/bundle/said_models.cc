// What is recorded about a unit beside its sheets: few records, read back from the log when their page is made.
#include <algorithm>
#include <set>

#include "app/bundle/pages.h"
#include "core/verify/manifest.h"

namespace scrutineer {
namespace {

constexpr std::size_t kSaidShown = 300;  // of one unit, on its page: the rest is in the log
constexpr std::size_t kTalliesShown = 100;

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out.append(out.empty() ? "" : ", ").append(name);
  return out;
}

}  // namespace

Result<PageModels::Said> PageModels::read(RecordIndex index) const {
  const RecordState state = fold_.book().records()[index];
  SCRUTINEER_TRY(Bytes note, log_.entry(state.first));
  SCRUTINEER_TRY(ParsedEntry entry, parse_entry(note));
  return Said{state, std::move(entry.record)};
}

Result<std::vector<PageModels::Said>> PageModels::said_of(UnitIndex unit) const {
  std::vector<Said> said;
  const std::vector<RecordIndex>* all = fold_.tally().said_of(unit);
  for (std::size_t i = 0; all && i < std::min(all->size(), kSaidShown); ++i) {
    SCRUTINEER_TRY(Said one, read((*all)[i]));
    said.push_back(std::move(one));
  }
  return said;
}

// Those whose signatures count.
std::vector<std::string> PageModels::signers_of(const RecordState& record) const {
  std::vector<std::string> names;
  for (const RecordSigner& signer : record.signers)
    if (signer.state == SignerState::authorised || signer.state == SignerState::adopted)
      names.push_back(fold_.book().keys()[signer.key].key.name);
  return names;
}

ui::Statement PageModels::statement(const Said& said, const std::string& text) const {
  return {joined(signers_of(said.state)), text, to_hex(said.state.id), said.state.effect};
}

ui::FileRef PageModels::file(const BlobRef& blob) const {
  return {blob_path(blob.sha256), blob.type, blob.size, has_blob_ && has_blob_(blob.sha256)};
}

bool PageModels::is_sheet_of(const RecordId& record, ContestIndex contest, UnitIndex unit) const {
  auto index = fold_.book().find(record);
  if (!index) return false;
  const RecordState state = fold_.book().records()[*index];
  return state.type == RecordType::count_sheet && state.target && state.target->units.first == unit &&
         state.target->contest == contest;
}

// What is about one sheet: acceptances of its very figures, remarks about any of its versions, photographs.
void PageModels::add_said(const std::vector<Said>& said, const CountSheet& body, ui::Sheet& sheet,
                          UnitIndex unit) const {
  const ContestIndex contest = static_cast<ContestIndex>(sheet.contest);
  for (const Said& one : said) {
    if (auto* remark = std::get_if<Remark>(&one.record.body); remark && is_sheet_of(remark->of, contest, unit))
      sheet.remarks.push_back(statement(one, remark->reason));
    if (one.state.target->contest != contest) continue;
    if (auto* paper = std::get_if<Attachment>(&one.record.body))
      sheet.attachments.push_back({file(paper->blob), statement(one, paper->note)});
    if (auto* accepted = std::get_if<Acceptance>(&one.record.body); accepted && accepted->figures == figures_hash(body))
      for (ui::Finding& finding : sheet.findings)
        if (finding.code == accepted->code) finding.accepted = accepted->reason;
  }
}

ui::CustodyStep PageModels::custody(const Said& said, const Custody& body) const {
  ui::CustodyStep step;
  step.object = kCustodyObjectNames[static_cast<std::size_t>(body.object)];
  step.name = body.name;
  step.event = kCustodyEventNames[static_cast<std::size_t>(body.event)];
  step.seals = body.seals;
  step.broken = body.broken;
  step.from = body.from.value_or("");
  step.to = body.to.value_or("");
  step.order = body.order.value_or("");
  step.note = body.note;
  step.signers = signers_of(said.state);
  step.record_id = to_hex(said.state.id);
  step.position = said.state.effect;
  return step;
}

// What is about the unit as a whole. Of entries, who has read: once each, however often a sheet was entered again.
void PageModels::add_said(const std::vector<Said>& said, ui::Unit& out, UnitIndex unit) const {
  std::set<std::tuple<ContestIndex, std::int64_t, std::string>> readers;
  for (const Said& one : said) {
    if (auto* entry = std::get_if<Entry>(&one.record.body))
      readers.emplace(*one.state.target->contest, entry->reading, joined(signers_of(one.state)));
    if (auto* boxed = std::get_if<Custody>(&one.record.body)) out.custody.push_back(custody(one, *boxed));
    if (auto* remark = std::get_if<Remark>(&one.record.body)) {
      bool with_sheet = std::any_of(out.sheets.begin(), out.sheets.end(), [&](const ui::Sheet& sheet) {
        return is_sheet_of(remark->of, static_cast<ContestIndex>(sheet.contest), unit);
      });
      if (!with_sheet) out.remarks.push_back(statement(one, remark->reason));
    }
  }
  for (const auto& [contest, reading, name] : readers) out.readings.push_back({contest, reading, name});
  if (const auto* all = fold_.tally().said_of(unit); all && all->size() > said.size())
    out.more_records = static_cast<std::int64_t>(all->size() - said.size());
}

Result<std::vector<ui::IndependentTally>> PageModels::independent_tallies() const {
  std::vector<ui::IndependentTally> out;
  for (RecordIndex index : fold_.tally().independent_tallies()) {
    if (out.size() == kTalliesShown) break;
    SCRUTINEER_TRY(Said said, read(index));
    const auto& body = std::get<IndependentTally>(said.record.body);
    ui::IndependentTally tally;
    if (auto unit = tree().find_unit(UnitId(body.area)))
      tally.area = tree().units()[*unit].name;
    else if (auto area = tree().find_area(body.area); area && *area != 0)
      tally.area = tree().areas()[*area].name;
    tally.file = file(body.blob);
    tally.said = statement(said, body.note);
    out.push_back(std::move(tally));
  }
  return out;
}

}  // namespace scrutineer

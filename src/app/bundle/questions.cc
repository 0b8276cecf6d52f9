// What is open: corrections, conflicts, duplicates, refusals, warnings, records that do not count.
#include <algorithm>
#include <map>

#include "app/bundle/pages.h"

namespace scrutineer {
namespace {

constexpr std::size_t kUnitsLinked = 50;  // a page that lists thousands helps nobody; the areas lead to the rest

void add(ui::Question& question, const Unit& unit) {
  ++question.count;
  if (question.units.size() < kUnitsLinked) question.units.push_back({unit.row, unit.name});
}

}  // namespace

// Sheets that are not in effect: signed by some of those who may, or by nobody who may.
void PageModels::collect_waiting() {
  const auto& records = fold_.book().records();
  for (RecordIndex i = 0; i < records.size(); ++i) {
    const RecordState record = records[i];
    if (record.type != RecordType::count_sheet || record.effect != kNever || !record.target) continue;
    bool entered = std::any_of(record.signers.begin(), record.signers.end(), [](const RecordSigner& signer) {
      return signer.state == SignerState::authorised || signer.state == SignerState::adopted;
    });
    waiting_[key_of(*record.target->contest, record.target->units.first)].push_back({i, entered});
  }
}

bool PageModels::has_unauthorised(ContestIndex contest, UnitIndex unit) const {
  auto found = waiting_.find(key_of(contest, unit));
  return found != waiting_.end() && std::any_of(found->second.begin(), found->second.end(),
                                                [](const Waiting& waiting) { return !waiting.entered; });
}

void PageModels::collect_questions() {
  std::map<ui::QuestionKind, ui::Question> by_kind;
  std::map<RuleCode, ui::Question> by_code;
  open_.assign(tree().units().size(), 0);
  const Tally& tally = fold_.tally();
  for (ContestIndex contest = 0; contest < election().contests().size(); ++contest) {
    for (UnitIndex unit = 0; unit < tree().units().size(); ++unit) {
      auto raise = [&](ui::Question& question) {
        add(question, tree().units()[unit]);
        ++open_[unit];
      };
      if (has_unauthorised(contest, unit)) raise(by_kind[ui::QuestionKind::unauthorised]);
      std::optional<RecordIndex> current = tally.current(contest, unit);
      if (!current) continue;
      if (!tally.is_plain(contest, unit)) {
        const Cell cell = tally.cell(contest, unit);
        if (cell.state == CellState::conflict) raise(by_kind[ui::QuestionKind::conflict]);
        if (cell.versions[cell.current].replaces) raise(by_kind[ui::QuestionKind::correction]);
        if (cell.duplicate) raise(by_kind[ui::QuestionKind::duplicate]);
      }
      if (tally.refusals(fold_.book().records().id(*current))) raise(by_kind[ui::QuestionKind::refusal]);
      for (RuleCode code : tally.findings(contest, unit)) raise(by_code[code]);
    }
  }
  for (auto& [kind, question] : by_kind) {
    question.kind = kind;
    questions_.push_back(std::move(question));
  }
  for (auto& [code, question] : by_code) {
    const RuleText& text = rule_text(code);
    question.kind = ui::QuestionKind::plausibility;
    question.code = text.code;
    question.sentence = {std::string(text.full_ko), std::string(text.full_en)};
    questions_.push_back(std::move(question));
  }
}

}  // namespace scrutineer

// What is open: corrections, conflicts, duplicates, refusals, warnings, records that do not count.
#include <algorithm>
#include <map>

#include "app/bundle/pages.h"

namespace scrutineer {
namespace {

constexpr std::size_t kUnitsLinked = 50;  // a page that lists thousands helps nobody; the areas lead to the rest

void add(ui::Question& question, ui::NodeRef unit) {
  ++question.count;
  if (question.units.size() < kUnitsLinked) question.units.push_back(std::move(unit));
}

}  // namespace

void PageModels::collect_questions() {
  std::map<ui::QuestionKind, ui::Question> by_kind;
  std::map<RuleCode, ui::Question> by_code;
  open_.assign(tree().units().size(), 0);
  const Tally& tally = fold_.tally();
  for (ContestIndex contest = 0; contest < election().contests().size(); ++contest) {
    for (UnitIndex unit = 0; unit < tree().units().size(); ++unit) {
      const Cell& cell = tally.cell(contest, unit);
      ui::NodeRef node{tree().units()[unit].row, tree().units()[unit].name};
      auto raise = [&](ui::QuestionKind kind) {
        add(by_kind[kind], node);
        ++open_[unit];
      };
      if (cell.state == CellState::conflict) raise(ui::QuestionKind::conflict);
      if (unauthorised_.contains(std::uint64_t{contest} << 32 | unit)) raise(ui::QuestionKind::unauthorised);
      if (cell.state == CellState::empty) continue;
      const SheetVersion& version = cell.versions[cell.current];
      if (version.replaces) raise(ui::QuestionKind::correction);
      if (cell.duplicate) raise(ui::QuestionKind::duplicate);
      if (tally.refusals(fold_.book().records()[version.record].id)) raise(ui::QuestionKind::refusal);
      for (RuleCode code : tally.findings(contest, unit)) {
        add(by_code[code], node);
        ++open_[unit];
      }
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

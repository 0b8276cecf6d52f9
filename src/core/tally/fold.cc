#include "core/tally/fold.h"

namespace scrutineer {

void ElectionFold::apply(Position position, const ParsedEntry& entry, std::string_view text,
                         std::span<const SignatureCheck> checks) {
  for (const Effect& effect : book_.apply(position, entry, text, checks)) {
    if (held_)
      waiting_.emplace_back(effect.index, *effect.record);
    else
      tally_.apply(book_, effect);
    if (const auto* claim = std::get_if<ResultClaim>(&effect.record->body))
      claims_.push_back({book_.records()[effect.index].id, position, effect.record->at, *claim});
  }
}

void ElectionFold::release_tally() {
  held_ = false;
  for (const auto& [index, record] : waiting_) tally_.apply(book_, Effect{index, &record});
  waiting_.clear();
}

bool changed_since(const RecordBook& book, Position position) {
  auto last = book.last_change();
  return last && *last >= position;
}

Result<std::unique_ptr<ElectionFold>> stable_fold(const Election& election, const Roots& roots,
                                                  const std::function<Status(ElectionFold&)>& feed) {
  SCRUTINEER_TRY(auto rules, parse_rules(election.rules()));
  std::unique_ptr<ElectionFold> fold;
  auto stable = stable_compromises([&](std::vector<Compromise> known) -> Result<std::vector<Compromise>> {
    fold = std::make_unique<ElectionFold>(election, roots, rules, std::move(known));
    SCRUTINEER_CHECKED(feed(*fold));
    return fold->book().declared();
  });
  if (!stable) return tl::unexpected(stable.error());
  fold->finish();
  return fold;
}

}  // namespace scrutineer

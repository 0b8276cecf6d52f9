#include "core/count/live.h"

#include "core/crypto/hash.h"

namespace scrutineer {

std::optional<LiveStep> read_live_step(std::string_view text, std::size_t options) {
  if (text == "invalid") return LiveStep{LiveStep::Kind::invalid, 0};
  if (text == "undo") return LiveStep{LiveStep::Kind::undo, 0};
  auto option = parse_decimal(text);
  if (!option || *option >= options) return std::nullopt;
  return LiveStep{LiveStep::Kind::option, static_cast<std::size_t>(*option)};
}

std::string to_string(const LiveStep& step) {
  switch (step.kind) {
    case LiveStep::Kind::option: return std::to_string(step.option);
    case LiveStep::Kind::invalid: return "invalid";
    case LiveStep::Kind::undo: return "undo";
  }
  __builtin_unreachable();
}

bool LiveTally::take(const LiveStep& step) {
  auto cell = [&](const LiveStep& call) -> std::int64_t& {
    return call.kind == LiveStep::Kind::invalid ? tally_.back() : tally_[call.option];
  };
  if (steps_.size() == kLiveSteps) return false;
  if (step.kind == LiveStep::Kind::undo) {
    if (standing_.empty()) return false;
    --cell(standing_.back());
    standing_.pop_back();
    ++undone_;
  } else {
    if (step.kind == LiveStep::Kind::option && step.option + 1 >= tally_.size()) return false;
    ++cell(step);
    standing_.push_back(step);
    ++called_;
  }
  steps_.push_back(step);
  return true;
}

std::optional<LiveStep> LiveTally::last() const {
  if (standing_.empty()) return std::nullopt;
  return standing_.back();
}

LiveCount commit_to(const LiveTally& tally, std::string_view salt) {
  Sha256 hash;
  hash.update("scrutineer/live\n").update(salt).update("\n");
  for (const LiveStep& step : tally.steps()) hash.update(to_string(step)).update("\n");
  return {tally.called(), tally.undone(), hash.finish()};
}

}  // namespace scrutineer

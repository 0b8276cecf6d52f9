// A live count: ballot by ballot, called out and marked on a public screen. Every step is kept, an undo is a step of
// its own; no step has a time, so that nobody can tell whose ballot it was (docs/formats/journal.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/record/count_sheet.h"

namespace scrutineer {

inline constexpr std::size_t kLiveSteps = 200'000;  // of one unit

struct LiveStep {
  enum class Kind : std::uint8_t { option, invalid, undo } kind = Kind::option;
  std::size_t option = 0;  // from 0, in ballot order
  friend bool operator==(const LiveStep&, const LiveStep&) = default;
};
// "0", "1", ..., "invalid", "undo"; nullopt: none of these, or no such option.
std::optional<LiveStep> read_live_step(std::string_view text, std::size_t options);
std::string to_string(const LiveStep& step);

class LiveTally {
 public:
  explicit LiveTally(std::size_t options) : tally_(options + 1) {}
  // False: there is nothing to undo, or no room for a further step. An undo takes back the last call that stands.
  bool take(const LiveStep& step);

  const std::vector<std::int64_t>& tally() const { return tally_; }  // by option; then invalid
  std::int64_t called() const { return called_; }
  std::int64_t undone() const { return undone_; }
  std::optional<LiveStep> last() const;  // the last call that stands
  const std::vector<LiveStep>& steps() const { return steps_; }

 private:
  std::vector<LiveStep> steps_, standing_;
  std::vector<std::int64_t> tally_;
  std::int64_t called_ = 0, undone_ = 0;
};

// SHA-256("scrutineer/live" LF salt LF, then each step and LF). The salt (32 hex digits) keeps anybody from trying out
// all orders in which a few ballots may have come.
LiveCount commit_to(const LiveTally& tally, std::string_view salt);

}  // namespace scrutineer

// election.json: what an election is, as a person writes it. The tables stand beside it.
#pragma once

#include "app/package/locate.h"
#include "core/record/definition.h"
#include "core/results/seat_config.h"
#include "core/tally/plausibility.h"

namespace scrutineer {

inline constexpr std::string_view kPackageFormat = "scrutineer/election/1";

struct DefinitionFile {
  std::string file;      // the name that problems carry
  std::string text;      // as it was read
  bool is_json = false;  // whether `document` holds anything
  Json document;
  Definition definition;          // without the blobs
  std::vector<SeatConfig> seats;  // of each contest
  std::vector<PlausibilityRule> rules;
  std::optional<std::string> source;
};

// Reads `text` into the rest. Everything wrong with it goes to `problems`.
void read_definition_file(DefinitionFile& file, Problems& problems);

// Calls `look` with a reader of the whole document, whose problems carry line and column. Requires is_json.
void with_reader(const DefinitionFile& file, Problems& problems, const std::function<void(const ObjectReader&)>& look);

// {"rules": [...]}: the same rules give the same bytes.
Bytes write_rules(const std::vector<PlausibilityRule>& rules);

}  // namespace scrutineer

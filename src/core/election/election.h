// One election as everybody folds it: the definition record with the tables that it names.
#pragma once

#include <memory>
#include <unordered_map>

#include "core/base/problems.h"
#include "core/election/unit_tree.h"
#include "core/record/record.h"

namespace scrutineer {

using ContestIndex = std::uint32_t;
using OptionIndex = std::uint32_t;

// Units x (options + 16), summed over the contests: what a fold keeps in memory. At most about 5 GB.
inline constexpr std::size_t kElectionFigures = std::size_t{1} << 30;

struct Option {
  OptionId id;
  std::string party;  // may be empty
  std::string name;
};

struct Contest {
  ContestDefinition definition;
  std::vector<Option> options;  // as on the ballot paper
  std::unordered_map<std::string, OptionIndex> option_by_id;
  // `guess`: where it probably stands; sheets list options in ballot order.
  std::optional<OptionIndex> find_option(const OptionId& option, std::size_t guess = 0) const;
};

class Election {
 public:
  // `units`, `options`: the CSV blobs that the definition names; `rules`: its JSON blob. Errors: corrupt (a blob does
  // not have the hash or size that the definition states), malformed, conflict, limit_exceeded. The rules are parsed by
  // core/tally.
  static Result<Election> build(const RecordId& id, Definition definition, BytesView units, BytesView options,
                                BytesView rules);

  const RecordId& id() const { return id_; }
  const Definition& definition() const { return definition_; }
  const UnitTree& tree() const { return tree_; }
  const std::vector<Contest>& contests() const { return contests_; }
  const std::string& rules() const { return rules_; }  // JSON text of the plausibility rules
  std::optional<ContestIndex> find_contest(const ContestId& contest) const;
  const SigningRule* signing_rule(RecordType type) const;  // nullptr: nobody may

 private:
  RecordId id_;
  Definition definition_;
  UnitTree tree_;
  std::vector<Contest> contests_;
  std::string rules_;
};

}  // namespace scrutineer

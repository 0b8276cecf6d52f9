#include "core/adjudicate/decisions.h"

#include <algorithm>

#include "core/crypto/hmac.h"

namespace scrutineer {

std::vector<BallotOutcome> outcomes_of(std::vector<DecidedCase> cases) {
  std::sort(cases.begin(), cases.end(), [](const DecidedCase& a, const DecidedCase& b) {
    return std::tie(a.ballot, a.contest) < std::tie(b.ballot, b.contest);
  });
  std::vector<BallotOutcome> out;
  for (DecidedCase& one : cases) {
    if (out.empty() || out.back().id != one.ballot) out.push_back({one.ballot, {}});
    out.back().contests.push_back(
        {one.contest, one.outcome.choice.decision, std::move(one.outcome.choice.options), one.outcome.how});
  }
  return out;
}

std::vector<PeopleCounts> people_counts(const BatchInfo& info, std::span<const DecidedCase> cases) {
  std::vector<PeopleCounts> out;
  for (const BatchContest& contest : info.contests) out.emplace_back().votes.assign(contest.options.size(), 0);
  for (const DecidedCase& one : cases) {
    PeopleCounts& counts = out[one.contest];
    const Choice& choice = one.outcome.choice;
    ++counts.papers;
    counts.invalid += choice.decision == Decision::invalid;
    counts.blank += choice.decision == Decision::blank;
    if (choice.reason) ++counts.by_reason[static_cast<std::size_t>(*choice.reason)];
    for (std::uint16_t option : choice.options) ++counts.votes[option];
  }
  return out;
}

Hash256 decision_salt(const BatchSecret& secret, const BallotId& ballot, std::uint16_t contest) {
  return hmac_sha256(secret.seed.view(), "decision\n" + ballot.value() + "\n" + std::to_string(contest));
}

std::string decision_line(const DecidedCase& decided, const Hash256& salt) {
  const Choice& choice = decided.outcome.choice;
  JsonWriter out;
  out.begin_object().member("id", decided.ballot.value()).member("contest", std::int64_t{decided.contest});
  out.member("decision", decision_name(choice.decision)).name("options").begin_array();
  for (std::uint16_t option : choice.options) out.integer(option);
  out.end_array();
  if (choice.reason) out.member("reason", kInvalidReasonNames[static_cast<std::size_t>(*choice.reason)]);
  out.member("how", kOutcomeHowNames[static_cast<std::size_t>(decided.outcome.how)]);
  out.member("salt", to_hex(salt)).end_object();
  return out.take();
}

NodeHash decisions_root(std::span<const DecidedCase> cases, const BatchSecret& secret) {
  struct Placed {
    Hash256 order;
    std::uint16_t contest;
    LeafHash leaf;
  };
  std::vector<Placed> placed;
  for (const DecidedCase& one : cases)
    placed.push_back({ballot_order(secret, one.ballot), one.contest,
                      leaf_hash(decision_line(one, decision_salt(secret, one.ballot, one.contest)))});
  std::sort(placed.begin(), placed.end(), [](const Placed& a, const Placed& b) {
    return std::tie(a.order, a.contest) < std::tie(b.order, b.contest);
  });
  std::vector<LeafHash> leaves;
  for (const Placed& one : placed) leaves.push_back(one.leaf);
  return BallotTree(std::move(leaves)).root();
}

}  // namespace scrutineer

// Records about scanned ballot papers: a batch with the root over its ballots, what people decided, a committee's vote
// on an objection, an order to show some of them, and what was shown. Nothing here is about when or by whom a paper was
// cast, and no paper has a record of its own (docs/formats/ballot-records.md).
#pragma once

#include "core/record/body.h"
#include "core/record/count_sheet.h"

namespace scrutineer {

inline constexpr std::int64_t kBatchPictures = 1'000'000;
inline constexpr std::size_t kOrderBallots = 500;    // a record has at most 65,535 bytes
inline constexpr std::size_t kCommitteeVotes = 500;  // listed in one adjudication
inline constexpr std::int64_t kCommitteeSize = 100;

// Papers in a batch below which votes per option, and single papers, are not published. Real units of 25 to 54 valid
// votes were unanimous: a figure about so few says how people voted.
inline constexpr std::int64_t kPolicyMinimum = 100;

// Of one contest, in papers.
struct ContestCounts {
  ContestId contest;
  std::int64_t decided = 0;          // options are known, within the seats
  std::optional<OptionVotes> votes;  // absent: not published
  std::int64_t recheck = 0;          // for people; in an adjudication: what nobody decided
  std::int64_t blank = 0;
  std::int64_t invalid = 0;
  friend bool operator==(const ContestCounts&, const ContestCounts&) = default;
};

// ballot-batch/1: what a machine read in one stack of papers of one unit.
struct BallotBatch {
  UnitId unit;
  std::string device;  // name of the machine's key, one of the signers
  Hash256 definition, software, thresholds;
  std::int64_t sheets = 0;    // papers
  std::int64_t pictures = 0;  // of them: leaves of the tree
  std::int64_t rejected = 0;  // pictures that were not read
  std::vector<ContestCounts> contests;
  Hash256 ballots;   // RFC 6962 root over salted commitments, in the secret order
  BlobRef manifest;  // the commitments
  std::optional<RecordId> replaces;
  std::optional<std::string> reason;  // with `replaces`
};
void write_members(JsonWriter& out, const BallotBatch& batch);
BallotBatch read_ballot_batch(const ObjectReader& in);

// adjudication/1: the counts of a batch after people's decisions.
struct Adjudication {
  RecordId batch;
  Hash256 decisions;                   // root over salted decisions
  std::int64_t decided_by_people = 0;  // papers
  std::vector<ContestCounts> contests;
  std::vector<RecordId> committee_votes;
  std::optional<RecordId> replaces;
  std::optional<std::string> reason;
};
void write_members(JsonWriter& out, const Adjudication& adjudication);
Adjudication read_adjudication(const ObjectReader& in);

// committee-vote/1: somebody objected to how a paper was taken, and the committee voted. For whom the paper counts is
// not said.
enum class CommitteeQuestion : std::uint8_t { valid, reading, option };
inline constexpr std::string_view kCommitteeQuestionNames[] = {"valid", "reading", "option"};
enum class PaperDecision : std::uint8_t { counted, blank, invalid };
inline constexpr std::string_view kPaperDecisionNames[] = {"counted", "blank", "invalid"};
struct CommitteeVote {
  RecordId batch;
  LeafHash ballot;  // its commitment
  ContestId contest;
  CommitteeQuestion question = CommitteeQuestion::valid;
  std::int64_t in_favour = 0, against = 0;
  bool chair_decides = false;  // at a tie only
  bool carried = false;
  PaperDecision decision = PaperDecision::counted;
};
void write_members(JsonWriter& out, const CommitteeVote& vote);
CommitteeVote read_committee_vote(const ObjectReader& in);

// release-order/1: a court or the authority orders that these papers' masked images be shown.
struct ReleaseOrder {
  RecordId batch;
  std::vector<LeafHash> ballots;
  std::string authority;  // whose decision, its date and number
  std::string reason;
};
void write_members(JsonWriter& out, const ReleaseOrder& order);
ReleaseOrder read_release_order(const ObjectReader& in);

// image-release/1: what was shown on such an order.
struct ImageRelease {
  RecordId order;
  BlobRef pack;
  std::int64_t ballots = 0;
};
void write_members(JsonWriter& out, const ImageRelease& release);
ImageRelease read_image_release(const ObjectReader& in);

}  // namespace scrutineer

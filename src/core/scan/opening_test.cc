// Commitments to ballots: one is shown to be in its batch, nothing else is; counts follow from readings and decisions.
#include "core/scan/opening.h"

#include <doctest/doctest.h>

#include "core/codec/tar.h"
#include "core/crypto/hash.h"
#include "core/scan/ballot_pack.h"
#include "core/scan/batch_counts.h"

using namespace scrutineer;

namespace {

const BatchSecret kSecret{sha256("secret")};
const RecordId kBatchId{sha256("batch")};

BallotId id_of(std::size_t i) {
  return BallotId(to_hex(sha256(std::to_string(i))).substr(0, 32));
}

std::string masked_of(std::size_t i) {
  return "masked picture " + std::to_string(i);
}

BallotLine ballot(std::size_t i, std::uint16_t option) {
  BallotLine line;
  line.id = id_of(i);
  line.image = sha256("image " + std::to_string(i));
  line.masked = sha256(masked_of(i));
  line.reading.contests = {{0, Decision::counted, {option}, {}, 900}};
  return line;
}

std::vector<BallotLine> ballots(std::size_t count) {
  std::vector<BallotLine> lines;
  for (std::size_t i = 0; i < count; ++i) lines.push_back(ballot(i, static_cast<std::uint16_t>(i % 2)));
  return lines;
}

BallotTree tree_of(const std::vector<BallotLine>& lines, std::vector<std::size_t>* order = nullptr) {
  std::vector<BallotId> ids;
  for (const BallotLine& line : lines) ids.push_back(line.id);
  std::vector<LeafHash> leaves;
  for (const OrderedBallot& place : secret_order(ids, kSecret)) {
    leaves.push_back(leaf_hash(opening_json(opening_of(lines[place.line], kSecret))));
    if (order) order->push_back(place.line);
  }
  return BallotTree(std::move(leaves));
}

BallotProof prove(const std::vector<BallotLine>& lines, std::size_t line) {
  const BallotTree tree = tree_of(lines);
  BallotProof proof{kBatchId, 0, tree.size(), opening_json(opening_of(lines[line], kSecret)), {}};
  proof.index = *tree.find(leaf_hash(proof.opening));
  proof.proof = tree.proof(proof.index);
  return proof;
}

}  // namespace

TEST_CASE("opening: in batches of every size to 40, every ballot is proved and no other claim is") {
  for (std::size_t size = 1; size <= 40; ++size) {
    const auto lines = ballots(size);
    const NodeHash root = tree_of(lines).root();
    for (std::size_t i = 0; i < size; ++i) {
      const BallotProof proof = prove(lines, i);
      auto read = parse_ballot_proof(ballot_proof_text(proof));
      REQUIRE(read.has_value());
      CHECK(verify_ballot_proof(*read, root, size).has_value());
      CHECK_FALSE(verify_ballot_proof(*read, root, size + 1).has_value());
      BallotProof other = proof;
      BallotLine changed = lines[i];
      changed.reading.contests[0].options = {static_cast<std::uint16_t>(1 - changed.reading.contests[0].options[0])};
      other.opening = opening_json(opening_of(changed, kSecret));
      CHECK_FALSE(verify_ballot_proof(other, root, size).has_value());
    }
  }
}

TEST_CASE("opening: the secret order is neither that of ids nor that of lines, and salts differ") {
  const auto lines = ballots(100);
  std::vector<std::size_t> order;
  const BallotTree tree = tree_of(lines, &order);
  CHECK_FALSE(std::is_sorted(order.begin(), order.end()));
  std::vector<std::string> ids;
  for (std::size_t line : order) ids.push_back(lines[line].id.value());
  CHECK_FALSE(std::is_sorted(ids.begin(), ids.end()));
  CHECK(ballot_salt(kSecret, id_of(1)) != ballot_salt(kSecret, id_of(2)));
  CHECK(ballot_salt(kSecret, id_of(1)) != ballot_order(kSecret, id_of(1)));
  // Two equal readings are not equal commitments.
  BallotLine twin = lines[0];
  twin.id = id_of(1'000);
  CHECK(leaf_hash(opening_json(opening_of(twin, kSecret))) != leaf_hash(opening_json(opening_of(lines[0], kSecret))));
}

TEST_CASE("opening: texts are read back, and nothing else is") {
  const std::string secret = batch_secret_json(kSecret);
  REQUIRE(parse_batch_secret(secret).has_value());
  CHECK(parse_batch_secret(secret)->seed == kSecret.seed);
  CHECK_FALSE(parse_batch_secret(secret.substr(0, secret.size() - 1)).has_value());
  CHECK_FALSE(parse_batch_secret(" " + secret).has_value());
  const auto tree = tree_of(ballots(5));
  const std::string manifest = ballots_manifest(tree.leaves());
  REQUIRE(parse_ballots_manifest(manifest).has_value());
  CHECK(*parse_ballots_manifest(manifest) == tree.leaves());
  CHECK_FALSE(parse_ballots_manifest(manifest.substr(0, manifest.size() - 1)).has_value());
  CHECK_FALSE(parse_ballots_manifest(manifest + "\n").has_value());
  CHECK(parse_ballots_manifest(ballots_manifest({}))->empty());
  std::string proof = ballot_proof_text(prove(ballots(5), 3));
  CHECK_FALSE(parse_ballot_proof(proof + "\n").has_value());
  CHECK_FALSE(parse_ballot_proof(proof.replace(proof.find("\"index\""), 7, "\"serial\":1,\"index\"")).has_value());
}

TEST_CASE("pack: what an order names is shown, and every way to show something else is named") {
  const auto lines = ballots(9);
  BallotBatch batch;
  batch.ballots = tree_of(lines).root().hash;
  batch.pictures = batch.sheets = 9;
  auto leaf = [&](std::size_t i) { return leaf_hash(opening_json(opening_of(lines[i], kSecret))); };
  auto shown = [&](std::size_t i) { return ShownBallot{prove(lines, i), masked_of(i)}; };
  const ReleaseOrder order{kBatchId, {leaf(2), leaf(5)}, "court", "recount"};

  ShownBallot unmasked = shown(5), elsewhere = shown(5), claimed = shown(5);
  unmasked.masked = "image 5";
  elsewhere.proof.batch = RecordId{sha256("another")};
  claimed.proof.index = (claimed.proof.index + 1) % 9;
  struct Case {
    std::string what;
    std::vector<ShownBallot> ballots;
    std::string message;  // of the first problem; "" none
  };
  const Case cases[] = {
      {"as ordered", {shown(5), shown(2)}, ""},
      {"one is missing", {shown(2)}, "the order names this ballot, and it is not shown"},
      {"one more", {shown(2), shown(5), shown(1)}, "the order does not name this ballot"},
      {"the picture with its serial", {shown(2), unmasked}, "its picture is not the one that was committed to"},
      {"of another batch", {shown(2), elsewhere}, "its proof is about another batch"},
      {"another place", {shown(2), claimed}, "it is not in the batch"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    auto pack = make_ballot_pack(c.ballots);
    REQUIRE(pack.has_value());
    std::vector<BallotOpening> taken;
    const Problems problems = check_ballot_pack(*pack, order, batch, &taken);
    CHECK(problems.empty() == c.message.empty());
    if (c.message.empty()) CHECK(taken.size() == 2);
    if (!problems.empty()) CHECK(problems.listed()[0].message.find(c.message) == 0);
  }
  CHECK(make_ballot_pack({shown(2), shown(2)}).error().code == ErrorCode::conflict);
  Bytes extra;
  CHECK(append_tar_file(extra, "readme.txt", "x").has_value());
  end_tar(extra);
  CHECK(check_ballot_pack(extra, order, batch).count() == 3);
  CHECK_FALSE(check_ballot_pack("not an archive", order, batch).empty());
}

TEST_CASE("counts: what the machine said and what holds after people's decisions") {
  BatchInfo info;
  info.contests = {{ContestId("mayor"), 1, {OptionId("A"), OptionId("B")}},
                   {ContestId("council"), 2, {OptionId("X"), OptionId("Y"), OptionId("Z")}}};
  auto reading = [](Decision mayor, std::vector<std::uint16_t> a, Decision council, std::vector<std::uint16_t> b) {
    SheetReading sheet;
    sheet.contests = {{0, mayor, std::move(a), {}, 0}, {1, council, std::move(b), {}, 0}};
    return sheet;
  };
  SheetReading torn;
  torn.defect = SheetDefect::torn;
  const auto plain = reading(Decision::counted, {1}, Decision::counted, {0, 2});
  const auto doubt = reading(Decision::recheck, {}, Decision::blank, {});
  BatchCounter machine(info), after(info);
  CHECK(machine.add(plain).has_value());
  CHECK(machine.add(doubt).has_value());
  CHECK(machine.add(torn).has_value());
  CHECK(machine.add(torn).has_value());
  const ContestCounts mayor{ContestId("mayor"), 1, OptionVotes{{OptionId("A"), 0}, {OptionId("B"), 1}}, 1, 0, 0};
  const ContestCounts council{
      ContestId("council"), 1, OptionVotes{{OptionId("X"), 1}, {OptionId("Y"), 0}, {OptionId("Z"), 1}}, 0, 1, 0};
  CHECK(machine.counts().contests == std::vector{mayor, council});
  CHECK(machine.counts().sheets == 4);
  CHECK(machine.counts().rejected == 2);

  // People decide the doubtful paper for A, and one torn paper for B and invalid; the other torn one waits.
  CHECK(after.add_undecided(plain).has_value());
  CHECK(after.add_decided(doubt, {id_of(1), {{0, Decision::counted, {0}, OutcomeHow::agreed}}}).has_value());
  CHECK(after
            .add_decided(torn, {id_of(2),
                                {{0, Decision::counted, {1}, OutcomeHow::settled},
                                 {1, Decision::invalid, {}, OutcomeHow::committee}}})
            .has_value());
  CHECK(after.add_undecided(torn).has_value());
  CHECK(after.counts().contests[0] ==
        ContestCounts{ContestId("mayor"), 3, OptionVotes{{OptionId("A"), 1}, {OptionId("B"), 2}}, 1, 0, 0});
  CHECK(after.counts().contests[1].invalid == 1);
  CHECK(after.counts().contests[1].blank == 1);
  CHECK(after.counts().contests[1].recheck == 1);
  CHECK(after.counts().decided_by_people == 2);
  CHECK(after.counts().rejected == 1);

  CHECK_FALSE(BatchCounter(info).add(reading(Decision::counted, {2}, Decision::blank, {})).has_value());
  CHECK_FALSE(BatchCounter(info).add(reading(Decision::counted, {0, 1}, Decision::blank, {})).has_value());
  SheetReading third;
  third.contests = {{2, Decision::blank, {}, {}, 0}};
  CHECK_FALSE(BatchCounter(info).add(third).has_value());
}

TEST_CASE("counts: a unit's batches give votes by option all or not at all") {
  struct Case {
    std::vector<std::int64_t> sheets;
    bool votes;
  };
  const Case cases[] = {{{}, true}, {{40}, true}, {{100, 100}, true}, {{99, 500}, false}, {{500, 40, 500}, false}};
  for (const Case& c : cases) CHECK(may_publish_votes(c.sheets) == c.votes);
}

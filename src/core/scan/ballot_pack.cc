#include "core/scan/ballot_pack.h"

#include <algorithm>
#include <map>

#include "core/codec/tar.h"
#include "core/crypto/hash.h"

namespace scrutineer {
namespace {

constexpr std::string_view kProofEnd = ".proof", kPictureEnd = ".png";

struct Pair {
  std::optional<BytesView> proof, picture;
};
using Pairs = std::map<std::string, Pair>;  // by leaf in hex

// Files by ballot; what has another name is a problem.
Pairs pairs_of(BytesView pack, Problems& problems) {
  Pairs pairs;
  auto status = read_tar(pack, [&](const std::string& path, BytesView bytes) -> Status {
    const std::size_t dot = path.find('.');
    const std::string leaf = path.substr(0, dot);
    const std::string_view end = dot == path.npos ? std::string_view() : std::string_view(path).substr(dot);
    if (!hash_from_hex(leaf) || (end != kProofEnd && end != kPictureEnd))
      problems.add(path, "a pack holds a proof and a picture of each ballot, and nothing else");
    else
      (end == kProofEnd ? pairs[leaf].proof : pairs[leaf].picture) = bytes;
    return {};
  });
  if (!status) problems.add(status.error().where, status.error().message);
  return pairs;
}

// Empty: the pair is what the batch committed to.
std::string wrong_with(const std::string& leaf, const Pair& pair, const RecordId& batch_id, const BallotBatch& batch,
                       std::optional<BallotOpening>& opening) {
  if (!pair.proof || !pair.picture) return pair.proof ? "its picture is missing" : "its proof is missing";
  auto proof = parse_ballot_proof(*pair.proof);
  if (!proof) return "its proof cannot be read: " + to_string(proof.error());
  if (proof->batch != batch_id) return "its proof is about another batch";
  if (to_hex(leaf_hash(proof->opening)) != leaf) return "what is shown is not what this commitment is about";
  auto included = verify_ballot_proof(*proof, NodeHash{batch.ballots}, static_cast<std::uint64_t>(batch.pictures));
  if (!included) return "it is not in the batch: " + included.error().message;
  auto shown = parse_opening(proof->opening);
  if (!shown) return "its opening cannot be read: " + to_string(shown.error());
  if (!shown->masked) return "this ballot has no masked picture, so none may be shown";
  if (sha256(*pair.picture) != *shown->masked) return "its picture is not the one that was committed to";
  opening = std::move(*shown);
  return {};
}

}  // namespace

Result<Bytes> make_ballot_pack(std::vector<ShownBallot> ballots) {
  std::map<std::string, const ShownBallot*> by_leaf;
  for (const ShownBallot& ballot : ballots)
    if (!by_leaf.emplace(to_hex(leaf_hash(ballot.proof.opening)), &ballot).second)
      return fail(ErrorCode::conflict, "one ballot is to be shown twice");
  Bytes pack;
  for (const auto& [leaf, ballot] : by_leaf) {
    SCRUTINEER_CHECKED(append_tar_file(pack, leaf + std::string(kProofEnd), ballot_proof_text(ballot->proof)));
    SCRUTINEER_CHECKED(append_tar_file(pack, leaf + std::string(kPictureEnd), ballot->masked));
    if (pack.size() > limits::kBlobBytes) return fail(ErrorCode::limit_exceeded, "a pack has at most 1 GiB");
  }
  end_tar(pack);
  return pack;
}

Problems check_ballot_pack(BytesView pack, const ReleaseOrder& order, const BallotBatch& batch,
                           std::vector<BallotOpening>* taken) {
  Problems problems;
  const Pairs pairs = pairs_of(pack, problems);
  for (const LeafHash& leaf : order.ballots)
    if (!pairs.contains(to_hex(leaf))) problems.add(to_hex(leaf), "the order names this ballot, and it is not shown");
  for (const auto& [leaf, pair] : pairs) {
    const LeafHash hash{*hash_from_hex(leaf)};
    if (std::find(order.ballots.begin(), order.ballots.end(), hash) == order.ballots.end()) {
      problems.add(leaf, "the order does not name this ballot");
      continue;
    }
    std::optional<BallotOpening> opening;
    if (auto wrong = wrong_with(leaf, pair, order.batch, batch, opening); !wrong.empty())
      problems.add(leaf, wrong);
    else if (taken)
      taken->push_back(std::move(*opening));
  }
  return problems;
}

}  // namespace scrutineer

#include "core/scan/opening.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/crypto/hmac.h"

namespace scrutineer {
namespace {

constexpr std::string_view kSecretFormat = "scrutineer-batch-secret/1";
constexpr std::string_view kManifestFormat = "scrutineer-ballots/1\n";
constexpr std::string_view kProofFormat = "scrutineer-ballot-proof/1 ";
constexpr std::size_t kManifestLine = 65;
constexpr std::size_t kProofHashes = 64;

Result<Json> parse_line(std::string_view text, std::string_view end) {
  if (!text.ends_with(end)) return fail(ErrorCode::malformed, "the text is cut short");
  return Json::parse(text);
}

BallotId read_id(const ObjectReader& in, std::string_view name) {
  std::string id = in.string(name);
  if (!is_ballot_id(id)) in.problem(name, "expected the id of a ballot: 32 lower-case hex digits");
  return BallotId(std::move(id));
}

// The opening as it stands inside a proof: the text of that member.
Result<std::string> opening_inside(std::string_view json, const Json& document) {
  const auto texts = document.root().texts_in(json);
  std::size_t index = 0;
  for (JsonValue member : document.root()) {
    if (member.name() == "opening") return std::string(texts[index]);
    ++index;
  }
  return fail(ErrorCode::malformed, "this member is required and missing", "opening");
}

}  // namespace

std::string batch_secret_json(const BatchSecret& secret) {
  JsonWriter out;
  out.begin_object().member("format", kSecretFormat).member("seed", to_hex(secret.seed)).end_object();
  return out.take() + "\n";
}

Result<BatchSecret> parse_batch_secret(std::string_view json) {
  SCRUTINEER_TRY(Json document, parse_line(json, "\n"));
  Problems problems;
  ObjectReader in(document.root(), problems);
  if (in.string("format") != kSecretFormat) in.problem("format", "expected scrutineer-batch-secret/1");
  BatchSecret secret{in.hash("seed")};
  if (!problems.empty()) return tl::unexpected(problems.first());
  if (batch_secret_json(secret) != json) return fail(ErrorCode::malformed, "this is not canonical JSON");
  return secret;
}

Hash256 ballot_salt(const BatchSecret& secret, const BallotId& id) {
  return hmac_sha256(secret.seed.view(), "salt\n" + id.value());
}

Hash256 ballot_order(const BatchSecret& secret, const BallotId& id) {
  return hmac_sha256(secret.seed.view(), "order\n" + id.value());
}

BallotOpening opening_of(const BallotLine& line, const BatchSecret& secret) {
  return {line.id, line.image, line.masked, line.front, line.reading, ballot_salt(secret, line.id)};
}

std::string opening_json(const BallotOpening& opening) {
  JsonWriter out;
  out.begin_object().member("id", opening.id.value()).member("image", to_hex(opening.image));
  if (opening.masked) out.member("masked", to_hex(*opening.masked));
  if (opening.front) out.member("front", opening.front->value());
  out.name("reading");
  write_reading(out, opening.reading);
  out.member("salt", to_hex(opening.salt)).end_object();
  return out.take();
}

Result<BallotOpening> parse_opening(std::string_view json) {
  SCRUTINEER_TRY(Json document, Json::parse(json));
  Problems problems;
  ObjectReader in(document.root(), problems);
  BallotOpening opening;
  opening.id = read_id(in, "id");
  opening.image = in.hash("image");
  opening.masked = in.optional_hash("masked");
  if (in.has("front")) opening.front = read_id(in, "front");
  in.object("reading", [&](const ObjectReader& reading) { opening.reading = read_reading(reading); });
  opening.salt = in.hash("salt");
  if (!problems.empty()) return tl::unexpected(problems.first());
  if (opening_json(opening) != json) return fail(ErrorCode::malformed, "this opening is not canonical JSON");
  return opening;
}

BallotTree::BallotTree(std::vector<LeafHash> leaves) : leaves_(std::move(leaves)) {
  levels_.emplace_back();
  for (const LeafHash& leaf : leaves_) levels_[0].push_back(as_node(leaf));
  while (levels_.back().size() > 1) {
    const std::vector<NodeHash>& below = levels_.back();
    std::vector<NodeHash> level;
    for (std::size_t i = 0; i + 1 < below.size(); i += 2) level.push_back(node_hash(below[i], below[i + 1]));
    levels_.push_back(std::move(level));
  }
}

Result<NodeHash> BallotTree::node(SubtreeId id) {
  if (id.height >= levels_.size() || id.index >= levels_[id.height].size())
    return fail(ErrorCode::not_found, "the tree has no such part");
  return levels_[id.height][id.index];
}

NodeHash BallotTree::root() const {
  std::vector<NodeHash> parts;
  for (SubtreeId id : subtrees_of(leaves_.size())) parts.push_back(levels_[id.height][id.index]);
  return fold_right(parts);
}

std::optional<std::size_t> BallotTree::find(const LeafHash& leaf) const {
  auto found = std::find(leaves_.begin(), leaves_.end(), leaf);
  if (found == leaves_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - leaves_.begin());
}

MerkleProof BallotTree::proof(std::size_t index) const {
  auto& nodes = const_cast<BallotTree&>(*this);  // node() changes nothing; NodeReader cannot know
  auto proof = inclusion_proof(nodes, index, leaves_.size());
  check(proof.has_value(), "every part of a tree in memory is there");
  return *proof;
}

std::vector<OrderedBallot> secret_order(const std::vector<BallotId>& ids, const BatchSecret& secret) {
  std::vector<OrderedBallot> ballots;
  for (std::size_t i = 0; i < ids.size(); ++i) ballots.push_back({i, ballot_order(secret, ids[i])});
  std::sort(ballots.begin(), ballots.end(),
            [](const OrderedBallot& a, const OrderedBallot& b) { return a.order < b.order; });
  return ballots;
}

std::string ballots_manifest(std::span<const LeafHash> leaves) {
  std::string out(kManifestFormat);
  for (const LeafHash& leaf : leaves) out.append(to_hex(leaf)).append("\n");
  return out;
}

Result<std::vector<LeafHash>> parse_ballots_manifest(std::string_view text) {
  if (!text.starts_with(kManifestFormat)) return fail(ErrorCode::malformed, "this is no list of ballots", "line 1");
  text.remove_prefix(kManifestFormat.size());
  if (text.size() % kManifestLine != 0) return fail(ErrorCode::malformed, "the list of ballots is cut short");
  if (text.size() / kManifestLine > kBatchSheets)
    return fail(ErrorCode::limit_exceeded, "a batch has at most 1000000 pictures");
  std::vector<LeafHash> leaves;
  leaves.reserve(text.size() / kManifestLine);
  for (; !text.empty(); text.remove_prefix(kManifestLine)) {
    auto hash = hash_from_hex(text.substr(0, kManifestLine - 1));
    if (!hash || text[kManifestLine - 1] != '\n')
      return fail(ErrorCode::malformed, "expected 64 hex digits", "line " + std::to_string(leaves.size() + 2));
    leaves.push_back(LeafHash{*hash});
  }
  return leaves;
}

std::string ballot_proof_text(const BallotProof& proof) {
  JsonWriter out;
  out.begin_object().member("batch", to_hex(proof.batch)).member("index", static_cast<std::int64_t>(proof.index));
  out.member("pictures", static_cast<std::int64_t>(proof.pictures));
  std::string text = std::string(kProofFormat) + out.take() + ",\"opening\":" + proof.opening + ",\"proof\":[";
  for (std::size_t i = 0; i < proof.proof.size(); ++i)
    text.append(i == 0 ? "\"" : ",\"").append(to_hex(proof.proof[i])).append("\"");
  return text + "]}\n";
}

Result<BallotProof> parse_ballot_proof(std::string_view text) {
  if (text.size() > kBallotProofBytes) return fail(ErrorCode::limit_exceeded, "a ballot's proof has at most 2 MiB");
  if (!text.starts_with(kProofFormat) || !text.ends_with('\n'))
    return fail(ErrorCode::malformed, "this is no proof of a ballot, or it is cut short");
  const std::string_view json = text.substr(kProofFormat.size(), text.size() - kProofFormat.size() - 1);
  SCRUTINEER_TRY(Json document, Json::parse(json));
  Problems problems;
  ObjectReader in(document.root(), problems);
  BallotProof proof;
  proof.batch = RecordId{in.hash("batch")};
  proof.index = static_cast<std::uint64_t>(in.integer("index", 0, kBatchPictures - 1));
  proof.pictures = static_cast<std::uint64_t>(in.integer("pictures", 1, kBatchPictures));
  for (const std::string& hash : in.strings("proof")) {
    if (auto node = hash_from_hex(hash))
      proof.proof.push_back(NodeHash{*node});
    else
      in.problem("proof", "expected hashes in 64 hex digits");
  }
  if (proof.proof.size() > kProofHashes) in.problem("proof", "expected at most 64 hashes");
  if (!problems.empty()) return tl::unexpected(problems.first());
  SCRUTINEER_TRY(proof.opening, opening_inside(json, document));
  if (ballot_proof_text(proof) != text) return fail(ErrorCode::malformed, "this proof is not canonical");
  return proof;
}

Status verify_ballot_proof(const BallotProof& proof, const NodeHash& root, std::uint64_t pictures) {
  SCRUTINEER_CHECKED(parse_opening(proof.opening).map([](const BallotOpening&) {}));
  if (proof.pictures != pictures)
    return fail(ErrorCode::conflict, "the proof is for a batch of " + std::to_string(proof.pictures) +
                                         " pictures, and the record says " + std::to_string(pictures));
  return verify_inclusion(leaf_hash(proof.opening), proof.index, proof.pictures, proof.proof, root);
}

}  // namespace scrutineer

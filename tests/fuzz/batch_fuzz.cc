// Any line of a batch directory, proof or list of commitments: what is read writes the same bytes again.
#include "core/scan/ballot_pack.h"
#include "tests/fuzz/fuzz.h"

using namespace scrutineer;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz_text(data, size);
  if (auto reading = parse_reading(text)) check(reading_json(*reading) == text, "a reading is not canonical");
  if (auto info = parse_batch_info(text)) check(batch_info_json(*info) == text, "batch.json is not canonical");
  if (auto line = parse_ballot_line(text)) check(ballot_line_json(*line) == text, "a ballot's line is not canonical");
  if (auto outcome = parse_ballot_outcome(text))
    check(ballot_outcome_json(*outcome) == text, "an outcome is not canonical");
  if (auto opening = parse_opening(text)) check(opening_json(*opening) == text, "an opening is not canonical");
  if (auto secret = parse_batch_secret(text)) check(batch_secret_json(*secret) == text, "a secret is not canonical");
  if (auto proof = parse_ballot_proof(text)) {
    check(ballot_proof_text(*proof) == text, "a proof is not canonical");
    (void)verify_ballot_proof(*proof, NodeHash{}, proof->pictures);
  }
  if (auto leaves = parse_ballots_manifest(text)) check(ballots_manifest(*leaves) == text, "a list is not canonical");
  const ReleaseOrder order{RecordId{}, {LeafHash{}}, "x", "y"};
  check(!check_ballot_pack(text, order, BallotBatch{}).empty(), "a pack shows the ballot with the hash 0");
  return 0;
}

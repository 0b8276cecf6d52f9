// What is shown on an order: for each ballot its proof and its masked picture, in one archive
// (docs/formats/ballot-records.md).
#pragma once

#include "core/base/problems.h"
#include "core/scan/opening.h"

namespace scrutineer {

struct ShownBallot {
  BallotProof proof;
  Bytes masked;  // PNG
};

// In the order of the leaf hashes, whatever order they are given in. Errors: limit_exceeded; conflict: one twice.
Result<Bytes> make_ballot_pack(std::vector<ShownBallot> ballots);

// Everything that is wrong with a pack, by file: what the order does not name, what is missing of it, a proof that does
// not lead to the batch's root, a picture that is not the one committed to. Where `taken` is given, it gets each ballot
// that is good.
Problems check_ballot_pack(BytesView pack, const ReleaseOrder& order, const BallotBatch& batch,
                           std::vector<BallotOpening>* taken = nullptr);

}  // namespace scrutineer

// Small statements about other records and about contests: refusal to sign, lot, result claim.
#pragma once

#include "core/record/body.h"

namespace scrutineer {

// refusal/1 {election, at?, of: record id, reason}: an attending member or observer refuses to sign a sheet, and why.
struct Refusal {
  RecordId of;
  std::string reason;
};
void write_members(JsonWriter& out, const Refusal& refusal);
Refusal read_refusal(const ObjectReader& in);

// lot/1 {election, at?, contest, step, kind, tied: [option], places, drawn: [option]}: the tie that the computation of
// seats reports at that step was settled by drawing lots; `drawn` are as many of the tied options as there are places,
// in the order in which they were drawn.
struct Lot {
  ContestId contest;
  std::int64_t step = 0;
  std::string kind;  // "seat", "withdrawal" or "runner", as core/seats names ties
  std::vector<OptionId> tied;
  std::int64_t places = 0;
  std::vector<OptionId> drawn;
};
void write_members(JsonWriter& out, const Lot& lot);
Lot read_lot(const ObjectReader& in);

// result-claim/1 {election, at?, as_of: tree size, files: [{path, sha256, size, type}]}: the authority says that these
// files are what follows from the entries [0, as_of).
struct ClaimFile {
  std::string path;  // below claims/
  BlobRef blob;
};
struct ResultClaim {
  std::int64_t as_of = 0;
  std::vector<ClaimFile> files;
};
void write_members(JsonWriter& out, const ResultClaim& claim);
ResultClaim read_result_claim(const ObjectReader& in);

}  // namespace scrutineer

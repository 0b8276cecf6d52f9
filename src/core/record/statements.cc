#include "core/record/statements.h"

#include <algorithm>

#include "core/base/limits.h"

namespace scrutineer {
namespace {

void write_options(JsonWriter& out, std::string_view name, const std::vector<OptionId>& options) {
  out.name(name).begin_array();
  for (const OptionId& option : options) out.string(option.value());
  out.end_array();
}

std::vector<OptionId> read_options(const ObjectReader& in, std::string_view name) {
  std::vector<OptionId> options;
  for (std::string& option : in.strings(name)) options.emplace_back(std::move(option));
  return options;
}

}  // namespace

void write_members(JsonWriter& out, const Refusal& refusal) {
  out.member("of", to_hex(refusal.of)).member("reason", refusal.reason);
}

Refusal read_refusal(const ObjectReader& in) {
  return {read_record_id(in, "of"), read_reason(in)};
}

void write_members(JsonWriter& out, const Lot& lot) {
  out.member("contest", lot.contest.value()).member("step", lot.step).member("kind", lot.kind);
  write_options(out, "tied", lot.tied);
  out.member("places", lot.places);
  write_options(out, "drawn", lot.drawn);
}

Lot read_lot(const ObjectReader& in) {
  constexpr std::string_view kKinds[] = {"seat", "withdrawal", "runner"};
  Lot lot;
  lot.contest = ContestId(in.non_empty("contest"));
  lot.step = in.integer("step", 0, limits::kMaxInteger);
  lot.kind = kKinds[in.choice("kind", kKinds)];
  lot.tied = read_options(in, "tied");
  lot.places = in.integer("places", 1, limits::kSeats);
  lot.drawn = read_options(in, "drawn");
  if (lot.tied.size() < 2) in.problem("tied", "a lot is drawn between two or more options");
  bool all_tied = std::all_of(lot.drawn.begin(), lot.drawn.end(), [&](const OptionId& drawn) {
    return std::find(lot.tied.begin(), lot.tied.end(), drawn) != lot.tied.end();
  });
  if (!all_tied || static_cast<std::int64_t>(lot.drawn.size()) != lot.places || lot.drawn.size() >= lot.tied.size())
    in.problem("drawn", "expected as many of the tied options as there are places, fewer than are tied");
  return lot;
}

void write_members(JsonWriter& out, const ResultClaim& claim) {
  out.member("as_of", claim.as_of).name("files").begin_array();
  for (const ClaimFile& file : claim.files) {
    out.begin_object().member("path", file.path);
    out.member("sha256", to_hex(file.blob.sha256)).member("size", file.blob.size).member("type", file.blob.type);
    out.end_object();
  }
  out.end_array();
}

ResultClaim read_result_claim(const ObjectReader& in) {
  ResultClaim claim;
  claim.as_of = in.integer("as_of", 0, limits::kMaxInteger);
  in.objects("files", [&](const ObjectReader& file, std::size_t) {
    claim.files.push_back({file.non_empty("path"), read_blob_ref(file)});
  });
  return claim;
}

}  // namespace scrutineer

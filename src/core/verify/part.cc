// Parts of a split verification as JSON (docs/formats/part.md).
#include <algorithm>

#include "core/verify/conclude.h"

namespace scrutineer {

// Report's private counts and findings, out and in.
class PartCodec {
 public:
  static constexpr std::int64_t kCountMost = std::int64_t{1} << 40;  // so that no number of parts overflows

  static void write(JsonWriter& out, const Report& report) {
    out.name("counts").begin_array();
    for (const CheckCount& count : report.counts_) {
      out.begin_array();
      for (std::uint64_t n : {count.checked, count.failures, count.notices})
        out.integer(static_cast<std::int64_t>(std::min(n, static_cast<std::uint64_t>(kCountMost))));
      out.end_array();
    }
    out.end_array().line().name("findings").begin_array();
    for (const Finding& finding : report.findings_) {
      out.line();
      scrutineer::write(out, finding);
    }
    out.end_array();
  }

  static void read(const ObjectReader& in, Report& report) {
    auto counts = in.find("counts");
    if (!counts || !counts->is_array() || counts->size() != kCheckIds)
      return in.problem("counts", "expected a list for each check");
    std::size_t check = 0;
    for (JsonValue row : *counts) {
      std::vector<std::uint64_t> numbers;
      if (row.is_array() && row.size() == 3)
        for (JsonValue number : row)
          if (auto n = number.as_integer(); n && *n >= 0 && *n <= kCountMost)
            numbers.push_back(static_cast<std::uint64_t>(*n));
      if (numbers.size() != 3) return in.problem("counts", "expected three counts for each check");
      report.counts_[check++] = {numbers[0], numbers[1], numbers[2]};
    }
    in.objects("findings", [&](const ObjectReader& item, std::size_t) {
      Finding finding;
      finding.check = static_cast<CheckId>(item.choice("check", kCheckNames));
      constexpr std::string_view kSeverities[] = {"failure", "notice"};
      finding.severity = static_cast<Severity>(item.choice("severity", kSeverities));
      finding.where = item.string("where");
      finding.field = item.optional_string("field").value_or("");
      finding.claimed = item.optional_string("claimed").value_or("");
      finding.computed = item.optional_string("computed").value_or("");
      finding.message = item.string("message");
      report.findings_.push_back(std::move(finding));
    });
    check_listed(in, report);
  }

 private:
  // The verdict follows the counts: what is listed must be in them.
  static void check_listed(const ObjectReader& in, const Report& report) {
    std::array<CheckCount, kCheckIds> listed{};
    for (const Finding& finding : report.findings_) {
      CheckCount& count = listed[static_cast<std::size_t>(finding.check)];
      ++(finding.severity == Severity::failure ? count.failures : count.notices);
    }
    for (std::size_t i = 0; i < kCheckIds; ++i)
      if (listed[i].failures > report.counts_[i].failures || listed[i].notices > report.counts_[i].notices)
        in.problem("findings", "more findings than are counted");
  }
};

namespace {

constexpr std::string_view kFormat = "scrutineer/verification-part/1";

EntryVerdict read_verdict(const ObjectReader& in) {
  EntryVerdict verdict;
  verdict.position = static_cast<std::uint64_t>(in.integer("position", 0, limits::kMaxInteger));
  verdict.error = in.optional_string("error").value_or("");
  in.objects("not_good", [&](const ObjectReader& item, std::size_t) {
    verdict.not_good.emplace_back(static_cast<std::uint32_t>(item.integer("signature", 0, limits::kNoteSignatures)),
                                  item.boolean("known"));
  });
  return verdict;
}

void write_verdict(JsonWriter& out, const EntryVerdict& verdict) {
  out.line().begin_object().member("position", static_cast<std::int64_t>(verdict.position));
  if (!verdict.error.empty()) out.member("error", verdict.error);
  out.name("not_good").begin_array();
  for (auto [signature, known] : verdict.not_good)
    out.begin_object().member("signature", std::int64_t{signature}).name("known").boolean(known).end_object();
  out.end_array().end_object();
}

}  // namespace

std::string write_part(const PartHeader& header, const Part& part) {
  JsonWriter out;
  out.begin_object().member("format", kFormat).member("manifest", to_hex(header.manifest));
  out.member("trust", to_hex(header.trust)).member("first", static_cast<std::int64_t>(header.first));
  out.member("end", static_cast<std::int64_t>(header.end))
      .member("files", static_cast<std::int64_t>(header.files))
      .line();
  PartCodec::write(out, part.report);
  out.line().name("verdicts").begin_array();
  for (const EntryVerdict& verdict : part.verdicts) write_verdict(out, verdict);
  out.end_array().line().name("proofs").begin_array();
  for (const auto& [path, index] : part.proofs)
    out.line().begin_object().member("path", path).member("index", static_cast<std::int64_t>(index)).end_object();
  out.end_array().end_object();
  return out.take() + "\n";
}

Result<ReadPart> read_part(std::string_view json) {
  SCRUTINEER_TRY(Json document, Json::parse(json));
  Problems problems;
  ObjectReader in(document.root(), problems);
  ReadPart out;
  if (in.string("format") != kFormat) in.problem("format", "this is no part of a verification");
  out.header.manifest = BlobHash{in.hash("manifest")};
  out.header.trust = in.hash("trust");
  out.header.first = static_cast<std::uint64_t>(in.integer("first", 0, limits::kMaxInteger));
  out.header.end = static_cast<std::uint64_t>(in.integer("end", 0, limits::kMaxInteger));
  out.header.files = static_cast<std::uint64_t>(in.integer("files", 0, limits::kMaxInteger));
  PartCodec::read(in, out.part.report);
  in.objects("verdicts",
             [&](const ObjectReader& item, std::size_t) { out.part.verdicts.push_back(read_verdict(item)); });
  in.objects("proofs", [&](const ObjectReader& item, std::size_t) {
    out.part.proofs.emplace_back(item.string("path"),
                                 static_cast<std::uint64_t>(item.integer("index", 0, limits::kMaxInteger)));
  });
  if (!problems.empty()) return tl::unexpected(problems.first());
  return out;
}

Result<Part> merge_parts(const Plan& plan, std::vector<ReadPart> parts) {
  std::sort(parts.begin(), parts.end(),
            [](const ReadPart& a, const ReadPart& b) { return a.header.first < b.header.first; });
  Part merged;
  std::uint64_t covered = 0;
  for (ReadPart& read : parts) {
    if (read.header.manifest != plan.manifest_hash() || read.header.files != plan.files())
      return fail(ErrorCode::conflict, "this part is of another bundle");
    if (read.header.trust != plan.trust().digest)
      return fail(ErrorCode::conflict, "this part was made with another trust directory or other checkpoints seen");
    if (read.header.end < read.header.first || read.header.end > plan.files())
      return fail(ErrorCode::malformed, "this part covers files that the bundle does not have");
    if (read.header.first < covered)
      return fail(ErrorCode::conflict,
                  "parts overlap at file " + std::to_string(read.header.first) + ": give each part once");
    if (read.header.first > covered)
      return fail(ErrorCode::conflict, "the part for the files from " + std::to_string(covered) + " to " +
                                           std::to_string(read.header.first) + " is missing");
    covered = read.header.end;
    merged.absorb(std::move(read.part));
  }
  if (covered != plan.files())
    return fail(ErrorCode::conflict, "the part for the files from " + std::to_string(covered) + " on is missing");
  return merged;
}

std::pair<std::uint64_t, std::uint64_t> shard_range(std::uint64_t files, std::uint64_t shard, std::uint64_t shards) {
  return {files * (shard - 1) / shards, files * shard / shards};
}

}  // namespace scrutineer

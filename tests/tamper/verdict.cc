#include "tests/tamper/verdict.h"

#include <algorithm>
#include <cstdlib>

#include "core/base/check.h"

namespace scrutineer::tamper {

Result<Report> verify(BundleSource& source, const TrustFiles& files) {
  SCRUTINEER_TRY(Trust trust, parse_trust(files));
  SCRUTINEER_TRY(auto plan, Plan::open(source, std::move(trust)));
  Part part;
  for (std::size_t file = 0; file < plan->files(); ++file) plan->check(file, part);
  return conclude(*plan, std::move(part));
}

Result<Report> verify_split(BundleSource& source, const TrustFiles& files, std::uint64_t shards) {
  std::vector<ReadPart> parts;
  for (std::uint64_t shard = shards; shard >= 1; --shard) {
    SCRUTINEER_TRY(Trust trust, parse_trust(files));
    SCRUTINEER_TRY(auto plan, Plan::open(source, std::move(trust)));
    auto [first, end] = shard_range(plan->files(), shard, shards);
    Part part;
    for (std::uint64_t file = first; file < end; ++file) plan->check(file, part);
    PartHeader header{plan->manifest_hash(), plan->trust().digest, first, end, plan->files()};
    SCRUTINEER_TRY(ReadPart read, read_part(write_part(header, part)));
    parts.insert(parts.begin() + static_cast<std::ptrdiff_t>(parts.size() / 2), std::move(read));
  }
  SCRUTINEER_TRY(Trust trust, parse_trust(files));
  SCRUTINEER_TRY(auto plan, Plan::open(source, std::move(trust)));
  SCRUTINEER_TRY(Part merged, merge_parts(*plan, std::move(parts)));
  return conclude(*plan, std::move(merged));
}

Result<Report> verify_one_file(BundleSource& source, const TrustFiles& files, const std::string& path) {
  SCRUTINEER_TRY(Trust trust, parse_trust(files));
  SCRUTINEER_TRY(auto plan, Plan::open(source, std::move(trust)));
  Part part;
  const ManifestFile* stated = plan->manifest().find(path);
  if (stated) plan->check(static_cast<std::size_t>(stated - plan->manifest().files.data()), part);
  Report report = plan->opening();
  report.absorb(part.report);
  report.sort_findings();
  return report;
}

bool has(const Report& report, CheckId id, Severity severity, std::string_view words) {
  return std::any_of(report.findings().begin(), report.findings().end(), [&](const Finding& finding) {
    std::string line = finding.where + " | " + finding.field + " | " + finding.message;
    return finding.check == id && finding.severity == severity && line.find(words) != line.npos;
  });
}

std::string spell(const Result<Report>& report) {
  return report ? report->to_text(100) : "refused as a whole: " + to_string(report.error());
}

std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  std::uint64_t x = a * 0x9e3779b97f4a7c15 + b + 0x2545f4914f6cdd1d;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return x ^ (x >> 31);
}

bool full_run() {
  const char* full = std::getenv("SCRUTINEER_FULL");
  return full && std::string_view(full) == "1";
}

std::uint64_t stride() {
  const char* stated = std::getenv("SCRUTINEER_TAMPER_STRIDE");
  auto wanted = stated ? parse_decimal(stated) : std::nullopt;
  check(!stated || (wanted && *wanted > 0), "SCRUTINEER_TAMPER_STRIDE is a number from 1 on");
  return wanted ? *wanted : full_run() ? 1 : 10;
}

}  // namespace scrutineer::tamper

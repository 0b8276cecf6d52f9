#include "app/hunt/hunt.h"

#include <algorithm>
#include <atomic>

#include "app/disk/posix_disk.h"
#include "app/disk/system.h"
#include "app/hunt/search_file.h"
#include "app/hunt/walk.h"
#include "app/threads/parallel.h"
#include "core/crypto/hash.h"

namespace scrutineer::hunt {
namespace {

Status read_sources(const HuntRequest& request, IndicatorSet& set, HuntReport& report) {
  for (std::uint32_t i = 0; i < request.indicators.size(); ++i) {
    const IndicatorSource& source = request.indicators[i];
    SCRUTINEER_TRY(SourceForm form, read_indicators(source, i, set, report.not_searched));
    report.sources.push_back({source.name, source.bytes.size(), sha256(source.bytes), form});
  }
  set.sort();
  if (set.size() == 0 && report.not_searched.count() == 0)
    return fail(ErrorCode::invalid_argument, "there is nothing to look for: no indicator in what was given");
  for (std::size_t k = 0; k < kIndicatorKinds; ++k) {
    auto kind = static_cast<IndicatorKind>(k);
    report.looked_for.emplace_back(kind, set.count(kind));
  }
  return {};
}

std::optional<DigestKind> digest_of(IndicatorKind kind) {
  switch (kind) {
    case IndicatorKind::md5: return DigestKind::md5;
    case IndicatorKind::sha1: return DigestKind::sha1;
    case IndicatorKind::sha256: return DigestKind::sha256;
    case IndicatorKind::sha512: return DigestKind::sha512;
    default: return std::nullopt;
  }
}

void add_hashes(Quarry& quarry) {
  for (std::uint32_t i = 0; i < quarry.set.size(); ++i) {
    auto digest = digest_of(quarry.set[i].kind);
    if (!digest) continue;
    quarry.by_hash.emplace(quarry.set[i].value, i);
    if (std::find(quarry.digests.begin(), quarry.digests.end(), *digest) == quarry.digests.end())
      quarry.digests.push_back(*digest);
  }
}

// In the order of the files, whichever was done first.
void merge(std::vector<FileResult>& results, const IndicatorSet& set, HuntReport& report) {
  std::vector<FileFinds> all(set.size());
  std::size_t listed = 0;
  for (FileResult& result : results) {
    report.not_searched.append(result.not_searched);
    if (!result.searched) continue;
    const auto input = static_cast<std::uint32_t>(report.inputs.size());
    std::vector<std::uint32_t> indicators;
    for (const auto& [indicator, finds] : result.finds) indicators.push_back(indicator);
    std::sort(indicators.begin(), indicators.end());
    for (std::uint32_t indicator : indicators) {
      FileFinds& finds = result.finds[indicator];
      all[indicator].count += finds.count;
      for (ReportPlace& place : finds.places) {
        if (all[indicator].places.size() >= limits::kHuntPlaces || listed >= limits::kHuntPlacesInAll) break;
        place.input = input;
        all[indicator].places.push_back(std::move(place));
        ++listed;
      }
    }
    result.finds.clear();
    report.inputs.push_back(std::move(result.input));
  }
  for (std::uint32_t i = 0; i < set.size(); ++i)
    if (all[i].count > 0) report.findings.push_back({set[i], all[i].count, std::move(all[i].places)});
}

}  // namespace

Result<HuntReport> hunt(const HuntRequest& request, const HuntProgress& progress) {
  HuntReport report;
  IndicatorSet set;
  SCRUTINEER_CHECKED(read_sources(request, set, report));
  if (request.inputs.empty()) return fail(ErrorCode::invalid_argument, "say where to look: files or directories");
  SCRUTINEER_TRY(Walk walked, walk(request.inputs));
  report.not_searched.append(walked.not_searched);
  std::uint64_t seed = 0;
  SystemRng().fill({reinterpret_cast<std::uint8_t*>(&seed), sizeof seed});
  Matcher matcher(set, seed);
  Quarry quarry{set, matcher, {}, {}, request.with_lines, {}};
  add_hashes(quarry);
  std::atomic<std::uint64_t> done{0};
  if (progress) quarry.read = [&](std::uint64_t bytes) { progress(done += bytes, walked.bytes); };
  std::vector<FileResult> results(walked.files.size());
  parallel_for(walked.files.size(), request.threads, 1,
               [&](std::size_t i, std::size_t) { results[i] = search_file(walked.files[i], quarry); });
  merge(results, set, report);
  return report;
}

Result<std::vector<IndicatorSource>> read_indicator_files(const std::vector<std::string>& paths) {
  PosixDisk disk;
  std::vector<IndicatorSource> out;
  for (const std::string& path : paths) {
    SCRUTINEER_TRY(Bytes bytes, read_file(disk, path, limits::kHuntSourceBytes));
    out.push_back({path, std::move(bytes)});
  }
  return out;
}

}  // namespace scrutineer::hunt

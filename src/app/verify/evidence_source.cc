#include "app/verify/evidence_source.h"

namespace scrutineer {
namespace {

constexpr std::size_t kEvidenceFiles = 2'100'000;  // contents sealed and opened, and logs

}  // namespace

Result<std::unique_ptr<LoadedEvidence>> LoadedEvidence::read(BundleSource& source) {
  SCRUTINEER_TRY(std::vector<std::string> paths, source.list());
  if (paths.size() > kEvidenceFiles) return fail(ErrorCode::limit_exceeded, "there are too many files for evidence");
  auto loaded = std::make_unique<LoadedEvidence>();
  loaded->bytes_.reserve(paths.size());
  std::vector<EvidenceFile> files;
  for (const std::string& path : paths) {
    SCRUTINEER_TRY(Bytes bytes, source.read(path, kEvidenceLogBytes));
    loaded->bytes_.push_back(std::move(bytes));
    files.push_back({path, loaded->bytes_.back()});
  }
  SCRUTINEER_TRY(loaded->evidence_, read_evidence(files));
  return loaded;
}

}  // namespace scrutineer

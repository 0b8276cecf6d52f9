#include "app/projection/fold_log.h"

namespace scrutineer {
namespace {

Status feed(const LogReader& log, std::uint64_t end, ElectionFold& fold, const Progress& progress) {
  std::vector<SignatureCheck> checks;
  fold.reserve(end);
  return log.entries(0, end, [&](std::uint64_t index, BytesView note) -> Status {
    auto entry = parse_entry(note);
    if (!entry) return tl::unexpected(placed(entry.error(), "entry " + std::to_string(index)));
    checks.clear();
    for (const NoteSignature& signature : entry->signatures)
      checks.push_back(fold.book().keys().find(signature.name, signature.id) ? SignatureCheck::good
                                                                             : SignatureCheck::unknown_key);
    fold.apply(index, *entry, entry_text(note), checks);
    if (progress && index % 1024 == 0) progress(index, end);
    return {};
  });
}

}  // namespace

Result<std::unique_ptr<ElectionFold>> fold_log(const LogReader& log, std::uint64_t end, const Election& election,
                                               const Roots& roots, const Progress& progress) {
  return stable_fold(election, roots, [&](ElectionFold& fold) { return feed(log, end, fold, progress); });
}

}  // namespace scrutineer

#include "app/verify/service.h"

#include <atomic>

#include "app/threads/parallel.h"

namespace scrutineer {

Part check_files(Plan& plan, std::uint64_t first, std::uint64_t end, std::size_t threads,
                 const VerifyProgress& progress) {
  std::vector<Part> parts(threads);
  std::atomic<std::uint64_t> done{0};
  // From the end: the entries, which take longest, stand there ("tile/"), and small pages fill the gaps.
  parallel_for(end - first, threads, 1, [&](std::size_t i, std::size_t thread) {
    plan.check(end - 1 - i, parts[thread]);
    std::uint64_t n = ++done;
    if (progress && (n % 64 == 0 || n == end - first)) progress(n, end - first);
  });
  Part all;
  for (Part& part : parts) all.absorb(std::move(part));
  return all;
}

Result<Report> verify_bundle(BundleSource& source, const TrustFiles& files, std::size_t threads,
                             const VerifyProgress& progress) {
  SCRUTINEER_TRY(Trust trust, parse_trust(files));
  SCRUTINEER_TRY(auto plan, Plan::open(source, std::move(trust)));
  Part part = check_files(*plan, 0, plan->files(), threads, progress);
  return conclude(*plan, std::move(part), [threads](auto& tasks) { run_parallel(tasks, threads); });
}

Result<Report> verify_from_parts(BundleSource& source, const TrustFiles& files, std::vector<ReadPart> parts,
                                 std::size_t threads) {
  SCRUTINEER_TRY(Trust trust, parse_trust(files));
  SCRUTINEER_TRY(auto plan, Plan::open(source, std::move(trust)));
  SCRUTINEER_TRY(Part part, merge_parts(*plan, std::move(parts)));
  return conclude(*plan, std::move(part), [threads](auto& tasks) { run_parallel(tasks, threads); });
}

}  // namespace scrutineer

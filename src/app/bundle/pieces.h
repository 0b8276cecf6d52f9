// The pieces of a bundle, each by itself: whoever publishes everything and whoever publishes what changed write the
// same.
#pragma once

#include "app/bundle/pages.h"
#include "app/bundle/writer.h"
#include "core/results/claims.h"

namespace scrutineer {

// The claim's files from the fold, into the bundle; their names and hashes as the claim states them.
Result<std::vector<ClaimFile>> write_claims(const Tally& tally, std::string_view claimed_at, std::int64_t as_of,
                                            std::size_t threads, BundleWriter& writer);

// Tiles and entry bundles of a log of that size, where a log of size `before` stands in the bundle.
Status write_tiles(const LogReader& reader, std::uint64_t before, std::uint64_t size, BundleWriter& writer);

// The definition's tables.
Status write_tables(Disk& disk, const std::string& log_directory, const Definition& definition, BundleWriter& writer);

// A page, not yet in the bundle: rendered while the fold stands still, written when it may go on.
struct PendingFile {
  std::string path;
  std::string bytes;
};
Status render_front_pages(const PageModels& models, std::vector<PendingFile>& out);
void render_area(const PageModels& models, AreaIndex area, std::vector<PendingFile>& out);
Status render_unit(const PageModels& models, UnitIndex unit, std::vector<PendingFile>& out);

}  // namespace scrutineer

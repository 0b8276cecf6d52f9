#include "app/bundle/pieces.h"

#include "app/projection/log_directory.h"
#include "app/threads/parallel.h"
#include "app/ui/pages.h"
#include "app/ui/paths.h"
#include "core/base/limits.h"
#include "core/merkle/tile.h"

namespace scrutineer {

Result<std::vector<ClaimFile>> write_claims(const Tally& tally, std::string_view claimed_at, std::int64_t as_of,
                                            std::size_t threads, BundleWriter& writer) {
  std::vector<ClaimTask> tasks = claim_tasks(tally, claimed_at, as_of);
  std::vector<ClaimFile> files(tasks.size());
  std::vector<Status> done(tasks.size());
  parallel_for(tasks.size(), threads, 1, [&](std::size_t i, std::size_t) {
    auto file = writer.put_stream(tasks[i].path, tasks[i].stream);
    if (file)
      files[i] = {tasks[i].path, {file->sha256, static_cast<std::int64_t>(file->size), tasks[i].type}};
    else
      done[i] = tl::unexpected(file.error());
  });
  for (const Status& status : done)
    if (!status) return tl::unexpected(status.error());
  return files;
}

// A partial tile is served at exactly one width: the one before goes when the next one is there.
Status write_tiles(const LogReader& reader, std::uint64_t before, std::uint64_t size, BundleWriter& writer) {
  auto change = [&](std::uint64_t index, unsigned then, unsigned now, auto path, auto read) -> Status {
    SCRUTINEER_TRY(Bytes bytes, read(index, now));
    SCRUTINEER_CHECKED(writer.put(path(index, now), bytes));
    return then != 0 && then != now ? writer.drop(path(index, then)) : Status();
  };
  for (unsigned level = 0; level < kTileLevels && tile_hashes(size, level) > 0; ++level) {
    auto path = [&](std::uint64_t index, unsigned width) { return tile_path({level, index, width}); };
    auto read = [&](std::uint64_t index, unsigned width) { return reader.tile({level, index, width}); };
    for (std::uint64_t i = tile_hashes(before, level) / kTileWidth; i * kTileWidth < tile_hashes(size, level); ++i)
      SCRUTINEER_CHECKED(change(i, tile_width(before, level, i), tile_width(size, level, i), path, read));
  }
  auto path = [](std::uint64_t index, unsigned width) { return bundle_path({index, width}); };
  auto read = [&](std::uint64_t index, unsigned width) { return reader.bundle({index, width}); };
  for (std::uint64_t i = before / kTileWidth; i * kTileWidth < size; ++i)
    SCRUTINEER_CHECKED(change(i, tile_width(before, 0, i), tile_width(size, 0, i), path, read));
  return {};
}

Status write_tables(Disk& disk, const std::string& log_directory, const Definition& definition, BundleWriter& writer) {
  for (const BlobRef* blob : {&definition.units, &definition.options, &definition.rules}) {
    SCRUTINEER_TRY(Bytes bytes, read_file(disk, blob_file(log_directory, blob->sha256), limits::kBlobBytes));
    SCRUTINEER_CHECKED(writer.put(blob_path(blob->sha256), bytes));
  }
  return {};
}

Status render_front_pages(const PageModels& models, std::vector<PendingFile>& out) {
  SCRUTINEER_TRY(ui::Overview overview, models.overview());
  out.push_back({ui::kStyleFile, std::string(ui::style_sheet())});
  out.push_back({ui::kIndexFile, ui::render_index(models.site(ui::Lang::ko), overview)});
  for (ui::Lang lang : {ui::Lang::ko, ui::Lang::en}) {
    const ui::Site& site = models.site(lang);
    out.push_back({ui::overview_file(lang), ui::render_overview(site, overview, lang)});
    out.push_back({ui::questions_file(lang), ui::render_questions(site, overview, lang)});
    out.push_back({ui::glossary_file(lang), ui::render_glossary(site, lang)});
  }
  return {};
}

void render_area(const PageModels& models, AreaIndex index, std::vector<PendingFile>& out) {
  if (index == 0) return;  // the overview
  ui::Area area = models.area(index);
  for (ui::Lang lang : {ui::Lang::ko, ui::Lang::en})
    out.push_back({ui::area_file(lang, index), ui::render_area(models.frozen_site(lang), area, lang)});
}

Status render_unit(const PageModels& models, UnitIndex index, std::vector<PendingFile>& out) {
  SCRUTINEER_TRY(ui::Unit unit, models.unit(index));
  for (ui::Lang lang : {ui::Lang::ko, ui::Lang::en})
    out.push_back({ui::unit_file(lang, unit.node.number), ui::render_unit(models.frozen_site(lang), unit, lang)});
  return {};
}

}  // namespace scrutineer

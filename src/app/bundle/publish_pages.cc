// A publication's pages: what has to be written again, and writing it while the fold stands still for short whiles.
#include <algorithm>

#include "app/bundle/changes.h"
#include "app/bundle/pieces.h"
#include "app/bundle/publish_state.h"
#include "app/projection/log_directory.h"
#include "app/threads/parallel.h"

namespace scrutineer {
namespace {

constexpr std::size_t kUnitsAtOnce = 256;  // rendered while the fold stands still

template <class T>
void append(std::vector<T>& to, const std::vector<T>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

std::vector<AreaIndex> every_area(const UnitTree& tree) {
  std::vector<AreaIndex> areas;
  for (AreaIndex area = 1; area < tree.areas().size(); ++area) areas.push_back(area);
  return areas;
}

}  // namespace

void LivePublisher::State::progress(const char* phase, std::uint64_t done, std::uint64_t total) {
  if (options_.progress) options_.progress(phase, done, total);
}

// Pages read notes back from the log: whatever the fold has must be there. Nothing new is folded during the wait.
Status LivePublisher::State::with_fold(const UseFold& use) {
  const Error behind{ErrorCode::busy, "the log has not taken in yet what the pages would show", {}};
  Status status;
  source_.read([&](const ElectionFold& fold, std::uint64_t folded) {
    if (log_.reader().size() >= folded || source_.acknowledged(folded))
      status = use(fold, folded);
    else
      status = tl::unexpected(behind);
  });
  return status;
}

Status LivePublisher::State::with_models(const UseModels& use) {
  const Checkpoint& checkpoint = checkpoint_.checkpoint;
  PageFacts facts;
  facts.log = {log_.reader().key().name, checkpoint.size, to_base64(checkpoint.root.view()), 0, 0};
  if (!checkpoint_.note.signatures.empty()) {
    SCRUTINEER_TRY(Witnessing witnessing, evaluate(policy_, checkpoint_));
    facts.log.witnessed = static_cast<std::uint32_t>(witnessing.cosigned);
    facts.log.witnesses = static_cast<std::uint32_t>(witnessing.known);
  }
  facts.data_lang = options_.data_lang;
  facts.published_at = published_at_;
  facts.live = options_.live;
  facts.machines = count_machines(machines_);
  facts.has_blob = [this](const BlobHash& hash) { return blobs_.has(hash); };
  return with_fold([&](const ElectionFold& fold, std::uint64_t) -> Status {
    SCRUTINEER_TRY(auto models, PageModels::build(fold, log_.reader(), facts));
    return use(*models, fold);
  });
}

// Units that the new entries touch, those whose files have been handed in, and what becomes unusual because of others.
Status LivePublisher::State::find_changes(std::uint64_t size) {
  const bool first = size_ == 0;
  NewRecords records;
  if (!first) {
    SCRUTINEER_TRY(records, new_records(log_.reader(), size_, size));
  }
  SCRUTINEER_CHECKED(with_models([&](const PageModels& models, const ElectionFold& fold) -> Status {
    append(units_, first ? every_unit(election_.tree()) : touched_units(fold, records));
    add_unusual(models);
    blobs_.look(fold, units_);
    return first || records.machines ? find_machines(fold) : Status();
  }));
  SCRUTINEER_TRY(std::vector<UnitIndex> with_files, blobs_.fetch(log_.reader()));
  append(units_, with_files);
  sort_once(units_);
  append(areas_, areas_above(election_.tree(), units_));
  if (first) append(areas_, every_area(election_.tree()));
  sort_once(areas_);
  return {};
}

void LivePublisher::State::add_unusual(const PageModels& models) {
  std::vector<std::uint32_t> open = models.all_open_questions();
  for (UnitIndex unit = 0; unit < open_.size(); ++unit)
    if (open[unit] != open_[unit]) units_.push_back(unit);
  open_ = std::move(open);
  // Every page says that figures are transcribed, every area's how far the whole election is.
  const bool transcribed = models.site(ui::Lang::ko).transcribed;
  if (transcribed != transcribed_) units_ = every_unit(election_.tree());
  if (transcribed != transcribed_ || models.state() != state_) areas_ = every_area(election_.tree());
  transcribed_ = transcribed;
  state_ = models.state();
}

Status LivePublisher::State::write_pages(std::uint64_t size, ProofList& proofs) {
  const std::size_t total = units_.size() + areas_.size();
  for (std::size_t begin = 0; begin < total; begin += kUnitsAtOnce) {
    const std::size_t end = std::min(total, begin + kUnitsAtOnce);
    SCRUTINEER_CHECKED(write_some(begin, end, size, proofs));
    progress("pages", end, total);
  }
  return {};
}

Status LivePublisher::State::write_some(std::size_t begin, std::size_t end, std::uint64_t size, ProofList& proofs) {
  std::vector<std::vector<PendingFile>> files(end - begin);
  std::vector<Status> done(end - begin);
  SCRUTINEER_CHECKED(with_models([&](const PageModels& models, const ElectionFold& fold) -> Status {
    parallel_for(end - begin, options_.threads, 8, [&](std::size_t i, std::size_t) {
      if (std::size_t at = begin + i; at < units_.size())
        done[i] = render_unit(models, units_[at], files[i]);
      else
        render_area(models, areas_[at - units_.size()], files[i]);
    });
    for (std::size_t at = begin; at < std::min(end, units_.size()); ++at)
      add_proofs(fold, units_[at], size, writer_, proofs);
    return {};
  }));
  parallel_for(end - begin, options_.threads, 8, [&](std::size_t i, std::size_t) {
    for (const PendingFile& file : files[i])
      if (done[i]) done[i] = writer_.put(file.path, file.bytes);
  });
  for (const Status& status : done) SCRUTINEER_CHECKED(status);
  return {};
}

// Records about machines are few: all of them are read again when one is new.
Status LivePublisher::State::find_machines(const ElectionFold& fold) {
  SCRUTINEER_TRY(machines_, device::gather(fold.book(), log_.reader()));
  machines_changed_ = true;
  for (const device::DeviceView& machine : machines_.machines)
    for (const auto& [id, statement] : machine.statements)
      if (statement.inventory_blob) blobs_.want(statement.inventory_blob->sha256);
  return {};
}

// An inventory that is a file may be handed in later: then the page is written when that file is there.
Status LivePublisher::State::write_machines() {
  if (!machines_changed_ || machines_.machines.empty()) return {};
  bool missing = false;
  const ReadBlob read = [&](const BlobRef& blob) -> std::optional<Bytes> {
    auto bytes = read_blob(disk_, options_.log_directory, blob.sha256, kInventoryBytes);
    missing |= !bytes;
    return bytes ? std::optional(std::move(*bytes)) : std::nullopt;
  };
  std::vector<PendingFile> files;
  render_machines(machines_, election_.definition().simulated, read, files);
  for (const PendingFile& file : files) SCRUTINEER_CHECKED(writer_.put(file.path, file.bytes));
  machines_changed_ = missing;
  return {};
}

Status LivePublisher::State::write_front() {
  std::vector<PendingFile> files;
  SCRUTINEER_CHECKED(
      with_models([&](const PageModels& models, const ElectionFold&) { return render_front_pages(models, files); }));
  for (const PendingFile& file : files) SCRUTINEER_CHECKED(writer_.put(file.path, file.bytes));
  return {};
}

}  // namespace scrutineer

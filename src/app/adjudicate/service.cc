#include "app/adjudicate/service.h"

#include <algorithm>

#include "app/adjudicate/state.h"
#include "core/crypto/hash.h"

namespace scrutineer {
namespace {

constexpr std::string_view kPng("\x89PNG\r\n\x1a\n", 8), kJpeg("\xff\xd8\xff", 3);

// What the bytes are, whatever their name says: nothing else is ever called a picture to a browser.
std::string type_of(BytesView bytes) {
  if (bytes.starts_with(kPng)) return "image/png";
  if (bytes.starts_with(kJpeg)) return "image/jpeg";
  return "application/octet-stream";
}

bool is_text(std::string_view text) {
  return is_utf8(text) && std::none_of(text.begin(), text.end(), [](char c) {
           return (static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == 0x7f;
         });
}

}  // namespace

PaperService::PaperService(std::unique_ptr<State> state) : state_(std::move(state)) {}
PaperService::~PaperService() = default;

Result<std::unique_ptr<PaperService>> PaperService::open(Disk& disk, const std::string& directory,
                                                         const Election& election, PaperOptions options) {
  auto state = std::make_unique<State>(disk, election, std::move(options));
  std::vector<std::string> directories;
  SCRUTINEER_TRY(bool one, disk.exists(directory + "/batch.json"));
  if (one) {
    directories.push_back(directory);
  } else {
    SCRUTINEER_TRY(std::vector<std::string> names, disk.list(directory));
    for (const std::string& name : names) {
      if (!name.ends_with('/')) continue;
      const std::string below = directory + "/" + name.substr(0, name.size() - 1);
      SCRUTINEER_TRY(bool there, disk.exists(below + "/batch.json"));
      if (there) directories.push_back(below);
    }
  }
  if (directories.empty()) return fail(ErrorCode::not_found, "there is no batch of papers here", directory);
  if (directories.size() > kPaperBatches) return fail(ErrorCode::limit_exceeded, "too many batches", directory);
  std::size_t papers = 0;
  for (const std::string& below : directories) {
    SCRUTINEER_TRY(auto batch, open_batch(disk, below, election, state->options, kPapersInMemory - papers));
    papers += batch->lines.size();
    if (state->find(batch->key)) return fail(ErrorCode::conflict, "this batch stands here twice", below);
    state->batches.push_back(std::move(batch));
  }
  return std::unique_ptr<PaperService>(new PaperService(std::move(state)));
}

PaperBatch* PaperService::State::find(const std::string& key) const {
  for (const auto& batch : batches)
    if (batch->key == key) return batch.get();
  return nullptr;
}

DeskResult<void> PaperService::State::commit(PaperBatch& batch, PaperEntry& entry, CaseAct act) {
  if (auto refusal = entry.state.refusal(act)) return tl::unexpected(words_of(*refusal));
  JsonWriter out;
  write_case_event(out, {batch.lines[entry.line].id, entry.contest, act});
  const std::string event = out.take();
  DESK_CHECKED(batch.journal->append({&event, 1}));
  entry.state.apply(act);
  batch.list(entry);
  // The journal has it: an outcome file that cannot be written now is written when the service is opened next.
  if (entry.state.outcome() || std::holds_alternative<Objected>(act)) (void)write_outcomes(disk, batch);
  return {};
}

namespace {

struct Place {
  PaperBatch* batch;
  PaperEntry* entry;
  PaperRights rights;
};

// The batches themselves never change once they are open; cases do, under the lock.
DeskResult<Place> place_of(PaperService::State& s, const PaperPerson& person, const PaperPlace& place) {
  PaperBatch* batch = s.find(place.batch);
  if (!batch) return refuse_no_paper();
  const PaperRights rights = s.options.rights(person.key, batch->info.unit);
  if (!rights.any()) return refuse_paper_role();
  PaperEntry* entry = batch->find(place.ballot, place.contest);
  if (!entry) return refuse_no_paper();
  return Place{batch, entry, rights};
}

}  // namespace

DeskResult<void> PaperService::look(const PaperPerson& person, const PaperPlace& place, const Choice& choice,
                                    bool on_paper) {
  DESK_TRY(Place at, place_of(*state_, person, place));
  if (!at.rights.look) return refuse_paper_role();
  if (!on_paper)
    return refuse(ErrorCode::invalid_argument, "투표지를 직접 보고 판단한다는 것을 확인하십시오.",
                  "confirm that you decide on the paper itself");
  std::lock_guard lock(state_->mutex);
  return state_->commit(*at.batch, *at.entry, Looked{{person.key}, choice});
}

DeskResult<void> PaperService::object(const PaperPerson& person, const PaperPlace& place, const std::string& reason) {
  DESK_TRY(Place at, place_of(*state_, person, place));
  if (!at.rights.object) return refuse_paper_role();
  if (!is_text(reason)) return tl::unexpected(words_of(CaseRefusal::no_reason));
  std::lock_guard lock(state_->mutex);
  return state_->commit(*at.batch, *at.entry, Objected{{person.key}, reason});
}

DeskResult<void> PaperService::vote(const PaperPerson& person, const PaperPlace& place, CommitteeQuestion question,
                                    std::optional<Choice> motion, std::int64_t in_favour, std::int64_t against,
                                    std::optional<bool> chair) {
  DESK_TRY(Place at, place_of(*state_, person, place));
  if (!at.rights.vote) return refuse_paper_role();
  std::lock_guard lock(state_->mutex);
  return state_->commit(*at.batch, *at.entry,
                        Voted{{person.key}, question, std::move(motion), in_favour, against, chair});
}

DeskResult<PaperPicture> PaperService::picture(const PaperPerson& person, const PaperPlace& place, bool whole) const {
  DESK_TRY(Place at, place_of(*state_, person, place));
  const BallotLine& line = at.batch->lines[at.entry->line];
  if (whole) {
    std::lock_guard lock(state_->mutex);
    const CasePhase phase = at.entry->state.phase();
    if (!at.rights.whole || (phase != CasePhase::committee && phase != CasePhase::tied)) return refuse_paper_role();
  } else if (!line.masked) {
    return refuse_no_paper();
  }
  const std::string name = line.id.value() + (whole ? "." + line.ext : ".png");
  const std::string file = at.batch->directory + (whole ? "/images/" : "/masked/") + name;
  DESK_TRY(Bytes bytes, read_file(state_->disk, file, kShownPictureBytes));
  if (sha256(bytes) != (whole ? line.image : *line.masked))
    return refuse(ErrorCode::corrupt, "이 그림은 기계가 읽은 그림이 아닙니다.",
                  "this picture is not the one that the machine read");
  return PaperPicture{type_of(bytes), name, std::move(bytes)};
}

std::optional<MachineFigures> PaperService::machine(const UnitId& unit, const ContestId& contest) const {
  std::optional<MachineFigures> out;
  for (const auto& batch : state_->batches) {
    if (batch->info.unit != unit) continue;
    for (std::size_t i = 0; i < batch->info.contests.size(); ++i) {
      if (batch->info.contests[i].id != contest) continue;
      if (!out) {
        out.emplace();
        out->sorted.assign(state_->election.contests()[batch->contests[i]].options.size(), 0);
      }
      const ContestCounts& counts = batch->machine.contests[i];
      for (std::size_t option = 0; option < batch->options[i].size(); ++option)
        out->sorted[batch->options[i][option]] += (*counts.votes)[option].second;
      out->to_recheck += counts.recheck + counts.blank + counts.invalid + batch->machine.rejected;
    }
  }
  return out;
}

std::optional<Error> PaperService::stopped() const {
  std::lock_guard lock(state_->mutex);
  for (const auto& batch : state_->batches)
    if (batch->journal->stopped()) return batch->journal->stopped();
  return std::nullopt;
}

}  // namespace scrutineer

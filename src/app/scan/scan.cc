#include "app/scan/scan.h"

#include <algorithm>
#include <iterator>
#include <map>

#include "app/scan/picture.h"
#include "app/threads/parallel.h"
#include "core/base/limits.h"
#include "core/crypto/hash.h"
#include "core/image/png.h"
#include "core/scan/opening.h"

namespace scrutineer {
namespace {

constexpr std::size_t kPapersAtOnce = 32;  // in memory, a thread; also what a pipe's order is drawn within

struct Scanned {
  BallotLine line;
  std::string name;
  std::optional<Likeness> likeness;
  Status stored;
};

// The files of one picture.
Status store(Disk& disk, const std::string& out, BytesView bytes, const std::optional<Bytes>& masked,
             const BallotLine& line) {
  const std::string& id = line.id.value();
  SCRUTINEER_CHECKED(write_file(disk, out + "/images/" + id + "." + line.ext, bytes, Durability::cached));
  if (!masked) return {};
  return write_file(disk, out + "/masked/" + id + ".png", *masked, Durability::cached);
}

Scanned scan_picture(Disk& disk, const BallotForm& form, const std::string& out, BallotId id, BytesView bytes) {
  Scanned done;
  ReadPage page = read_picture(form, bytes);
  done.line.id = std::move(id);
  done.line.ext = picture_ext(picture_kind(bytes));
  done.line.image = sha256(bytes);
  done.line.reading = std::move(page.reading);
  done.likeness = std::move(page.likeness);
  std::optional<Bytes> masked;
  if (page.masked) {
    masked = png_of(page.masked->view());
    done.line.masked = sha256(*masked);
  }
  done.stored = store(disk, out, bytes, masked, done.line);
  return done;
}

// Whichever a scanner gives first. Two fronts are not one paper, whatever their names say.
void join_sides(BallotLine& first, BallotLine& second) {
  const bool both = first.reading.defect == SheetDefect::none && second.reading.defect == SheetDefect::none;
  if (both && first.reading.side / 2 != second.reading.side / 2) return;
  if (both && first.reading.side == second.reading.side) return;
  const bool turned = both ? first.reading.side > second.reading.side
                           : second.reading.defect == SheetDefect::none && second.reading.side % 2 == 0;
  (turned ? first : second).front = (turned ? second : first).id;
}

// One load of papers: read on all threads, each picture by itself.
Status scan_papers(Disk& disk, const BallotForm& form, const ScanRequest& request, std::vector<ScannedPaper>& papers,
                   std::vector<Scanned>& done, Rng& rng) {
  struct Job {
    std::size_t paper, side;
    BallotId id;
  };
  std::vector<Job> jobs;
  std::vector<std::size_t> fronts;  // for each job, of its paper's front
  for (std::size_t i = 0; i < papers.size(); ++i) {
    const std::size_t front = jobs.size();
    for (std::size_t side = 0; side < papers[i].pictures.size(); ++side) {
      jobs.push_back({i, side, make_ballot_id(rng)});
      fronts.push_back(front);
    }
  }
  std::vector<Scanned> results(jobs.size());
  parallel_for(jobs.size(), request.threads, 1, [&](std::size_t i, std::size_t) {
    results[i] = scan_picture(disk, form, request.out, jobs[i].id, papers[jobs[i].paper].pictures[jobs[i].side]);
  });
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    if (!results[i].stored) return results[i].stored;
    results[i].name = papers[jobs[i].paper].names[jobs[i].side];
    if (fronts[i] != i) join_sides(results[fronts[i]].line, results[i].line);
  }
  std::move(results.begin(), results.end(), std::back_inserter(done));
  papers.clear();
  return {};
}

void flag_alike(std::vector<Scanned>& done, ScanSummary& summary) {
  std::vector<std::optional<Likeness>> likeness;
  std::map<Hash256, std::size_t> images;
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  for (std::size_t i = 0; i < done.size(); ++i) {
    likeness.push_back(std::move(done[i].likeness));
    const auto [first, added] = images.try_emplace(done[i].line.image, i);
    if (!added && pairs.size() < kAlikePairs) pairs.emplace_back(first->second, i);  // the very same file
  }
  for (auto pair : find_alike(likeness, kAlikePairs)) pairs.push_back(pair);
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  for (auto [a, b] : pairs) {
    done[a].line.like.push_back(done[b].line.id);
    done[b].line.like.push_back(done[a].line.id);
    summary.alike.emplace_back(done[a].name, done[b].name);
  }
  for (Scanned& one : done) std::sort(one.line.like.begin(), one.line.like.end());
}

Status sum_up(const std::vector<Scanned>& done, ScanSummary& summary) {
  BatchCounter counter(summary.info);
  std::map<MarkClass, std::int64_t> reasons;
  for (const Scanned& one : done) {
    const SheetReading& reading = one.line.reading;
    SCRUTINEER_CHECKED(counter.add(reading, one.line.front.has_value()));
    if (reading.defect != SheetDefect::none) summary.unread.push_back({one.name, reading.defect, reading.detail});
    for (const ContestReading& contest : reading.contests)
      for (MarkClass reason : contest.reasons) ++reasons[reason];
  }
  summary.counts = counter.counts();
  summary.reasons.assign(reasons.begin(), reasons.end());
  std::stable_sort(summary.reasons.begin(), summary.reasons.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  return {};
}

// batch.json last: without it the directory is no batch.
Status write_texts(Disk& disk, Rng& rng, const std::string& out, const std::vector<Scanned>& done,
                   const BatchInfo& info) {
  std::string text;
  for (const Scanned& one : done) text += ballot_line_json(one.line) + "\n";
  SCRUTINEER_CHECKED(write_file(disk, out + "/readings.jsonl", text, Durability::durable));
  BatchSecret secret{};
  rng.fill(secret.seed.bytes);
  SCRUTINEER_CHECKED(write_file(disk, out + "/secret.json", batch_secret_json(secret), Durability::durable));
  return write_file(disk, out + "/batch.json", batch_info_json(info), Durability::durable);
}

BatchInfo info_of(const ScanRequest& request, const BallotForm& form) {
  BatchInfo info;
  info.election = request.election;
  info.unit = request.unit;
  info.contests = form.contests;
  info.device = request.device;
  info.definition = form.definition;
  info.software = request.software;
  info.software_sha256 = request.software_sha256;
  info.thresholds = form.thresholds;
  return info;
}

}  // namespace

ReadPage read_picture(const BallotForm& form, BytesView bytes) {
  auto page = decode_picture(bytes);
  if (page) return form.read(page->view());
  ReadPage out;
  out.reading.defect =
      page.error().code == ErrorCode::limit_exceeded ? SheetDefect::too_large : SheetDefect::not_an_image;
  out.reading.detail = bytes.empty() ? "the file is empty, or cannot be read" : page.error().message;
  return out;
}

Result<ScanSummary> scan_batch(Disk& disk, Rng& rng, ScanSource& source, const BallotForm& form,
                               const ScanRequest& request, const ScanProgress& progress) {
  // 1. A place of its own.
  SCRUTINEER_CHECKED(disk.make_directories(request.out));
  SCRUTINEER_TRY(std::vector<std::string> there, disk.list(request.out));
  if (!there.empty())
    return fail(ErrorCode::conflict, "a batch wants a folder of its own: this one holds something", request.out);
  for (const char* part : {"/images", "/masked", "/decisions"})
    SCRUTINEER_CHECKED(disk.make_directories(request.out + part));
  // 2. Papers, a load at a time.
  std::vector<Scanned> done;
  std::vector<ScannedPaper> load;
  std::size_t papers = 0;
  for (bool more = true; more;) {
    SCRUTINEER_TRY(std::optional<ScannedPaper> paper, source.next());
    more = paper.has_value();
    if (paper) load.push_back(std::move(*paper));
    if (load.size() < kPapersAtOnce * request.threads && more) continue;
    papers += load.size();
    SCRUTINEER_CHECKED(scan_papers(disk, form, request, load, done, rng));
    if (done.size() > kBatchSheets)
      return fail(ErrorCode::limit_exceeded, "more papers than a batch may have", request.out);
    progress(papers, source.papers());
  }
  // 3. What they are together; ids stand in their own order, which nobody chose.
  ScanSummary summary;
  summary.info = info_of(request, form);
  flag_alike(done, summary);
  std::sort(done.begin(), done.end(), [](const Scanned& a, const Scanned& b) { return a.line.id < b.line.id; });
  summary.info.sheets = static_cast<std::int64_t>(done.size());
  SCRUTINEER_CHECKED(sum_up(done, summary));
  // 4. The texts.
  SCRUTINEER_CHECKED(write_texts(disk, rng, request.out, done, summary.info));
  return summary;
}

Result<std::vector<BallotLine>> batch_lines(Disk& disk, const std::string& batch) {
  const std::string file = batch + "/readings.jsonl";
  SCRUTINEER_TRY(Bytes text, read_file(disk, file, kReadingsBytes));
  std::vector<BallotLine> lines;
  SCRUTINEER_CHECKED(read_ballot_lines(text, file, [&](BallotLine line) -> Status {
    lines.push_back(std::move(line));
    return {};
  }));
  return lines;
}

Result<ScannedAgain> scan_again(Disk& disk, const std::string& batch, const BallotForm& form, std::size_t threads,
                                const ScanProgress& progress) {
  SCRUTINEER_TRY(Bytes info_text, read_file(disk, batch + "/batch.json", kBatchInfoBytes));
  SCRUTINEER_TRY(BatchInfo info, parse_batch_info(info_text));
  if (info.definition != form.definition || info.contests != form.contests)
    return fail(ErrorCode::conflict, "this batch was read with another ballot definition", batch);
  SCRUTINEER_TRY(std::vector<BallotLine> lines, batch_lines(disk, batch));
  ScannedAgain again;
  std::vector<char> same(lines.size(), 0);
  constexpr std::size_t kLoad = 256;
  for (std::size_t from = 0; from < lines.size(); from += kLoad) {
    const std::size_t n = std::min(kLoad, lines.size() - from);
    parallel_for(n, threads, 1, [&](std::size_t i, std::size_t) {
      const BallotLine& line = lines[from + i];
      auto bytes = read_file(disk, batch + "/images/" + line.id.value() + "." + line.ext, kPictureBytes);
      if (!bytes || sha256(*bytes) != line.image) return;
      const ReadPage page = read_picture(form, *bytes);
      std::optional<Hash256> masked;
      if (page.masked) masked = sha256(png_of(page.masked->view()));
      same[from + i] = page.reading == line.reading && masked == line.masked;
    });
    progress(from + n, lines.size());
  }
  again.pictures = lines.size();
  for (std::size_t i = 0; i < lines.size(); ++i)
    if (same[i] == 0) again.different.push_back(lines[i].id.value());
  return again;
}

}  // namespace scrutineer

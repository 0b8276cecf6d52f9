#include "app/collect/journal.h"

#include "core/codec/json.h"
#include "core/crypto/hash.h"

namespace scrutineer {
namespace {

constexpr std::size_t kChecksum = 16;  // hex digits
constexpr std::size_t kPiece = 1u << 20;

std::string checksum(std::string_view json) {
  return to_hex(sha256(json).view().substr(0, kChecksum / 2));
}

// The JSON of a line without its line feed; nullopt: not what was written.
std::optional<std::string_view> json_of(std::string_view line) {
  if (line.size() <= kChecksum || line[kChecksum] != ' ') return std::nullopt;
  std::string_view json = line.substr(kChecksum + 1);
  if (line.substr(0, kChecksum) != checksum(json)) return std::nullopt;
  return json;
}

// Whether a good line stands inside this one: then the line feed between them has been damaged.
bool holds_a_line(std::string_view text) {
  constexpr std::string_view kBegin = "{\"n\":";  // never inside a string of JSON, where quotes are escaped
  for (std::size_t at = text.find(kBegin); at != text.npos; at = text.find(kBegin, at + 1))
    if (at > kChecksum + 1 && json_of(text.substr(at - kChecksum - 1))) return true;
  return false;
}

// Lines of a file from an offset on, read in pieces.
class Lines {
 public:
  Lines(File& file, std::uint64_t from) : file_(file), at_(from) {}

  // The next line and where it begins; `whole` is false for what no line feed ends. nullopt: the end.
  struct Line {
    std::uint64_t begin;
    std::string_view text;
    bool whole;
  };
  Result<std::optional<Line>> next() {
    buffer_.erase(0, used_);
    std::uint64_t begin = at_ - buffer_.size();
    std::size_t end = buffer_.find('\n');
    while (end == buffer_.npos && buffer_.size() <= kJournalLineBytes) {
      std::size_t before = buffer_.size();
      buffer_.resize(before + kPiece);
      SCRUTINEER_TRY(std::size_t got, file_.read_at(at_, buffer_.data() + before, kPiece));
      buffer_.resize(before + got);
      at_ += got;
      if (got == 0) break;
      end = buffer_.find('\n', before);
    }
    bool whole = end != buffer_.npos;
    std::size_t size = whole ? end : buffer_.size();
    used_ = whole ? end + 1 : buffer_.size();
    if (used_ == 0) return std::optional<Line>();
    return std::optional(Line{begin, std::string_view(buffer_).substr(0, size), whole});
  }

 private:
  File& file_;
  std::uint64_t at_;
  std::string buffer_;
  std::size_t used_ = 0;
};

}  // namespace

Result<std::unique_ptr<Journal>> Journal::open(Disk& disk, const std::string& directory, const RecordId& election,
                                               const Replay& replay) {
  SCRUTINEER_CHECKED(disk.make_directories(directory));
  std::string path = directory + "/journal";
  SCRUTINEER_TRY(std::unique_ptr<File> file, disk.open(path, OpenMode::create));
  SCRUTINEER_CHECKED(disk.sync_directory(directory));
  std::unique_ptr<Journal> journal(new Journal(std::move(file), path));
  SCRUTINEER_CHECKED(journal->read(election, replay));
  if (journal->lines_ == 0) SCRUTINEER_CHECKED(journal->begin(election));
  return journal;
}

Status Journal::begin(const RecordId& election) {
  JsonWriter out;
  out.begin_object()
      .member("n", std::int64_t{0})
      .member("journal", std::int64_t{1})
      .member("election", to_hex(election))
      .end_object();
  return write_line(out.text());
}

Status Journal::read(const RecordId& election, const Replay& replay) {
  SCRUTINEER_TRY(std::uint64_t size, file_->size());
  if (size > kJournalBytes) return fail(ErrorCode::limit_exceeded, "the journal is larger than 4 GiB", path_);
  Lines lines(*file_, 0);
  Json document;
  while (true) {
    SCRUTINEER_TRY(auto line, lines.next());
    if (!line) break;
    std::string where = path_ + ":" + std::to_string(lines_ + 1);
    auto json = line->whole ? json_of(line->text) : std::nullopt;
    if (!json) {
      SCRUTINEER_CHECKED(check_tail(line->begin));
      break;
    }
    if (auto parsed = Json::parse_into(document, *json); !parsed)
      return fail(ErrorCode::corrupt, "this line is no JSON: " + parsed.error().message, where);
    Problems problems;
    ObjectReader in(document.root(), problems);
    if (in.integer("n", 0, limits::kMaxInteger) != static_cast<std::int64_t>(lines_))
      return fail(ErrorCode::corrupt, "a line of the journal is missing before this one", where);
    if (lines_ == 0) {
      in.integer("journal", 1, 1);
      if (in.hash("election") != election.hash && problems.empty())
        return fail(ErrorCode::conflict, "this is the journal of another election", path_);
    } else {
      in.objects("events", [&](const ObjectReader& event, std::size_t) { replay(event); });
    }
    if (!problems.empty()) return tl::unexpected(placed(problems.first(ErrorCode::corrupt), where));
    ++lines_;
    size_ = line->begin + line->text.size() + 1;
  }
  if (size_ == size) return {};
  SCRUTINEER_CHECKED(file_->truncate(size_));
  return file_->sync();
}

// Each line is synced before the next is written, so that only the last can be cut short: a good line behind a bad one
// means that something that was durable has been damaged.
Status Journal::check_tail(std::uint64_t bad) {
  std::string where = path_ + ":" + std::to_string(lines_ + 1);
  Lines lines(*file_, bad);
  std::uint64_t seen = 0;
  while (true) {
    SCRUTINEER_TRY(auto line, lines.next());
    if (!line) return {};
    seen += line->text.size() + 1;
    if ((line->whole && json_of(line->text)) || holds_a_line(line->text) || seen > kJournalLineBytes)
      return fail(ErrorCode::corrupt, "the journal is damaged here, and what follows is not its end", where);
  }
}

Status Journal::append(std::span<const std::string> events) {
  if (stopped_) return tl::unexpected(*stopped_);
  std::string json = "{\"n\":" + std::to_string(lines_) + ",\"events\":[";
  for (std::size_t i = 0; i < events.size(); ++i) json.append(i == 0 ? "" : ",").append(events[i]);
  return write_line(json.append("]}"));
}

Status Journal::write_line(const std::string& json) {
  std::string line = checksum(json) + " " + json + "\n";
  if (line.size() > kJournalLineBytes) return fail(ErrorCode::limit_exceeded, "too much for one step", path_);
  if (size_ + line.size() > kJournalBytes) return fail(ErrorCode::limit_exceeded, "the journal is full", path_);
  if (auto written = file_->write_at(size_, line); !written) {
    if (written.error().code != ErrorCode::disk_full) return stop(written.error());
    // Nothing was synced: take it back, and go on when there is room again.
    if (auto cut = file_->truncate(size_); !cut) return stop(cut.error());
    return written;
  }
  if (auto synced = file_->sync(); !synced) return stop(synced.error());
  ++lines_;
  size_ += line.size();
  return {};
}

tl::unexpected<Error> Journal::stop(Error error) {
  stopped_ = Error{error.code,
                   "the journal of the counting desk has stopped: " + error.message +
                       "; nothing that was acknowledged is lost: start the server again when the disk is well",
                   path_};
  return tl::unexpected<Error>(*stopped_);
}

}  // namespace scrutineer

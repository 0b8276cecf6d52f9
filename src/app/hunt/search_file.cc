#include "app/hunt/search_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include <fmt/format.h>

#include "app/disk/descriptor.h"
#include "app/hunt/walk.h"
#include "core/codec/expand.h"
#include "core/crypto/hash.h"
#include "core/hunt/sniff.h"
#include "core/hunt/unicode.h"

namespace scrutineer::hunt {
namespace {

constexpr std::size_t kRead = 1u << 20;

// The bytes of a file on their way: hashed, expanded where they are packed, searched.
class FileSearch {
 public:
  FileSearch(const std::string& path, const Quarry& quarry, std::uint64_t size, FileResult& out)
      : quarry_(quarry),
        out_(out),
        path_(path),
        limit_(limits::kHuntExpandFree + limits::kHuntExpandRatio * size),
        search_(quarry.matcher, [this](std::uint32_t i, Place place, std::string_view line, std::size_t at) {
          found(i, place, line, at);
        }) {
    for (DigestKind kind : quarry.digests)
      if (kind != DigestKind::sha256) others_.emplace_back(kind, Digest(kind));
    out.input.file = path;
  }

  void feed(BytesView bytes) {
    out_.input.size += bytes.size();
    sha256_.update(bytes);
    for (auto& [kind, digest] : others_) digest.update(bytes);
    if (!started_) start(bytes);
    if (!expander_) return text(bytes);
    if (broken_) return;
    auto status = expander_->feed(bytes, [this](BytesView piece) { return expanded(piece); });
    if (!status) stop(status.error());
  }

  void finish() {
    if (expander_ && !broken_)
      if (auto status = expander_->finish(); !status) stop(status.error());
    if (utf16_) {
      decoded_.clear();
      utf16_->finish(decoded_);
      search_.feed(decoded_);
    }
    search_.finish();
    out_.input.sha256 = sha256_.finish();
    out_.input.bytes = search_.bytes();
    out_.input.lines = search_.lines();
    if (search_.has_zero() && out_.not_searched.count() == 0) out_.not_searched.add(path_, Why::binary);
    if (auto line = search_.mail_encoding())
      out_.not_searched.add(path_, Why::mail_encoding, fmt::format("from line {} on", *line));
    for (DigestKind kind : quarry_.digests)
      if (kind == DigestKind::sha256) whole(to_hex(out_.input.sha256));
    for (auto& [kind, digest] : others_) whole(to_hex(digest.finish()));
  }

 private:
  void start(BytesView bytes) {
    started_ = true;
    Sniffed sniffed = sniff(bytes.substr(0, kSniffBytes));
    if (sniffed.why) out_.not_searched.add(path_, *sniffed.why, std::string(sniffed.name));
    if (sniffed.packing == Packing::none) return decode(sniffed);
    out_.input.packing = sniffed.name;
    expander_ = sniffed.packing == Packing::gzip ? new_gunzip() : new_unzstd();
  }

  void decode(const Sniffed& sniffed) {
    if (sniffed.encoding == Encoding::bytes) return;
    out_.input.encoding = sniffed.name;
    utf16_.emplace(sniffed.encoding == Encoding::utf16be);
  }

  void text(BytesView bytes) {
    if (!utf16_) return search_.feed(bytes);
    decoded_.clear();
    utf16_->feed(bytes, decoded_);
    search_.feed(decoded_);
  }

  Status expanded(BytesView bytes) {
    if (!inner_started_) {
      inner_started_ = true;
      Sniffed sniffed = sniff(bytes.substr(0, kSniffBytes));
      if (sniffed.packing != Packing::none) sniffed.why = Why::nested;
      decode(sniffed);
      if (sniffed.why)
        out_.not_searched.add(path_, *sniffed.why, fmt::format("{} in {}", sniffed.name, out_.input.packing));
    }
    const std::uint64_t room = limit_ - expanded_;
    expanded_ += std::min<std::uint64_t>(room, bytes.size());
    text(bytes.substr(0, std::min<std::uint64_t>(room, bytes.size())));
    if (bytes.size() > room) return fail(ErrorCode::limit_exceeded, "");
    return {};
  }

  void stop(const Error& error) {
    broken_ = true;
    const bool bomb = error.code == ErrorCode::limit_exceeded;
    out_.not_searched.add(path_, bomb ? Why::expansion : Why::damaged,
                          fmt::format("not searched beyond {} bytes", expanded_));
  }

  void found(std::uint32_t indicator, Place place, std::string_view line, std::size_t at) {
    ReportPlace out{0, false, place, std::nullopt};
    FileFinds& finds = out_.finds[indicator];
    ++finds.count;
    if (finds.places.size() == limits::kHuntPlaces || places_ == limits::kHuntPlacesInAll) return;
    ++places_;
    if (quarry_.with_lines) {
      std::size_t from = line.size() <= limits::kHuntLineKept || at < limits::kHuntLineKept / 2
                             ? 0
                             : std::min(at - limits::kHuntLineKept / 2, line.size() - limits::kHuntLineKept);
      out.text = line.substr(from, limits::kHuntLineKept);
    }
    finds.places.push_back(std::move(out));
  }

  void whole(const std::string& digits) {
    auto known = quarry_.by_hash.find(digits);
    if (known == quarry_.by_hash.end()) return;
    FileFinds& finds = out_.finds[known->second];
    ++finds.count;
    finds.places.insert(finds.places.begin(), ReportPlace{0, true, {}, std::nullopt});
  }

  const Quarry& quarry_;
  FileResult& out_;
  std::string path_;
  std::uint64_t limit_;
  StreamSearch search_;
  Sha256 sha256_;
  std::vector<std::pair<DigestKind, Digest>> others_;
  std::unique_ptr<Expander> expander_;
  bool started_ = false, inner_started_ = false, broken_ = false;
  std::optional<Utf16> utf16_;
  std::string decoded_;
  std::uint64_t expanded_ = 0;  // what came out, up to the limit
  std::size_t places_ = 0;
};

}  // namespace

FileResult search_file(const std::string& path, const Quarry& quarry) {
  FileResult out;
  // What was a file when it was listed may be a pipe by now: it must neither block nor be followed.
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY));
  struct stat before {};
  if (file.get() < 0 || ::fstat(file.get(), &before) != 0) {
    out.not_searched.add(path, Why::unreadable, system_words(errno));
    return out;
  }
  if (!S_ISREG(before.st_mode)) {
    out.not_searched.add(path, Why::not_a_file);
    return out;
  }
  out.searched = true;
  FileSearch search(path, quarry, static_cast<std::uint64_t>(before.st_size), out);
  Bytes buffer(kRead, '\0');
  for (;;) {
    ssize_t got = ::read(file.get(), buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) out.not_searched.add(path, Why::unreadable, system_words(errno));
    if (got <= 0) break;
    search.feed(BytesView(buffer).substr(0, static_cast<std::size_t>(got)));
    if (quarry.read) quarry.read(static_cast<std::uint64_t>(got));
  }
  search.finish();
  struct stat after {};
  if (::fstat(file.get(), &after) == 0 &&
      static_cast<std::uint64_t>(std::max(before.st_size, after.st_size)) > out.input.size)
    out.not_searched.add(path, Why::changed);
  return out;
}

}  // namespace scrutineer::hunt

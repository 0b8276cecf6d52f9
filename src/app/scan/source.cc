#include "app/scan/source.h"

#include <algorithm>
#include <map>

#include "app/scan/picture.h"
#include "core/base/clock.h"

namespace scrutineer {
namespace {

struct Sides {
  std::string front, back;
};

// "a-front.jpeg" -> ("a", front). What says neither is a paper by itself.
std::pair<std::string, bool> paper_of(const std::string& name) {
  const std::string stem = name.substr(0, name.rfind('.'));
  auto cut = [&](std::string_view word) -> std::optional<std::string> {
    const std::size_t at = stem.rfind(word);
    if (at == stem.npos || at == 0 || (stem[at - 1] != '-' && stem[at - 1] != '_')) return std::nullopt;
    return stem.substr(0, at - 1) + "\n" + stem.substr(at + word.size());  // LF: as no other name has
  };
  if (auto back = cut("back")) return {*back, true};
  if (auto front = cut("front")) return {*front, false};
  return {name, false};
}

class Folder final : public ScanSource {
 public:
  Folder(Disk& disk, std::string directory, std::vector<Sides> papers)
      : disk_(disk), directory_(std::move(directory)), papers_(std::move(papers)) {}
  std::size_t papers() const override { return papers_.size(); }
  Result<std::optional<ScannedPaper>> next() override {
    if (at_ == papers_.size()) return std::nullopt;
    const Sides& sides = papers_[at_++];
    ScannedPaper paper;
    for (const std::string& name : {sides.front, sides.back}) {
      if (name.empty()) continue;
      auto bytes = read_file(disk_, directory_ + "/" + name, kPictureBytes);
      paper.pictures.push_back(bytes ? std::move(*bytes) : Bytes());
      paper.names.push_back(name);
    }
    return paper;
  }

 private:
  Disk& disk_;
  const std::string directory_;
  const std::vector<Sides> papers_;
  std::size_t at_ = 0;
};

class Pictures final : public ScanSource {
 public:
  Pictures(NextPicture next, int sides, std::string word)
      : next_(std::move(next)), sides_(static_cast<std::size_t>(sides)), word_(std::move(word)) {}
  std::size_t papers() const override { return 0; }
  Result<std::optional<ScannedPaper>> next() override {
    ScannedPaper paper;
    while (paper.pictures.size() < sides_) {
      SCRUTINEER_TRY(std::optional<Bytes> picture, next_());
      if (!picture) break;
      paper.names.push_back(word_ + " " + std::to_string(++number_));
      paper.pictures.push_back(std::move(*picture));
    }
    if (paper.pictures.empty()) return std::nullopt;
    return paper;
  }

 private:
  NextPicture next_;
  const std::size_t sides_;
  const std::string word_;
  std::size_t number_ = 0;
};

// Cuts a stream of PNM pictures into single ones.
class Pipe {
 public:
  explicit Pipe(ReadSome read) : read_(std::move(read)) {}
  Result<std::optional<Bytes>> next() {
    SCRUTINEER_TRY(bool head, fill(kHead));
    (void)head;
    if (buffer_.empty()) return std::nullopt;
    SCRUTINEER_TRY(std::size_t size, pnm_size(buffer_));
    SCRUTINEER_TRY(bool whole, fill(size));
    const std::size_t end = whole ? size : buffer_.size();  // cut off: it is kept, and says so when it is read
    Bytes picture = buffer_.substr(0, end);
    buffer_.erase(0, end);
    return picture;
  }

 private:
  static constexpr std::size_t kHead = 4'096;
  Result<bool> fill(std::size_t size) {  // false: the end came first
    while (buffer_.size() < size && !ended_) {
      const std::size_t before = buffer_.size();
      buffer_.resize(std::max(size, before + kHead));
      SCRUTINEER_TRY(std::size_t got, read_(buffer_.data() + before, buffer_.size() - before));
      buffer_.resize(before + got);
      ended_ = got == 0;
    }
    return buffer_.size() >= size;
  }
  ReadSome read_;
  Bytes buffer_;
  bool ended_ = false;
};

std::uint64_t draw(Rng& rng, std::uint64_t below) {  // without bias
  const std::uint64_t most = UINT64_MAX - UINT64_MAX % below;
  for (;;) {
    std::array<std::uint8_t, 8> bytes;
    rng.fill(bytes);
    std::uint64_t value = 0;
    std::memcpy(&value, bytes.data(), sizeof value);
    if (value < most) return value % below;
  }
}

}  // namespace

Result<std::unique_ptr<ScanSource>> open_folder(Disk& disk, Rng& rng, const std::string& directory, int sides) {
  SCRUTINEER_TRY(std::vector<std::string> names, disk.list(directory));
  if (names.size() > kScannedPictures)
    return fail(ErrorCode::limit_exceeded, "more pictures than a batch may have", directory);
  std::map<std::string, Sides> pairs;
  for (const std::string& name : names) {
    if (name.empty() || name[0] == '.') continue;
    auto [stem, back] = sides > 1 ? paper_of(name) : std::pair{name, false};
    Sides& paper = pairs[stem];
    std::string& side = back ? paper.back : paper.front;
    if (side.empty())
      side = name;
    else
      pairs[name].front = name;  // two of one name: each by itself
  }
  if (pairs.empty()) return fail(ErrorCode::not_found, "there is no picture in this folder", directory);
  std::vector<Sides> papers;
  for (auto& [stem, paper] : pairs) papers.push_back(std::move(paper));
  for (std::size_t i = papers.size(); i > 1; --i) std::swap(papers[i - 1], papers[draw(rng, i)]);
  return std::make_unique<Folder>(disk, directory, std::move(papers));
}

std::unique_ptr<ScanSource> open_pictures(NextPicture next, int sides, std::string word) {
  return std::make_unique<Pictures>(std::move(next), sides, std::move(word));
}

std::unique_ptr<ScanSource> open_pipe(ReadSome read, int sides) {
  auto pipe = std::make_shared<Pipe>(std::move(read));
  return open_pictures([pipe] { return pipe->next(); }, sides, "picture");
}

}  // namespace scrutineer

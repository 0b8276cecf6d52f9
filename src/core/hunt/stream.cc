#include "core/hunt/stream.h"

#include <algorithm>

#include "core/base/limits.h"
#include "core/hunt/chars.h"

namespace scrutineer::hunt {
namespace {

constexpr std::size_t kWindow = limits::kHuntWindow, kContext = limits::kHuntContext;
static_assert(kWindow > 3 * kContext);
// What is looked at around a find reaches no further than a URL, each byte of which may be written in three, and the
// punctuation behind it.
static_assert(kContext > 3 * limits::kHuntUrlBytes + 1'024 && kContext > limits::kHuntStringMax);

constexpr std::uint64_t kEverything = ~std::uint64_t{0};

bool contains_folded(BytesView text, std::string_view lower) {
  return std::search(text.begin(), text.end(), lower.begin(), lower.end(),
                     [](char a, char b) { return folded(a) == b; }) != text.end();
}

}  // namespace

void StreamSearch::begin_line() {
  ++lines_;
  rest_.clear();
  rest_at_ = searched_ = 0;
}

void StreamSearch::search(BytesView text, std::uint64_t offset, std::uint64_t from, std::uint64_t to) {
  for (const Hit& hit : matcher_.search(text, scratch_)) {
    std::uint64_t at = offset + hit.offset;
    if (at >= from && at < to) found_(hit.indicator, {lines_, line_at_ + at}, text, hit.offset);
  }
}

// RFC 2045 section 6.1.
void StreamSearch::look_for_encoding(BytesView line) {
  constexpr std::string_view kField = "content-transfer-encoding:";
  if (mail_encoding_ || line.size() < kField.size() || !contains_folded(line.substr(0, kField.size()), kField)) return;
  if (contains_folded(line, "base64") || contains_folded(line, "quoted-printable")) mail_encoding_ = lines_;
}

// A piece of a line that is not in `rest_` as a whole.
void StreamSearch::take(BytesView piece) {
  while (!piece.empty()) {
    std::size_t part = std::min(piece.size(), kWindow - rest_.size());
    rest_.append(piece.substr(0, part));
    piece.remove_prefix(part);
    if (piece.empty() || rest_.size() < kWindow) return;
    std::uint64_t upto = rest_at_ + kWindow - kContext;
    search(rest_, rest_at_, searched_, upto);
    searched_ = upto;
    rest_.erase(0, kWindow - 2 * kContext);
    rest_at_ += kWindow - 2 * kContext;
  }
}

void StreamSearch::end_line() {
  if (rest_at_ == 0 && !rest_.empty() && folded(rest_[0]) == 'c') look_for_encoding(rest_);
  search(rest_, rest_at_, searched_, kEverything);
  rest_.clear();
}

void StreamSearch::feed(BytesView bytes) {
  if (!has_zero_ && !bytes.empty()) has_zero_ = std::memchr(bytes.data(), 0, bytes.size()) != nullptr;
  while (!bytes.empty()) {
    const void* feed = std::memchr(bytes.data(), '\n', bytes.size());
    const std::size_t size =
        feed == nullptr ? bytes.size() : static_cast<std::size_t>(static_cast<const char*>(feed) - bytes.data());
    if (!open_) begin_line();
    if (!open_ && feed != nullptr && size <= kWindow) {
      if (size > 0 && (bytes[0] == 'C' || bytes[0] == 'c')) look_for_encoding(bytes.substr(0, size));
      search(bytes.substr(0, size), 0, 0, kEverything);
    } else {
      take(bytes.substr(0, size));
      if (feed != nullptr) end_line();
    }
    open_ = feed == nullptr;
    const std::size_t used = size + (feed != nullptr ? 1 : 0);
    bytes_ += used;
    if (!open_) line_at_ = bytes_;
    bytes.remove_prefix(used);
  }
}

void StreamSearch::finish() {
  if (open_) end_line();
  open_ = false;
}

}  // namespace scrutineer::hunt

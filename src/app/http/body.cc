// BodyReader of wire.h: RFC 9112 sections 6 and 7.1.
#include <algorithm>

#include "app/http/wire.h"

namespace scrutineer::http {

namespace {

constexpr std::size_t kSizeDigits = 15;  // of a chunk: fits in 60 bits

}  // namespace

BodyReader::BodyReader(BodyLength length, std::size_t limit) : length_(length), limit_(limit) {
  if (length.kind == BodyLength::Kind::chunked) {
    expect_ = Expect::size_line;
  } else if (length.kind == BodyLength::Kind::fixed) {
    left_ = length.size;
    if (left_ == 0) state_ = State::done;
    if (left_ > limit_) state_ = State::too_large;
  }
}

std::size_t BodyReader::feed(BytesView bytes) {
  std::size_t taken = 0;
  while (state_ == State::more && taken < bytes.size())
    taken += expect_ == Expect::data ? feed_data(bytes.substr(taken)) : feed_line(bytes.substr(taken));
  return taken;
}

std::size_t BodyReader::feed_data(BytesView bytes) {
  const bool endless = length_.kind == BodyLength::Kind::until_close;
  const std::size_t size =
      endless ? bytes.size() : static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size()));
  if (size > limit_ - body_.size()) {
    state_ = State::too_large;
    return 0;
  }
  body_.append(bytes.substr(0, size));
  if (endless) return size;
  left_ -= size;
  if (left_ > 0) return size;
  if (length_.kind == BodyLength::Kind::fixed) {
    state_ = State::done;
  } else {
    expect_ = Expect::data_end;
  }
  return size;
}

std::size_t BodyReader::feed_line(BytesView bytes) {
  const std::size_t end = bytes.find('\n');
  const std::size_t size = end == bytes.npos ? bytes.size() : end + 1;
  if (line_.size() + size > (expect_ == Expect::trailer ? kTrailerBytes : kChunkLineBytes)) {
    state_ = State::malformed;
    return 0;
  }
  line_.append(bytes.substr(0, size));
  if (end != bytes.npos) line_complete();
  return size;
}

void BodyReader::line_complete() {
  if (!line_.ends_with("\r\n")) {
    state_ = State::malformed;
    return;
  }
  line_.resize(line_.size() - 2);
  if (expect_ == Expect::size_line) {
    size_line_complete();
  } else if (expect_ == Expect::data_end) {
    if (line_.empty())
      expect_ = Expect::size_line;
    else
      state_ = State::malformed;
  } else if (line_.empty()) {
    state_ = State::done;
  } else {
    trailer_bytes_ += line_.size();
    if (trailer_bytes_ > kTrailerBytes) state_ = State::malformed;
  }
  line_.clear();
}

void BodyReader::size_line_complete() {
  const std::string_view text = std::string_view(line_).substr(0, line_.find(';'));
  std::uint64_t size = 0;
  bool good = !text.empty() && text.size() <= kSizeDigits;
  for (char c : text) {
    const int digit = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : -1;
    if (digit < 0) good = false;
    size = size * 16 + static_cast<std::uint64_t>(std::max(digit, 0));
  }
  if (!good) {
    state_ = State::malformed;
  } else if (size > limit_ - body_.size()) {
    state_ = State::too_large;
  } else {
    left_ = size;
    expect_ = size == 0 ? Expect::trailer : Expect::data;
  }
}

void BodyReader::closed() {
  if (state_ != State::more) return;
  state_ = length_.kind == BodyLength::Kind::until_close ? State::done : State::malformed;
}

}  // namespace scrutineer::http

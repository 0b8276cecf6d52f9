// A stream of bytes as lines, searched. What is longer than limits::kHuntWindow is searched in pieces that overlap by
// limits::kHuntContext on either side, each find in the one piece that it begins in: no indicator is as long as that.
#pragma once

#include <functional>
#include <optional>

#include "core/hunt/matcher.h"

namespace scrutineer::hunt {

struct Place {
  std::uint64_t line = 0;    // from 1
  std::uint64_t offset = 0;  // in the stream, from 0
  friend auto operator<=>(const Place&, const Place&) = default;
};

class StreamSearch {
 public:
  // `line`: what was searched at once around the find, without its line feed; the find begins at `at` in it.
  using Found = std::function<void(std::uint32_t indicator, Place place, std::string_view line, std::size_t at)>;
  StreamSearch(const Matcher& matcher, Found found) : matcher_(matcher), found_(std::move(found)) {}

  void feed(BytesView bytes);
  void finish();  // the last line may lack its line feed

  std::uint64_t bytes() const { return bytes_; }
  std::uint64_t lines() const { return lines_; }
  bool has_zero() const { return has_zero_; }  // no text
  // The first line that says that what follows is base64 or quoted-printable.
  std::optional<std::uint64_t> mail_encoding() const { return mail_encoding_; }

 private:
  void begin_line();
  void take(BytesView piece);
  void end_line();
  void search(BytesView text, std::uint64_t offset, std::uint64_t from, std::uint64_t to);
  void look_for_encoding(BytesView line);

  const Matcher& matcher_;
  Found found_;
  Matcher::Scratch scratch_;
  Bytes rest_;                  // of the line that is not over: from rest_at_ on
  std::uint64_t rest_at_ = 0;   // in the line
  std::uint64_t searched_ = 0;  // of the line
  std::uint64_t line_at_ = 0;   // in the stream
  std::uint64_t bytes_ = 0, lines_ = 0;
  bool open_ = false, has_zero_ = false;
  std::optional<std::uint64_t> mail_encoding_;
};

}  // namespace scrutineer::hunt

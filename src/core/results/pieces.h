// Files of hundreds of megabytes, passed on piece by piece: nobody holds the whole of one.
#pragma once

#include <functional>
#include <string>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace scrutineer {

// Takes the next bytes of a file, in order. Its first error ends the writing.
using ByteSink = std::function<Status(BytesView)>;

// About so many bytes come in one piece.
inline constexpr std::size_t kPieceBytes = 256u << 10;

// Passes on what a writer has so far, and remembers the first error, so that those who write need not look each time.
class Pieces {
 public:
  explicit Pieces(const ByteSink& sink) : sink_(sink) {}
  void pass(BytesView piece) {
    if (status_ && !piece.empty()) status_ = sink_(piece);
  }
  // False: what is written from now on reaches nobody.
  bool good() const { return status_.has_value(); }
  Status status() const { return status_; }

 private:
  const ByteSink& sink_;
  Status status_;
};

// Appends to a string.
inline ByteSink into(std::string& whole) {
  return [&whole](BytesView piece) -> Status {
    whole += piece;
    return {};
  };
}

}  // namespace scrutineer

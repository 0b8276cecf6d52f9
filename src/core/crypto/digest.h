// The hash functions by which others name files. Of these only SHA-256 says that two files are the same: MD5 and SHA-1
// are for recognising what a list names by them, and for nothing else.
#pragma once

#include <cstdint>
#include <memory>

#include "core/base/bytes.h"

namespace scrutineer {

enum class DigestKind : std::uint8_t { md5, sha1, sha256, sha512 };

// update*, then finish once.
class Digest {
 public:
  explicit Digest(DigestKind kind);
  ~Digest();
  Digest(Digest&&) noexcept;
  Digest& operator=(Digest&&) noexcept;
  void update(BytesView bytes);
  Bytes finish();  // the raw digest

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace scrutineer

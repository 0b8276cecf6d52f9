// A list that grows without ever moving what it holds: a log of millions of records is not copied while somebody waits,
// and never stands in memory twice.
#pragma once

#include <bit>
#include <cstddef>
#include <vector>

namespace scrutineer {

template <class T>
class Chunks {
 public:
  std::size_t size() const { return size_; }
  T& operator[](std::size_t i) { return chunks_[i / kChunk][i % kChunk]; }
  const T& operator[](std::size_t i) const { return chunks_[i / kChunk][i % kChunk]; }
  void add(const T& value) {
    if (size_ == chunks_.size() * kChunk) chunks_.emplace_back().reserve(kChunk);
    chunks_.back().push_back(value);
    ++size_;
  }

 private:
  static constexpr std::size_t kChunkBytes = 64u << 10;
  static constexpr std::size_t kChunk = std::bit_floor(kChunkBytes / sizeof(T));
  std::vector<std::vector<T>> chunks_;
  std::size_t size_ = 0;
};

}  // namespace scrutineer

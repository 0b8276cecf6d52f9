// A list that grows without ever moving what it holds: a log of millions of records is not copied while somebody waits,
// and never stands in memory twice.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

namespace scrutineer {

template <class T>
class Chunks {
 public:
  std::size_t size() const { return size_; }
  T& operator[](std::size_t i) { return chunks_[i / kChunk][i % kChunk]; }
  const T& operator[](std::size_t i) const { return chunks_[i / kChunk][i % kChunk]; }
  T& add(const T& value) {
    if (size_ == chunks_.size() * kChunk) chunks_.push_back(std::unique_ptr<T[]>(new T[kChunk]));
    T& place = (*this)[size_++];
    place = value;
    return place;
  }

 private:
  static constexpr std::size_t kChunk = 4'096;
  std::vector<std::unique_ptr<T[]>> chunks_;
  std::size_t size_ = 0;
};

}  // namespace scrutineer

// Big-endian fields of TPM structures, read one after the other. Private to core/device.
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace scrutineer::device {

// After the first field that is not there, every further one is empty and bad() says which it was.
class TpmBytes {
 public:
  explicit TpmBytes(BytesView bytes) : rest_(bytes) {}

  BytesView take(std::size_t size, const char* field) {
    if (bad_ || rest_.size() < size) {
      if (!bad_) bad_ = field;
      return {};
    }
    BytesView taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }
  std::uint8_t u8(const char* field) {
    BytesView bytes = take(1, field);
    return bytes.empty() ? std::uint8_t{0} : static_cast<std::uint8_t>(bytes[0]);
  }
  std::uint16_t u16(const char* field) {
    BytesView bytes = take(2, field);
    return bytes.empty() ? std::uint16_t{0} : read_be16(bytes.data());
  }
  std::uint32_t u32(const char* field) {
    BytesView bytes = take(4, field);
    return bytes.empty() ? 0 : read_be32(bytes.data());
  }
  std::uint64_t u64(const char* field) {
    BytesView bytes = take(8, field);
    return bytes.empty() ? 0 : read_be64(bytes.data());
  }
  // TPM2B_...: a size of 16 bits and so many bytes.
  BytesView sized(const char* field) { return take(u16(field), field); }

  bool at_end() const { return rest_.empty(); }
  const char* bad() const { return bad_; }
  // Error malformed: something is missing, or something stands behind the end.
  Status finish() const {
    if (bad_) return fail(ErrorCode::malformed, "it ends before its time", bad_);
    if (!rest_.empty()) return fail(ErrorCode::malformed, "something stands behind its end");
    return {};
  }

 private:
  BytesView rest_;
  const char* bad_ = nullptr;
};

}  // namespace scrutineer::device

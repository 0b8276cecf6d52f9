#include "core/crypto/secret.h"

#include <cstring>
#include <utility>

#include <sodium.h>

#include "core/base/check.h"
#include "core/crypto/sodium_ready.h"

namespace scrutineer {

SecretBytes::SecretBytes(std::size_t size) : size_(size) {
  if (size == 0) return;
  sodium_ready();
  data_ = static_cast<unsigned char*>(sodium_malloc(size));
  check(data_ != nullptr, "no memory left for a secret");
  std::memset(data_, 0, size);
}

SecretBytes SecretBytes::copy_of(BytesView bytes) {
  SecretBytes out(bytes.size());
  if (!bytes.empty()) std::memcpy(out.data_, bytes.data(), bytes.size());
  return out;
}

SecretBytes::SecretBytes(SecretBytes&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept {
  if (this != &other) {
    sodium_free(data_);
    data_ = std::exchange(other.data_, nullptr);
    size_ = std::exchange(other.size_, 0);
  }
  return *this;
}

SecretBytes::~SecretBytes() {
  sodium_free(data_);
}

void wipe(std::string& text) {
  sodium_memzero(text.data(), text.capacity());
  text.clear();
}

bool equal_constant_time(BytesView a, BytesView b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace scrutineer

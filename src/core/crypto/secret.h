// Bytes that are wiped when they go, kept out of swap where the system allows it, never copied by accident.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/base/bytes.h"

namespace scrutineer {

class SecretBytes {
 public:
  SecretBytes() = default;
  explicit SecretBytes(std::size_t size);
  static SecretBytes copy_of(BytesView bytes);
  SecretBytes(SecretBytes&& other) noexcept;
  SecretBytes& operator=(SecretBytes&& other) noexcept;
  SecretBytes(const SecretBytes&) = delete;
  SecretBytes& operator=(const SecretBytes&) = delete;
  ~SecretBytes();

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  unsigned char* data() { return data_; }
  const unsigned char* data() const { return data_; }
  BytesView view() const { return {reinterpret_cast<const char*>(data_), size_}; }

 private:
  unsigned char* data_ = nullptr;  // owned; allocated, locked and wiped by libsodium
  std::size_t size_ = 0;
};

// Overwrites a string that held a secret (a passphrase read from a terminal, a decoded key file).
void wipe(std::string& text);

// Compares in time that depends on the sizes only.
bool equal_constant_time(BytesView a, BytesView b);

}  // namespace scrutineer

#include "core/crypto/digest.h"

#include <openssl/evp.h>

#include "core/base/check.h"

namespace scrutineer {

struct Digest::State {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { EVP_MD_CTX_free(context); }
};

namespace {

const EVP_MD* method(DigestKind kind) {
  switch (kind) {
    case DigestKind::md5: return EVP_md5();
    case DigestKind::sha1: return EVP_sha1();
    case DigestKind::sha256: return EVP_sha256();
    case DigestKind::sha512: break;
  }
  return EVP_sha512();
}

}  // namespace

Digest::Digest(DigestKind kind) : state_(std::make_unique<State>()) {
  check(EVP_DigestInit_ex(state_->context, method(kind), nullptr) == 1, "OpenSSL does not have this hash function");
}
Digest::~Digest() = default;
Digest::Digest(Digest&&) noexcept = default;
Digest& Digest::operator=(Digest&&) noexcept = default;

void Digest::update(BytesView bytes) {
  check(EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()) == 1, "OpenSSL did not hash");
}

Bytes Digest::finish() {
  Bytes out(EVP_MAX_MD_SIZE, '\0');
  unsigned size = 0;
  check(EVP_DigestFinal_ex(state_->context, reinterpret_cast<unsigned char*>(out.data()), &size) == 1,
        "OpenSSL did not hash");
  out.resize(size);
  return out;
}

}  // namespace scrutineer

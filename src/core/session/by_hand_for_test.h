// A clock that moves when told to, randomness that counts, keys made from words.
#pragma once

#include <memory>
#include <string>

#include "core/base/clock.h"
#include "core/crypto/hash.h"
#include "core/note/note.h"

namespace scrutineer::testing {

class HandClock final : public Clock {
 public:
  UnixSeconds now() override { return {1'748'980'800 + static_cast<std::int64_t>(seconds)}; }
  std::uint64_t monotonic_ns() override { return (1'000 + seconds) * 1'000'000'000; }
  std::uint64_t seconds = 0;
};

class CountingRng final : public Rng {
 public:
  void fill(std::span<std::uint8_t> out) override {
    Hash256 block = sha256(std::to_string(++drawn_));
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = block.bytes[i % 32];
  }

 private:
  int drawn_ = 0;
};

struct WordKey {
  explicit WordKey(const std::string& name, KeyType type = KeyType::ed25519)
      : signer(make_signer(PrivateKey{type, SecretBytes::copy_of(sha256(name).view())}).value()),
        vkey(make_vkey(name, signer->public_key()).value()) {}
  NoteSignature sign(std::string_view text) { return sign_note(text, vkey.name, *signer).value(); }
  std::unique_ptr<Signer> signer;
  VerifierKey vkey;
};

}  // namespace scrutineer::testing

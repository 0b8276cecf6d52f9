// The known answer of docs/formats/store.md, made by an independent implementation: its key and its entries.
#pragma once

#include "core/crypto/hash.h"
#include "core/crypto/signature.h"

namespace scrutineer::anchor {

inline constexpr const char* kOrigin = "anchor.example/elections/2026";
inline constexpr const char* kVkey =
    "anchor.example/elections/2026+e3565f7d+AZ/cc4KzeuhR0Uj82r/yM/bXR/IrpYyK5Bekl3BwcTan";
inline constexpr const char* kRoot7 = "EhLY8UXXGd8axPS/CtI1Rl5elC9I5o5VBB64hDQ1T/A=";
inline constexpr const char* kRoot70000 = "7HXT/3KRpKNSYHSAg76f4CqoAKbYviIx+c/eUHiCJXA=";
inline constexpr const char* kSignature7 =
    "41ZffR4W6IFDKSrT/n1XFFzXveli0BZHcusUkt58HLF/t2t2iTda3bw0yjHg4/z3vuJsdkpwrXf1Qr9jf5HOR/aH0AQ=";

inline std::unique_ptr<Signer> signer() {
  return make_signer(PrivateKey{KeyType::ed25519, SecretBytes::copy_of(sha256("tlog anchor log key").view())}).value();
}

inline std::size_t entry_length(std::uint64_t i) {
  return i == 5 ? 0 : i == 6 ? 65'535 : i == 7 ? 1 : i * 37 % 601;
}

inline Bytes entry(std::uint64_t i) {
  Bytes out;
  for (std::uint32_t block = 0; out.size() < entry_length(i); ++block) {
    Bytes seed = "tlog anchor entry";
    append_be64(seed, i);
    append_be32(seed, block);
    out += sha256(seed).view();
  }
  out.resize(entry_length(i));
  return out;
}

}  // namespace scrutineer::anchor

// The last signed checkpoint, kept away from the store: a store that is older than it is a restored backup, and signing
// on would fork the log. Private to app/log.
#pragma once

#include "app/log/layout.h"
#include "app/log/slots.h"

namespace scrutineer {

// Written at every commit and durable before anything is acknowledged. It is deliberately not rate limited: a copy that
// lags by even one acknowledged checkpoint would let a store restored to just before it sign another history.
class SecondCopy {
 public:
  static Result<SecondCopy> open(Disk& disk, const std::string& path, OpenMode mode);
  // nullopt: none was ever written. Errors: corrupt, bad_signature, conflict (of another log).
  Result<std::optional<SignedCheckpoint>> read(const VerifierKey& key);
  Status write(BytesView note);

 private:
  explicit SecondCopy(SlotFile slots) : slots_(std::move(slots)) {}
  SlotFile slots_;
  std::uint64_t sequence_ = 0;
};

}  // namespace scrutineer

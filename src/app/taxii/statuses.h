// The status resources of a server (section 4.3): the last limits::kTaxiiStatuses of them, in memory. Thread-safe.
#pragma once

#include <deque>
#include <mutex>
#include <string>

#include "app/taxii/taxii.h"

namespace scrutineer {

class TaxiiStatuses {
 public:
  explicit TaxiiStatuses(Rng& rng) : rng_(rng) {}
  // Gives it an id that nobody can guess and remembers it for this user alone.
  TaxiiStatus keep(const TaxiiUser& user, TaxiiStatus status);
  // The same id again with another state: what was pending has been decided.
  void replace(const TaxiiStatus& status);
  std::optional<TaxiiStatus> find(const TaxiiUser& user, std::string_view id) const;

 private:
  struct Kept {
    std::string user;
    TaxiiStatus status;
  };
  Rng& rng_;
  mutable std::mutex mutex_;
  std::deque<Kept> kept_;
};

}  // namespace scrutineer

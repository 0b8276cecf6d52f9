#include "app/taxii/statuses.h"

#include <algorithm>

namespace scrutineer {

TaxiiStatus TaxiiStatuses::keep(const TaxiiUser& user, TaxiiStatus status) {
  Hash256 drawn;
  rng_.fill(drawn.bytes);
  status.id = seeded_id("status", drawn, "").uuid();
  const std::lock_guard lock(mutex_);
  if (kept_.size() == limits::kTaxiiStatuses) kept_.pop_front();
  kept_.push_back({user.name, status});
  return status;
}

void TaxiiStatuses::replace(const TaxiiStatus& status) {
  const std::lock_guard lock(mutex_);
  for (Kept& one : kept_)
    if (one.status.id == status.id) one.status = status;
}

std::optional<TaxiiStatus> TaxiiStatuses::find(const TaxiiUser& user, std::string_view id) const {
  const std::lock_guard lock(mutex_);
  const auto found = std::find_if(kept_.begin(), kept_.end(),
                                  [&](const Kept& one) { return one.status.id == id && one.user == user.name; });
  return found == kept_.end() ? std::nullopt : std::optional(found->status);
}

}  // namespace scrutineer

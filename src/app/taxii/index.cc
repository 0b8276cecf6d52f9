#include "app/taxii/index.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/stix/stix_time.h"

namespace scrutineer {
namespace {

bool same_time(std::string_view a, std::string_view b) {
  return a == b || (is_stix_time(a) && is_stix_time(b) && !stix_time_before(a, b) && !stix_time_before(b, a));
}

bool any(const std::vector<std::string>& wanted, std::string_view text) {
  return wanted.empty() || std::find(wanted.begin(), wanted.end(), text) != wanted.end();
}

}  // namespace

TaxiiTime TaxiiIndex::next_time(TaxiiTime now) const {
  return heads_.empty() ? now : std::max(now, TaxiiTime{heads_.back().added.micros + 1});
}

void TaxiiIndex::add(TaxiiHead head) {
  check(heads_.empty() || heads_.back().added < head.added, "two objects of a collection were added at one time");
  const auto index = static_cast<std::uint32_t>(heads_.size());
  auto& versions = ids_[head.id.text()];
  const auto place = std::upper_bound(versions.begin(), versions.end(), head.version,
                                      [&](const std::string& version, std::uint32_t other) {
                                        return stix_time_before(version, heads_[other].version);
                                      });
  versions.insert(place, index);
  heads_.push_back(std::move(head));
}

const TaxiiHead* TaxiiIndex::find(const StixObject& object, const Hash256& hash) const {
  const auto found = ids_.find(object.id.text());
  if (found == ids_.end()) return nullptr;
  for (std::uint32_t index : found->second) {
    const TaxiiHead& head = heads_[index];
    if (object.version().empty() ? head.hash == hash : same_time(head.version, object.version())) return &head;
  }
  return nullptr;
}

// Section 3.4: match[version].
bool TaxiiIndex::version_matches(std::uint32_t index, const TaxiiQuery& query) const {
  if (query.all) return true;
  const TaxiiHead& head = heads_[index];
  const auto& versions = ids_.find(head.id.text())->second;
  if ((query.last && versions.back() == index) || (query.first && versions.front() == index)) return true;
  return std::any_of(query.versions.begin(), query.versions.end(),
                     [&](const std::string& wanted) { return same_time(wanted, head.version); });
}

bool TaxiiIndex::matches(std::uint32_t index, const TaxiiQuery& query) const {
  const TaxiiHead& head = heads_[index];
  return any(query.ids, head.id.text()) && any(query.types, head.id.type()) && any(query.spec_versions, "2.1") &&
         version_matches(index, query);
}

std::vector<std::uint32_t> TaxiiIndex::candidates(const TaxiiQuery& query) const {
  std::vector<std::uint32_t> out;
  for (const std::string& id : query.ids)
    if (const auto found = ids_.find(id); found != ids_.end())
      out.insert(out.end(), found->second.begin(), found->second.end());
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

TaxiiFound TaxiiIndex::find(const TaxiiQuery& query) const {
  TaxiiFound out;
  const auto take = [&](std::uint32_t index) {
    if (heads_[index].added <= query.after || !matches(index, query)) return true;
    out.more = out.heads.size() == query.limit;
    if (!out.more) out.heads.push_back(heads_[index]);
    return !out.more;
  };
  if (!query.ids.empty()) {
    for (std::uint32_t index : candidates(query))
      if (!take(index)) break;
    return out;
  }
  const auto begin = std::upper_bound(heads_.begin(), heads_.end(), query.after,
                                      [](TaxiiTime time, const TaxiiHead& head) { return time < head.added; });
  for (auto i = static_cast<std::uint32_t>(begin - heads_.begin()); i < heads_.size(); ++i)
    if (!take(i)) break;
  return out;
}

}  // namespace scrutineer

// What lies in one collection and in which order it came; all queries of TAXII are answered from here. For backends.
// Not thread-safe.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/taxii/taxii.h"

namespace scrutineer {

class TaxiiIndex {
 public:
  // The time at which the next object is added: now, but always after the one before.
  TaxiiTime next_time(TaxiiTime now) const;
  // head.added is after all others.
  void add(TaxiiHead head);
  // The object of that id and version; of objects without versions, any with the same bytes. nullptr: none.
  const TaxiiHead* find(const StixObject& object, const Hash256& hash) const;
  TaxiiFound find(const TaxiiQuery& query) const;
  std::size_t size() const { return heads_.size(); }

 private:
  bool matches(std::uint32_t index, const TaxiiQuery& query) const;
  bool version_matches(std::uint32_t index, const TaxiiQuery& query) const;
  std::vector<std::uint32_t> candidates(const TaxiiQuery& query) const;

  std::vector<TaxiiHead> heads_;                           // by time added
  std::map<std::string, std::vector<std::uint32_t>> ids_;  // of each object its versions, the oldest first
};

}  // namespace scrutineer

// Addresses and networks: which of them hold an address.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/hunt/address.h"
#include "core/hunt/indicator.h"
#include "core/hunt/tables.h"

namespace scrutineer::hunt {

// `Address` is Ipv4 or Ipv6. One table of masked addresses for all prefixes; an address asks once for each prefix that
// is there.
template <class Address>
class NetworkTable {
 public:
  void add(const Address& address, int prefix, std::uint32_t number) { entries_.push_back({address, prefix, number}); }
  void build(std::uint64_t seed) {
    seed_ = seed;
    index_.reset(entries_.size());
    for (std::uint32_t i = 0; i < entries_.size(); ++i) {
      index_.add(key(entries_[i].address, entries_[i].prefix), i);
      if (std::find(prefixes_.begin(), prefixes_.end(), entries_[i].prefix) == prefixes_.end())
        prefixes_.push_back(entries_[i].prefix);
    }
  }
  bool empty() const { return entries_.empty(); }

  template <class Take>
  void find(const Address& address, Take&& take) const {
    for (int prefix : prefixes_) {
      Address net = masked(address, prefix);
      index_.each(key(net, prefix), [&](std::uint32_t i) {
        if (entries_[i].prefix == prefix && entries_[i].address == net) take(entries_[i].number);
      });
    }
  }

 private:
  struct Entry {
    Address address;
    int prefix;
    std::uint32_t number;
  };
  std::uint64_t key(Ipv4 address, int prefix) const {
    return mix(seed_ ^ (static_cast<std::uint64_t>(prefix) << 32 | address), 0x9e3779b97f4a7c15);
  }
  std::uint64_t key(const Ipv6& address, int prefix) const {
    const char* p = reinterpret_cast<const char*>(address.data());
    return mix(seed_ ^ load8(p), mix(load8(p + 8) ^ static_cast<std::uint64_t>(prefix), 0x9e3779b97f4a7c15) | 1);
  }
  std::vector<Entry> entries_;
  std::vector<int> prefixes_;
  HashIndex index_;
  std::uint64_t seed_ = 0;
};

}  // namespace scrutineer::hunt

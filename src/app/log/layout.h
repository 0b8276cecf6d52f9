// What a store holds, by name; private to app/log. docs/formats/store.md.
#pragma once

#include <string>

#include "core/base/disk.h"
#include "core/merkle/checkpoint.h"
#include "core/merkle/tile.h"

namespace scrutineer {

// Levels 0..4 hold a log of up to 2^40 entries.
inline constexpr unsigned kStoreLevels = 5;
inline constexpr std::uint64_t kStoreEntries = std::uint64_t{1} << 40;
inline constexpr std::size_t kIndexBytes = 8;

// Paths inside one store.
struct Layout {
  std::string root;
  std::string store() const { return root + "/store"; }  // format and the log's key; written last when a store is made
  std::string lock() const { return root + "/lock"; }
  std::string entries() const { return root + "/entries"; }
  std::string index() const { return root + "/index"; }
  std::string hash(unsigned level) const { return root + "/hash." + std::to_string(level); }
  std::string head() const { return root + "/head"; }
  std::string mark() const { return root + "/mark"; }
  std::string checkpoint() const { return root + "/checkpoint"; }
  std::string published() const { return root + "/published"; }
  std::string published_mark() const { return root + "/published.mark"; }
  std::string ids() const { return root + "/ids"; }
  std::string ids_list() const { return root + "/ids/list"; }
  std::string ids_run(std::uint64_t number) const { return root + "/ids/run." + std::to_string(number); }
};

// The `store` file: "scrutineer/store/1" LF vkey LF.
Bytes store_text(const VerifierKey& key);
Result<VerifierKey> read_store(Disk& disk, const Layout& layout);

// What the head says: the entries that are durable, and the root over them.
struct Head {
  std::uint64_t size = 0;
  std::uint64_t bytes = 0;  // of `entries`
  NodeHash root = empty_root();
  friend bool operator==(const Head&, const Head&) = default;
};
Bytes encode(const Head& head);
std::optional<Head> decode_head(BytesView payload);

// Up to here `index` and `hash.L` are durable; what follows is replayed from `entries` when the store is opened.
struct Mark {
  std::uint64_t bytes = 0;
  Frontier frontier;
};
Bytes encode(const Mark& mark);
std::optional<Mark> decode_mark(BytesView payload);

}  // namespace scrutineer

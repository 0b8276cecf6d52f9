// What a node is and the keys that it holds: DIR/node.json and DIR/private (docs/formats/notice-node.md).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/disk.h"
#include "core/crypto/box.h"
#include "core/note/key_file.h"
#include "core/notice/book.h"
#include "core/record/agreement.h"

namespace scrutineer {

enum class NodeRole : std::uint8_t { notifier, institution, relay, oversight };
inline constexpr std::string_view kNodeRoleNames[] = {"notifier", "institution", "relay", "oversight"};

inline constexpr std::size_t kNodeKeys = 32;             // of each kind, the replaced ones included
inline constexpr std::size_t kNodeFileBytes = 1u << 20;  // node.json, agreements, cursors

// A new node: makes DIR with its keys. `name`: "nis.example/notices": the log's origin, and the stem of its keys'
// names.
struct NewNode {
  NodeRole role = NodeRole::relay;
  std::string name;
  Bilingual title;
};
// Errors: conflict (a node is there already), invalid_argument (a name that cannot be one), io_error.
Status make_node(Disk& disk, Rng& rng, const std::string& directory, const NewNode& node);

// Adds a key beside those that are there: it speaks, or opens, once a key-change record says so. Old ones stay, for
// what was sealed to them before. The line for KeyChange::add.
Result<std::string> add_node_box(Disk& disk, Rng& rng, const std::string& directory);
Result<std::string> add_node_machine(Disk& disk, Rng& rng, const std::string& directory);

struct NodeBox {
  AgreedBox box;
  BoxKey key;
};
struct NodeMachine {
  VerifierKey vkey;
  std::unique_ptr<Signer> signer;
};

struct NodeKeys {
  NodeRole role = NodeRole::relay;
  Bilingual title;
  VerifierKey log;
  std::unique_ptr<Signer> log_signer;
  std::vector<NodeMachine> machines;  // the newest last
  std::vector<NodeBox> boxes;         // the newest last
};
// Errors: not_found (no node), malformed, io_error.
Result<NodeKeys> read_node(Disk& disk, const std::string& directory);

// What this node is under an agreement; nullopt: it has no part in it.
struct PartIn {
  NodeRole role = NodeRole::relay;
  std::size_t relay = 0;  // index, of a relay
};
std::optional<PartIn> part_in(const NodeKeys& keys, const Agreement& terms);

// The record ids in DIR/agreements, one a line, '#' comments and empty lines apart. None where it is absent.
Result<std::vector<RecordId>> read_accepted(Disk& disk, const std::string& directory);
Status add_accepted(Disk& disk, const std::string& directory, const RecordId& agreement);

}  // namespace scrutineer

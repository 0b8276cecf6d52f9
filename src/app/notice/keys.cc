#include "app/notice/keys.h"

#include <algorithm>

#include "core/base/limits.h"

namespace scrutineer {
namespace {

constexpr std::string_view kBoxFormat = "scrutineer/box-key/1";

std::string config_path(const std::string& directory) {
  return directory + "/node.json";
}
// A folder of that name is made for its owner alone (app/disk).
std::string private_path(const std::string& directory, const std::string& file = {}) {
  return directory + "/private" + (file.empty() ? "" : "/" + file);
}
std::string accepted_path(const std::string& directory) {
  return directory + "/agreements";
}

std::string numbered(const char* stem, std::size_t number) {
  return std::string(stem) + "-" + std::to_string(number);
}

Status write_key(Disk& disk, const std::string& path, const NamedKey& key, Rng& rng) {
  SCRUTINEER_TRY(Bytes text, write_key_file(key, std::nullopt, rng));
  Status written = write_file(disk, path, text, Durability::durable);
  wipe(text);
  return written;
}

Result<std::string> write_box(Disk& disk, const std::string& path, const std::string& name, Rng& rng) {
  BoxKey key = new_box_key(rng);
  Bytes text = std::string(kBoxFormat) + "\nname " + name + "\nplain " + to_base64(key.secret.view()) + "\n";
  Status written = write_file(disk, path, text, Durability::durable);
  wipe(text);
  if (!written) return tl::unexpected(written.error());
  return to_string(AgreedBox{name, key.public_key});
}

Result<NodeBox> read_box(Disk& disk, const std::string& path) {
  SCRUTINEER_TRY(Bytes text, read_file(disk, path, limits::kKeyFileBytes));
  const std::string head = std::string(kBoxFormat) + "\nname ";
  const std::size_t line = text.find('\n', head.size());
  const std::string_view plain = "\nplain ";
  if (!text.starts_with(head) || line == text.npos || text.compare(line, plain.size(), plain) != 0 ||
      text.back() != '\n')
    return fail(ErrorCode::malformed, "this is no box key", path);
  std::string base64 = text.substr(line + plain.size(), text.size() - line - plain.size() - 1);
  auto secret = from_base64(base64);
  wipe(base64);
  NodeBox box;
  box.box.name = text.substr(head.size(), line - head.size());
  wipe(text);
  if (!secret) return fail(ErrorCode::malformed, "this is no box key", path);
  auto key = box_key(SecretBytes::copy_of(*secret));
  wipe(*secret);
  if (!key) return tl::unexpected(placed(key.error(), path));
  box.key = std::move(*key);
  box.box.public_key = box.key.public_key;
  return box;
}

Result<NamedKey> read_plain_key(Disk& disk, const std::string& path) {
  SCRUTINEER_TRY(Bytes text, read_file(disk, path, limits::kKeyFileBytes));
  auto file = parse_key_file(text);
  wipe(text);
  if (!file) return tl::unexpected(placed(file.error(), path));
  auto key = open_key_file(*file, std::nullopt);
  if (!key) return tl::unexpected(placed(key.error(), path));
  return key;
}

// machine-1.key, machine-2.key, ...: the first number that is free.
Result<std::size_t> next_number(Disk& disk, const std::string& directory, const char* stem) {
  for (std::size_t number = 1; number <= kNodeKeys; ++number) {
    SCRUTINEER_TRY(bool there, disk.exists(private_path(directory, numbered(stem, number) + ".key")));
    if (!there) return number;
  }
  return fail(ErrorCode::limit_exceeded, "this node has as many keys as it may have", directory);
}

struct Config {
  NodeRole role = NodeRole::relay;
  std::string name;
  Bilingual title;
};

Result<Config> read_config(Disk& disk, const std::string& directory) {
  SCRUTINEER_TRY(Bytes text, read_file(disk, config_path(directory), kNodeFileBytes));
  auto json = Json::parse(text);
  if (!json) return tl::unexpected(placed(json.error(), config_path(directory)));
  Problems problems;
  ObjectReader in(json->root(), problems);
  Config config;
  config.role = static_cast<NodeRole>(in.choice("role", kNodeRoleNames));
  config.name = in.non_empty("name");
  config.title = read_bilingual(in, "title");
  if (!problems.empty()) return tl::unexpected(placed(problems.first(), config_path(directory)));
  return config;
}

std::string text_of(const NewNode& node) {
  JsonWriter out;
  out.begin_object().member("role", kNodeRoleNames[static_cast<std::size_t>(node.role)]).member("name", node.name);
  write(out, "title", node.title);
  out.end_object();
  return out.take() + "\n";
}

}  // namespace

Status make_node(Disk& disk, Rng& rng, const std::string& directory, const NewNode& node) {
  SCRUTINEER_TRY(bool there, disk.exists(config_path(directory)));
  if (there) return fail(ErrorCode::conflict, "a node is here already", directory);
  SCRUTINEER_TRY(NamedKey log, new_named_key(node.name, KeyType::ed25519, rng));
  SCRUTINEER_CHECKED(disk.make_directories(private_path(directory)));
  // A making that was broken off is made again: node.json comes last.
  SCRUTINEER_CHECKED(write_key(disk, private_path(directory, "log.key"), log, rng));
  SCRUTINEER_TRY(NamedKey machine, new_named_key(node.name + "/machine-1", KeyType::ed25519, rng));
  SCRUTINEER_CHECKED(write_key(disk, private_path(directory, "machine-1.key"), machine, rng));
  SCRUTINEER_TRY(std::string box, write_box(disk, private_path(directory, "box-1.key"), node.name + "/box-1", rng));
  return write_file(disk, config_path(directory), text_of(node), Durability::durable);
}

Result<std::string> add_node_box(Disk& disk, Rng& rng, const std::string& directory) {
  SCRUTINEER_TRY(Config config, read_config(disk, directory));
  SCRUTINEER_TRY(std::size_t number, next_number(disk, directory, "box"));
  const std::string stem = numbered("box", number);
  return write_box(disk, private_path(directory, stem + ".key"), config.name + "/" + stem, rng);
}

Result<std::string> add_node_machine(Disk& disk, Rng& rng, const std::string& directory) {
  SCRUTINEER_TRY(Config config, read_config(disk, directory));
  SCRUTINEER_TRY(std::size_t number, next_number(disk, directory, "machine"));
  const std::string stem = numbered("machine", number);
  SCRUTINEER_TRY(NamedKey key, new_named_key(config.name + "/" + stem, KeyType::ed25519, rng));
  SCRUTINEER_CHECKED(write_key(disk, private_path(directory, stem + ".key"), key, rng));
  return to_string(key.vkey);
}

Result<NodeKeys> read_node(Disk& disk, const std::string& directory) {
  SCRUTINEER_TRY(Config config, read_config(disk, directory));
  NodeKeys keys;
  keys.role = config.role;
  keys.title = config.title;
  SCRUTINEER_TRY(NamedKey log, read_plain_key(disk, private_path(directory, "log.key")));
  if (log.vkey.name != config.name)
    return fail(ErrorCode::conflict, "the log's key has another name than the node", directory);
  keys.log = log.vkey;
  SCRUTINEER_TRY(keys.log_signer, make_signer(log.secret));
  SCRUTINEER_TRY(std::size_t machines, next_number(disk, directory, "machine"));
  for (std::size_t number = 1; number < machines; ++number) {
    SCRUTINEER_TRY(NamedKey key, read_plain_key(disk, private_path(directory, numbered("machine", number) + ".key")));
    SCRUTINEER_TRY(auto signer, make_signer(key.secret));
    keys.machines.push_back({key.vkey, std::move(signer)});
  }
  SCRUTINEER_TRY(std::size_t boxes, next_number(disk, directory, "box"));
  for (std::size_t number = 1; number < boxes; ++number) {
    SCRUTINEER_TRY(NodeBox box, read_box(disk, private_path(directory, numbered("box", number) + ".key")));
    keys.boxes.push_back(std::move(box));
  }
  if (keys.machines.empty() || keys.boxes.empty())
    return fail(ErrorCode::not_found, "the node has no machine's key or no box key", private_path(directory));
  return keys;
}

std::optional<PartIn> part_in(const NodeKeys& keys, const Agreement& terms) {
  auto is = [&](PartyRole role) {
    const AgreedParty* party = terms.party(role);
    return party && party->log == keys.log;
  };
  switch (keys.role) {
    case NodeRole::notifier: return is(PartyRole::notifier) ? std::optional(PartIn{keys.role, 0}) : std::nullopt;
    case NodeRole::institution: return is(PartyRole::institution) ? std::optional(PartIn{keys.role, 0}) : std::nullopt;
    case NodeRole::oversight: return is(PartyRole::oversight) ? std::optional(PartIn{keys.role, 0}) : std::nullopt;
    case NodeRole::relay:
      for (std::size_t i = 0; i < terms.relays.size(); ++i)
        if (terms.relays[i].log == keys.log) return PartIn{keys.role, i};
      return std::nullopt;
  }
  __builtin_unreachable();
}

Result<std::vector<RecordId>> read_accepted(Disk& disk, const std::string& directory) {
  const std::string path = accepted_path(directory);
  SCRUTINEER_TRY(bool there, disk.exists(path));
  if (!there) return std::vector<RecordId>();
  SCRUTINEER_TRY(Bytes text, read_file(disk, path, kNodeFileBytes));
  std::vector<RecordId> ids;
  std::size_t number = 0;
  for (std::string_view rest = text; !rest.empty();) {
    ++number;
    const std::size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
    if (line.empty() || line.front() == '#') continue;
    auto hash = hash_from_hex(line);
    if (!hash)
      return fail(ErrorCode::malformed, "expected the record id of an agreement (64 hex digits)",
                  path + ":" + std::to_string(number));
    ids.push_back(RecordId{*hash});
  }
  return ids;
}

Status add_accepted(Disk& disk, const std::string& directory, const RecordId& agreement) {
  SCRUTINEER_TRY(std::vector<RecordId> ids, read_accepted(disk, directory));
  if (std::find(ids.begin(), ids.end(), agreement) != ids.end()) return {};
  const std::string path = accepted_path(directory);
  Bytes text;
  SCRUTINEER_TRY(bool there, disk.exists(path));
  if (there) {
    SCRUTINEER_TRY(text, read_file(disk, path, kNodeFileBytes));
  }
  if (!text.empty() && text.back() != '\n') text.push_back('\n');
  text += to_hex(agreement) + "\n";
  if (text.size() > kNodeFileBytes) return fail(ErrorCode::limit_exceeded, "too many agreements", path);
  return write_file(disk, path, text, Durability::durable);
}

}  // namespace scrutineer

#include "app/log/layout.h"

#include "core/base/limits.h"

namespace scrutineer {
namespace {
constexpr std::string_view kFormat = "scrutineer/store/1\n";
}

Bytes store_text(const VerifierKey& key) {
  return std::string(kFormat) + to_string(key) + "\n";
}

Result<VerifierKey> read_store(Disk& disk, const Layout& layout) {
  SCRUTINEER_TRY(Bytes text, read_file(disk, layout.store(), limits::kKeyFileBytes));
  std::string_view rest = text;
  if (!rest.starts_with(kFormat) || !rest.ends_with('\n'))
    return fail(ErrorCode::unsupported, "not a log store of this version", layout.store());
  rest = rest.substr(kFormat.size(), rest.size() - kFormat.size() - 1);
  auto key = parse_vkey(rest);
  if (!key) return fail(ErrorCode::corrupt, "the log's key is damaged: " + key.error().message, layout.store());
  if (key->key.type != KeyType::ed25519)
    return fail(ErrorCode::corrupt, "the log's key is not Ed25519", layout.store());
  return std::move(*key);
}

Bytes encode(const Head& head) {
  Bytes out;
  append_be64(out, head.size);
  append_be64(out, head.bytes);
  return out += head.root.view();
}

std::optional<Head> decode_head(BytesView payload) {
  if (payload.size() != 48) return std::nullopt;
  return Head{read_be64(payload.data()), read_be64(payload.data() + 8), NodeHash{*hash_from_bytes(payload.substr(16))}};
}

Bytes encode(const Mark& mark) {
  Bytes out;
  append_be64(out, mark.bytes);
  append_be64(out, mark.frontier.size());
  for (const NodeHash& hash : mark.frontier.hashes()) out += hash.view();
  return out;
}

std::optional<Mark> decode_mark(BytesView payload) {
  if (payload.size() < 16) return std::nullopt;
  std::uint64_t bytes = read_be64(payload.data());
  std::uint64_t size = read_be64(payload.data() + 8);
  payload.remove_prefix(16);
  if (payload.size() != static_cast<std::size_t>(std::popcount(size)) * kHashBytes) return std::nullopt;
  std::vector<NodeHash> hashes;
  for (; !payload.empty(); payload.remove_prefix(kHashBytes))
    hashes.push_back(NodeHash{*hash_from_bytes(payload.substr(0, kHashBytes))});
  return Mark{bytes, Frontier(size, std::move(hashes))};
}

}  // namespace scrutineer

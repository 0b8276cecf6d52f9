#include "app/log/slots.h"

#include "core/base/check.h"
#include "core/crypto/hash.h"

namespace scrutineer {
namespace {

constexpr BytesView kMagic = "slot.v1\n";
constexpr std::size_t kHeader = 8 + 8 + 4;
static_assert(kSlotPayload == kSlotBytes - kHeader - 32);

Bytes encode(const SlotFile::Value& value) {
  Bytes slot(kMagic);
  append_be64(slot, value.sequence);
  append_be32(slot, static_cast<std::uint32_t>(value.payload.size()));
  slot += Sha256().update(slot).update(value.payload).finish().view();
  slot += value.payload;
  slot.resize(kSlotBytes, '\0');
  return slot;
}

std::optional<SlotFile::Value> decode(BytesView slot) {
  if (slot.size() != kSlotBytes || !slot.starts_with(kMagic)) return std::nullopt;
  std::size_t length = read_be32(slot.data() + 16);
  if (length > kSlotPayload) return std::nullopt;
  BytesView payload = slot.substr(kHeader + 32, length);
  if (Sha256().update(slot.substr(0, kHeader)).update(payload).finish().view() != slot.substr(kHeader, 32))
    return std::nullopt;
  return SlotFile::Value{read_be64(slot.data() + 8), Bytes(payload)};
}

}  // namespace

Result<SlotFile> SlotFile::open(Disk& disk, const std::string& path, OpenMode mode) {
  SCRUTINEER_TRY(auto file, disk.open(path, mode));
  return SlotFile(std::move(file), path);
}

Result<std::optional<SlotFile::Value>> SlotFile::read() const {
  Bytes bytes(2 * kSlotBytes, '\0');
  SCRUTINEER_TRY(std::size_t got, file_->read_at(0, bytes.data(), bytes.size()));
  bytes.resize(got);
  std::optional<Value> newest;
  for (std::size_t at : {std::size_t{0}, kSlotBytes}) {
    auto value = at < got ? decode(BytesView(bytes).substr(at, kSlotBytes)) : std::nullopt;
    if (value && (!newest || value->sequence > newest->sequence)) newest = std::move(value);
  }
  // The first write goes to the second slot. Where the first one was never written, that write never ended.
  if (!newest && bytes.find_first_not_of('\0') >= kSlotBytes) return std::nullopt;
  if (!newest) return fail(ErrorCode::corrupt, "neither of its two copies is good", path_);
  return newest;
}

Status SlotFile::write(std::uint64_t expected, BytesView payload, Durability durability) {
  check(payload.size() <= kSlotPayload, "a slot's payload fits it");
  SCRUTINEER_TRY(auto newest, read());
  if ((newest ? newest->sequence : 0) != expected)
    return fail(ErrorCode::conflict, "somebody else has written here", path_);
  Value next{expected + 1, Bytes(payload)};
  SCRUTINEER_CHECKED(file_->write_at(next.sequence % 2 * kSlotBytes, encode(next)));
  if (durability == Durability::durable) SCRUTINEER_CHECKED(file_->sync());
  return {};
}

Status SlotFile::clear() {
  SCRUTINEER_CHECKED(file_->truncate(0));
  return file_->sync();
}

}  // namespace scrutineer

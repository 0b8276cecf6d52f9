#include "app/log/second_copy.h"

namespace scrutineer {

Result<SecondCopy> SecondCopy::open(Disk& disk, const std::string& path, OpenMode mode) {
  SCRUTINEER_TRY(SlotFile slots, SlotFile::open(disk, path, mode));
  SecondCopy copy(std::move(slots));
  SCRUTINEER_TRY(auto value, copy.slots_.read());
  if (value) copy.sequence_ = value->sequence;
  return copy;
}

Result<std::optional<SignedCheckpoint>> SecondCopy::read(const VerifierKey& key) {
  SCRUTINEER_TRY(auto value, slots_.read());
  if (!value) return std::nullopt;
  SCRUTINEER_TRY(SignedCheckpoint checkpoint, verify_checkpoint(value->payload, key));
  return checkpoint;
}

Status SecondCopy::write(BytesView note) {
  SCRUTINEER_CHECKED(slots_.write(sequence_, note, Durability::durable));
  ++sequence_;
  return {};
}

}  // namespace scrutineer

#include "app/log/published.h"

#include <algorithm>

#include "app/log/frame.h"
#include "core/base/limits.h"

namespace scrutineer {
namespace {

constexpr std::size_t kMarkBytes = 16;

// The frame at `offset`, into `buffer`.
Result<Frame> read_frame(File& file, std::uint64_t offset, Bytes& buffer) {
  buffer.resize(kLargestFrame);
  SCRUTINEER_TRY(std::size_t got, file.read_at(offset, buffer.data(), buffer.size()));
  buffer.resize(got);
  SCRUTINEER_TRY(Frame frame, parse_frame(buffer));
  if (frame.kind != FrameKind::checkpoint) return fail(ErrorCode::corrupt, "not a published checkpoint");
  return frame;
}

Result<std::uint64_t> marked_bytes(const SlotFile& mark, std::uint64_t& sequence) {
  SCRUTINEER_TRY(auto value, mark.read());
  if (!value) return std::uint64_t{0};
  if (value->payload.size() != kMarkBytes) return fail(ErrorCode::corrupt, "the mark of `published` makes no sense");
  sequence = value->sequence;
  return read_be64(value->payload.data());
}

}  // namespace

Status PublishedReader::refresh() const {
  SCRUTINEER_TRY(SlotFile mark, SlotFile::open(disk_, layout_.published_mark(), OpenMode::read));
  std::uint64_t sequence = 0;
  SCRUTINEER_TRY(std::uint64_t bytes, marked_bytes(mark, sequence));
  if (bytes <= read_) return {};
  SCRUTINEER_TRY(auto file, disk_.open(layout_.published(), OpenMode::read));
  Bytes buffer;
  while (read_ < bytes) {
    auto frame = read_frame(*file, read_, buffer);
    if (!frame) return tl::unexpected(placed(std::move(frame).error(), layout_.published()));
    auto checkpoint = parse_checkpoint(frame->payload);
    if (!checkpoint) return fail(ErrorCode::corrupt, "a published checkpoint does not parse", layout_.published());
    places_.push_back({checkpoint->checkpoint.size, read_});
    read_ += frame->size();
  }
  return {};
}

Result<Bytes> PublishedReader::note_at(const Place& place) const {
  SCRUTINEER_TRY(auto file, disk_.open(layout_.published(), OpenMode::read));
  Bytes buffer;
  SCRUTINEER_TRY(Frame frame, read_frame(*file, place.offset, buffer));
  return Bytes(frame.payload);
}

Result<std::vector<std::uint64_t>> PublishedReader::sizes() const {
  std::lock_guard lock(mutex_);
  SCRUTINEER_CHECKED(refresh());
  std::vector<std::uint64_t> sizes;
  for (const Place& place : places_) sizes.push_back(place.size);
  return sizes;
}

Result<std::optional<Bytes>> PublishedReader::first_covering(std::uint64_t index) const {
  std::lock_guard lock(mutex_);
  SCRUTINEER_CHECKED(refresh());
  auto place = std::upper_bound(places_.begin(), places_.end(), index,
                                [](std::uint64_t i, const Place& p) { return i < p.size; });
  if (place == places_.end()) return std::nullopt;
  SCRUTINEER_TRY(Bytes note, note_at(*place));
  return note;
}

Result<std::optional<Bytes>> PublishedReader::last() const {
  std::lock_guard lock(mutex_);
  SCRUTINEER_CHECKED(refresh());
  if (places_.empty()) return std::nullopt;
  SCRUTINEER_TRY(Bytes note, note_at(places_.back()));
  return note;
}

Result<PublishedWriter> PublishedWriter::open(Disk& disk, const Layout& layout, const VerifierKey& key, OpenMode mode) {
  SCRUTINEER_TRY(auto file, disk.open(layout.published(), mode));
  SCRUTINEER_TRY(SlotFile mark, SlotFile::open(disk, layout.published_mark(), mode));
  PublishedWriter writer(std::move(file), std::move(mark));
  SCRUTINEER_TRY(std::uint64_t marked, marked_bytes(writer.mark_, writer.sequence_));
  SCRUTINEER_TRY(std::uint64_t length, writer.file_->size());
  Bytes buffer;
  while (writer.bytes_ < length) {
    auto frame = read_frame(*writer.file_, writer.bytes_, buffer);
    if (!frame && frame.error().code != ErrorCode::corrupt) return tl::unexpected(frame.error());
    auto checkpoint =
        frame ? verify_checkpoint(frame->payload, key) : Result<SignedCheckpoint>(tl::unexpected(frame.error()));
    if (!checkpoint || (writer.count_ > 0 && checkpoint->checkpoint.size <= writer.last_size_)) break;
    writer.last_size_ = checkpoint->checkpoint.size;
    writer.bytes_ += frame->size();
    ++writer.count_;
  }
  // What the mark covers was durable. Beyond it a whole signed checkpoint counts, and the rest was never acknowledged.
  if (writer.bytes_ < marked)
    return fail(ErrorCode::corrupt, "published checkpoint number " + std::to_string(writer.count_ + 1) + " is damaged",
                layout.published());
  if (length > writer.bytes_) SCRUTINEER_CHECKED(writer.file_->truncate(writer.bytes_));
  if (writer.bytes_ > marked) {
    SCRUTINEER_CHECKED(writer.file_->sync());
    SCRUTINEER_CHECKED(writer.write_mark());
  }
  return writer;
}

Status PublishedWriter::write_mark() {
  Bytes payload;
  append_be64(payload, bytes_);
  append_be64(payload, count_);
  SCRUTINEER_CHECKED(mark_.write(sequence_, payload, Durability::durable));
  ++sequence_;
  return {};
}

Status PublishedWriter::append(std::uint64_t size, BytesView note) {
  if (note.size() > limits::kEntryBytes)
    return fail(ErrorCode::limit_exceeded, "a published checkpoint has at most 64 KiB");
  if (count_ == limits::kPublishedCheckpoints)
    return fail(ErrorCode::limit_exceeded, "a store lists at most 4,000,000 published checkpoints");
  Bytes frame;
  append_frame(frame, FrameKind::checkpoint, leaf_hash(note), note);
  SCRUTINEER_CHECKED(file_->write_at(bytes_, frame));
  SCRUTINEER_CHECKED(file_->sync());
  bytes_ += frame.size();
  ++count_;
  last_size_ = size;
  return write_mark();
}

}  // namespace scrutineer

#include "core/notice/envelope.h"

#include "core/base/limits.h"
#include "core/notice/payload.h"

namespace scrutineer {
namespace {

constexpr std::string_view kFirstLine = "scrutineer/envelope/1\n";

// The two counts: "<records> <blobs>" LF.
struct Counts {
  std::size_t records = 0, blobs = 0;
};
Result<Counts> read_counts(BytesView& rest) {
  const std::size_t end = rest.substr(0, 32).find('\n');
  const std::size_t space = end == rest.npos ? rest.npos : rest.substr(0, end).find(' ');
  if (space == rest.npos) return fail(ErrorCode::malformed, "an envelope states how much is in it", "line 2");
  const auto records = parse_decimal(rest.substr(0, space));
  const auto blobs = parse_decimal(rest.substr(space + 1, end - space - 1));
  if (!records || !blobs) return fail(ErrorCode::malformed, "an envelope states how much is in it", "line 2");
  if (*records > kEnvelopeRecords || *blobs > kEnvelopeBlobs)
    return fail(ErrorCode::limit_exceeded, "an envelope holds at most 4096 records and as many sealed contents");
  rest.remove_prefix(end + 1);
  return Counts{*records, *blobs};
}

Status read_pieces(BytesView& rest, std::size_t count, std::size_t limit, std::vector<Bytes>& into) {
  for (std::size_t i = 0; i < count; ++i) {
    if (rest.size() < 4) return fail(ErrorCode::malformed, "the envelope is cut short");
    const std::size_t size = read_be32(rest.data());
    if (size > limit) return fail(ErrorCode::limit_exceeded, "a piece of the envelope is larger than any may be");
    if (rest.size() - 4 < size) return fail(ErrorCode::malformed, "the envelope is cut short");
    into.emplace_back(rest.substr(4, size));
    rest.remove_prefix(4 + size);
  }
  return {};
}

}  // namespace

Result<Bytes> write_envelope(std::span<const Bytes> records, std::span<const Bytes> blobs) {
  if (records.size() > kEnvelopeRecords || blobs.size() > kEnvelopeBlobs)
    return fail(ErrorCode::limit_exceeded, "this is too much for one envelope: send several");
  Bytes out(kFirstLine);
  out.append(std::to_string(records.size())).append(" ").append(std::to_string(blobs.size())).append("\n");
  for (std::span<const Bytes> pieces : {records, blobs})
    for (const Bytes& piece : pieces) {
      if (out.size() + piece.size() + 4 > kEnvelopeBytes)
        return fail(ErrorCode::limit_exceeded, "this is too much for one envelope: send several");
      append_be32(out, static_cast<std::uint32_t>(piece.size()));
      out.append(piece);
    }
  return out;
}

Result<Envelope> read_envelope(BytesView bytes) {
  if (bytes.size() > kEnvelopeBytes) return fail(ErrorCode::limit_exceeded, "an envelope has at most 24 MiB");
  if (!bytes.starts_with(kFirstLine)) {
    if (bytes.starts_with("scrutineer/envelope/"))
      return fail(ErrorCode::unsupported, "this envelope is of a version that this program does not know", "line 1");
    return fail(ErrorCode::malformed, "this is no envelope", "line 1");
  }
  bytes.remove_prefix(kFirstLine.size());
  SCRUTINEER_TRY(Counts counts, read_counts(bytes));
  Envelope envelope;
  SCRUTINEER_CHECKED(read_pieces(bytes, counts.records, limits::kEntryBytes, envelope.records));
  SCRUTINEER_CHECKED(read_pieces(bytes, counts.blobs, kSealedBytes, envelope.blobs));
  if (!bytes.empty()) return fail(ErrorCode::malformed, "something stands behind the end of the envelope");
  return envelope;
}

}  // namespace scrutineer

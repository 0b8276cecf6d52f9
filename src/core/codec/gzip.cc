#include "core/codec/gzip.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>
#include <zlib.h>

#include "core/base/check.h"

namespace scrutineer {
namespace {

constexpr int kGzipOnly = 15 + 16;  // the largest window; a gzip header, not a zlib one
constexpr std::size_t kMaxStep = std::numeric_limits<uInt>::max();

Bytef* raw(const char* p) {
  return reinterpret_cast<Bytef*>(const_cast<char*>(p));  // zlib's next_in is not const and not written to
}

class Inflater {
 public:
  Inflater() { check(inflateInit2(&stream_, kGzipOnly) == Z_OK, "zlib did not start"); }
  ~Inflater() { inflateEnd(&stream_); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  z_stream* operator->() { return &stream_; }
  int step() { return inflate(&stream_, Z_NO_FLUSH); }
  void next_member() { check(inflateReset(&stream_) == Z_OK, "zlib did not restart"); }

 private:
  z_stream stream_{};
};

}  // namespace

bool is_gzip(BytesView bytes) {
  return bytes.starts_with("\x1f\x8b");
}

Result<Bytes> gunzip(BytesView bytes, std::size_t limit) {
  if (!is_gzip(bytes)) return fail(ErrorCode::malformed, "this is not gzip");
  Inflater inflater;
  Bytes out;
  std::size_t used = 0;
  std::size_t read = 0;
  for (;;) {
    // Room for one byte more than the limit, so that reaching it and passing it are told apart.
    if (used == out.size()) out.resize(std::min(limit + 1, std::max<std::size_t>(used * 2, 64u << 10)));
    std::size_t given = std::min(bytes.size() - read, kMaxStep);
    std::size_t room = std::min(out.size() - used, kMaxStep);
    inflater->next_in = raw(bytes.data() + read);
    inflater->avail_in = static_cast<uInt>(given);
    inflater->next_out = raw(out.data() + used);
    inflater->avail_out = static_cast<uInt>(room);
    int code = inflater.step();
    read += given - inflater->avail_in;
    used += room - inflater->avail_out;
    if (used > limit) return fail(ErrorCode::limit_exceeded, fmt::format("more than {} bytes come out of this", limit));
    if (code == Z_STREAM_END) {
      if (read == bytes.size()) break;
      if (!is_gzip(bytes.substr(read)))
        return fail(ErrorCode::malformed, "something stands behind the end of this gzip");
      inflater.next_member();
    } else if (code == Z_OK || (code == Z_BUF_ERROR && inflater->avail_out == 0)) {
      if (read == bytes.size() && inflater->avail_out != 0) return fail(ErrorCode::malformed, "this gzip is cut short");
    } else {
      return fail(ErrorCode::malformed,
                  code == Z_BUF_ERROR ? "this gzip is cut short" : "this gzip is damaged (its checksum or its codes)");
    }
  }
  out.resize(used);
  return out;
}

Bytes gzip(BytesView bytes) {
  constexpr int kLevel = 6;
  constexpr int kMemory = 8;
  z_stream stream{};
  check(deflateInit2(&stream, kLevel, Z_DEFLATED, kGzipOnly, kMemory, Z_DEFAULT_STRATEGY) == Z_OK,
        "zlib did not start");
  Bytes out(deflateBound(&stream, bytes.size()), '\0');
  check(bytes.size() <= kMaxStep && out.size() <= kMaxStep, "gzip: more than 4 GiB at once");
  stream.next_in = raw(bytes.data());
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = raw(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  check(deflate(&stream, Z_FINISH) == Z_STREAM_END, "zlib broke its own bound");
  out.resize(out.size() - stream.avail_out);
  deflateEnd(&stream);
  return out;
}

}  // namespace scrutineer

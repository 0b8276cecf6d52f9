#include "core/codec/expand.h"

#include <algorithm>
#include <limits>

#include <zlib.h>
#include <zstd.h>

#include "core/base/check.h"

namespace scrutineer {
namespace {

constexpr int kGzipOnly = 15 + 16;  // the largest window; a gzip header, not a zlib one
constexpr int kWindowLog = 27;      // 128 MiB: what zstd itself takes without being asked
constexpr std::size_t kOut = 256u << 10;
constexpr std::size_t kMaxStep = std::numeric_limits<uInt>::max();

class Gunzip final : public Expander {
 public:
  Gunzip() : out_(kOut, '\0') { check(inflateInit2(&stream_, kGzipOnly) == Z_OK, "zlib did not start"); }
  ~Gunzip() override { inflateEnd(&stream_); }
  Gunzip(const Gunzip&) = delete;
  Gunzip& operator=(const Gunzip&) = delete;

  Status feed(BytesView bytes, const Sink& sink) override {
    bool more = false;  // to come out of what has gone in
    while (!bytes.empty() || more) {
      if (done_ && !bytes.empty()) {
        check(inflateReset(&stream_) == Z_OK, "zlib did not restart");
        done_ = false;
      }
      const std::size_t given = std::min(bytes.size(), kMaxStep);
      stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // not written to
      stream_.avail_in = static_cast<uInt>(given);
      stream_.next_out = reinterpret_cast<Bytef*>(out_.data());
      stream_.avail_out = static_cast<uInt>(out_.size());
      const int code = inflate(&stream_, Z_NO_FLUSH);
      bytes.remove_prefix(given - stream_.avail_in);
      if (std::size_t size = out_.size() - stream_.avail_out; size > 0)
        SCRUTINEER_CHECKED(sink(BytesView(out_).substr(0, size)));
      done_ = code == Z_STREAM_END;
      more = !done_ && stream_.avail_out == 0;
      if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR)
        return fail(ErrorCode::malformed, "this gzip is damaged, or something else stands behind its end");
    }
    return {};
  }
  Status finish() override {
    if (!done_) return fail(ErrorCode::malformed, "this gzip is cut short");
    return {};
  }

 private:
  z_stream stream_{};
  Bytes out_;
  bool done_ = false;
};

struct Free {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

class Unzstd final : public Expander {
 public:
  Unzstd() : context_(ZSTD_createDCtx()), out_(kOut, '\0') {
    check(context_ != nullptr, "zstd did not start");
    ZSTD_DCtx_setParameter(context_.get(), ZSTD_d_windowLogMax, kWindowLog);
  }
  Status feed(BytesView bytes, const Sink& sink) override {
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    bool more = false;
    while (in.pos < in.size || more) {
      ZSTD_outBuffer step{out_.data(), out_.size(), 0};
      wanted_ = ZSTD_decompressStream(context_.get(), &step, &in);
      if (ZSTD_isError(wanted_))
        return fail(ErrorCode::malformed, "this zstd is damaged, or it asks for a window above 128 MiB");
      if (step.pos > 0) SCRUTINEER_CHECKED(sink(BytesView(out_).substr(0, step.pos)));
      more = step.pos == step.size && wanted_ != 0;
    }
    return {};
  }
  Status finish() override {
    if (wanted_ != 0) return fail(ErrorCode::malformed, "this zstd is cut short");
    return {};
  }

 private:
  std::unique_ptr<ZSTD_DCtx, Free> context_;
  Bytes out_;
  std::size_t wanted_ = 1;  // 0: a frame is complete
};

}  // namespace

std::unique_ptr<Expander> new_gunzip() {
  return std::make_unique<Gunzip>();
}
std::unique_ptr<Expander> new_unzstd() {
  return std::make_unique<Unzstd>();
}

}  // namespace scrutineer

#include "core/codec/zstd.h"

#include <algorithm>
#include <memory>

#include <fmt/format.h>
#include <zstd.h>
#include <zstd_errors.h>

#include "core/base/check.h"

namespace scrutineer {
namespace {

constexpr int kWindowLog = 27;  // 128 MiB: what zstd itself takes without being asked

struct Free {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

}  // namespace

Bytes zstd_compress(BytesView bytes, int level) {
  std::unique_ptr<ZSTD_CCtx, Free> context(ZSTD_createCCtx());
  check(context != nullptr, "zstd did not start");
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, level);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
  Bytes out(ZSTD_compressBound(bytes.size()), '\0');
  std::size_t size = ZSTD_compress2(context.get(), out.data(), out.size(), bytes.data(), bytes.size());
  check(!ZSTD_isError(size), "zstd broke its own bound");
  out.resize(size);
  return out;
}

Result<Bytes> zstd_decompress(BytesView bytes, std::size_t limit) {
  std::unique_ptr<ZSTD_DCtx, Free> context(ZSTD_createDCtx());
  check(context != nullptr, "zstd did not start");
  ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, kWindowLog);
  ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
  Bytes out;
  std::size_t used = 0;
  std::size_t wanted = 1;  // 0: a frame is complete
  while (in.pos < in.size || wanted != 0) {
    // Room for one byte more than the limit, so that reaching it and passing it are told apart.
    if (used == out.size()) out.resize(std::min(limit + 1, std::max<std::size_t>(used * 2, 64u << 10)));
    ZSTD_outBuffer step{out.data(), out.size(), used};
    std::size_t read = in.pos;
    wanted = ZSTD_decompressStream(context.get(), &step, &in);
    if (ZSTD_isError(wanted)) {
      if (ZSTD_getErrorCode(wanted) == ZSTD_error_frameParameter_windowTooLarge)
        return fail(ErrorCode::limit_exceeded, "this zstd frame asks for a window above 128 MiB");
      return fail(ErrorCode::malformed, "this is not zstd, or it is damaged");
    }
    bool stuck = step.pos == used && in.pos == read;
    used = step.pos;
    if (used > limit) return fail(ErrorCode::limit_exceeded, fmt::format("more than {} bytes come out of this", limit));
    if (stuck && wanted != 0) return fail(ErrorCode::malformed, "this zstd is cut short");
  }
  out.resize(used);
  return out;
}

}  // namespace scrutineer

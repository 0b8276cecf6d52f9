// libjpeg-turbo's own interface: the grey channel alone is unpacked, colours cost nothing.
#include <turbojpeg.h>

#include <memory>

#include "app/scan/picture.h"

namespace scrutineer {
namespace {

struct Destroy {
  void operator()(void* handle) const { tjDestroy(handle); }
};

}  // namespace

Result<GreyPage> decode_jpeg(BytesView bytes) {
  const std::unique_ptr<void, Destroy> handle(tjInitDecompress());
  if (!handle) return fail(ErrorCode::io_error, "the JPEG library does not start");
  const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
  int width = 0, height = 0, sampling = 0, colours = 0;
  if (tjDecompressHeader3(handle.get(), data, bytes.size(), &width, &height, &sampling, &colours) != 0)
    return fail(ErrorCode::malformed, "this JPEG picture is damaged or cut off");
  if (width <= 0 || height <= 0) return fail(ErrorCode::malformed, "this picture has no pixels");
  SCRUTINEER_CHECKED(check_picture_size(static_cast<std::uint64_t>(width), static_cast<std::uint64_t>(height)));
  if (colours != TJCS_GRAY && colours != TJCS_YCbCr && colours != TJCS_RGB)
    return fail(ErrorCode::unsupported, "this JPEG picture is made for printing (CMYK): scan it in grey");
  GreyPage page(width, height);
  // A warning is a picture that ends early, or damaged data: half a picture is none.
  // TJFLAG_LIMITSCANS: a progressive picture may not take minutes.
  constexpr int kFlags = TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS | TJFLAG_ACCURATEDCT;
  if (tjDecompress2(handle.get(), data, bytes.size(), page.row(0), width, width, height, TJPF_GRAY, kFlags) != 0)
    return fail(ErrorCode::malformed, "this JPEG picture is damaged or cut off");
  return page;
}

}  // namespace scrutineer

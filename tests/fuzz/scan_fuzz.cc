// Bytes of a scanner or of an attacker: decoded or refused, read or rejected, and never more memory than the limits
// say.
#include <cstddef>
#include <cstdint>

#include "app/scan/picture.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const scrutineer::BytesView bytes(reinterpret_cast<const char*>(data), size);
  (void)scrutineer::pnm_size(bytes);
  if (const auto page = scrutineer::decode_picture(bytes))
    scrutineer::check(!page->empty(), "a decoded picture has pixels");
  return 0;
}

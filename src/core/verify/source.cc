#include "core/verify/source.h"

namespace scrutineer {

Result<BytesView> BundleSource::read_stated(const std::string& path, std::size_t size, Bytes& buffer) {
  SCRUTINEER_TRY(buffer, read(path, size + 1));
  return BytesView(buffer);
}

}  // namespace scrutineer

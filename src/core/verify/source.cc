#include "core/verify/source.h"

#include "core/base/limits.h"

namespace scrutineer {

Result<BytesView> BundleSource::read_stated(const std::string& path, std::size_t size, Bytes& buffer) {
  SCRUTINEER_TRY(buffer, read(path, size + 1));
  return BytesView(buffer);
}

Result<TrustFiles> read_trust_directory(Disk& disk, const std::string& directory) {
  TrustFiles files;
  for (auto [name, file] :
       {std::pair{"policy", &files.policy}, std::pair{"roots", &files.roots}, std::pair{"election", &files.election}}) {
    SCRUTINEER_TRY(*file, read_file(disk, directory + "/" + name, limits::kTrustFileBytes));
  }
  return files;
}

}  // namespace scrutineer

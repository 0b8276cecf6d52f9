// A bundle in a directory.
#pragma once

#include "core/base/disk.h"
#include "core/verify/source.h"

namespace scrutineer {

class DirectorySource final : public BundleSource {
 public:
  DirectorySource(Disk& disk, std::string directory) : disk_(disk), directory_(std::move(directory)) {}
  Result<std::vector<std::string>> list() override;
  Result<Bytes> read(const std::string& path, std::size_t limit) override;
  Result<BytesView> read_stated(const std::string& path, std::size_t size, Bytes& buffer) override;

 private:
  Status list_below(const std::string& prefix, std::vector<std::string>& files, std::size_t depth);
  Disk& disk_;
  std::string directory_;
};

// The trust directory, and the checkpoints seen before by their paths.
Result<TrustFiles> read_trust(Disk& disk, const std::string& directory, const std::vector<std::string>& seen);

}  // namespace scrutineer

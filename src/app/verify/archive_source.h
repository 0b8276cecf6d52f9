// A bundle in one file: bundle.tar.zst, or a plain tar.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "core/base/disk.h"
#include "core/verify/source.h"

namespace scrutineer {

inline constexpr std::size_t kArchiveBytes = std::size_t{4} << 30;  // of the file, and of what comes out of it

// Keeps all of it in memory.
class ArchiveSource final : public BundleSource {
 public:
  // Errors: those of zstd_decompress and read_tar; malformed (files that are not below one folder); limit_exceeded.
  static Result<std::unique_ptr<ArchiveSource>> open(Disk& disk, const std::string& path);
  Result<std::vector<std::string>> list() override;
  Result<Bytes> read(const std::string& path, std::size_t limit) override;
  Result<BytesView> read_stated(const std::string& path, std::size_t size, Bytes& buffer) override;

 private:
  Bytes tar_;
  std::map<std::string, BytesView> files_;
};

// By its name: DIR, FILE.tar or FILE.tar.zst.
Result<std::unique_ptr<BundleSource>> open_bundle(Disk& disk, const std::string& path);

}  // namespace scrutineer

#include "app/disk/posix_error.h"

#include <cerrno>
#include <system_error>

namespace scrutineer {
namespace {

ErrorCode code_of(int number) {
  switch (number) {
    case ENOENT:
    case ENOTDIR: return ErrorCode::not_found;
    case ENOSPC:
    case EDQUOT: return ErrorCode::disk_full;
    case EFBIG: return ErrorCode::limit_exceeded;
    case EEXIST:
    case ENOTEMPTY: return ErrorCode::conflict;
    default: return ErrorCode::io_error;
  }
}

}  // namespace

Error posix_error(int number, const char* what, const std::string& path) {
  std::string reason = std::error_code(number, std::generic_category()).message();
  return Error{code_of(number), std::string("cannot ") + what + ": " + reason, path};
}

}  // namespace scrutineer

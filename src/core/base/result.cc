#include "core/base/result.h"

namespace scrutineer {

std::string_view error_code_name(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid_argument: return "invalid_argument";
    case ErrorCode::malformed: return "malformed";
    case ErrorCode::unsupported: return "unsupported";
    case ErrorCode::limit_exceeded: return "limit_exceeded";
    case ErrorCode::not_found: return "not_found";
    case ErrorCode::conflict: return "conflict";
    case ErrorCode::unauthorised: return "unauthorised";
    case ErrorCode::bad_signature: return "bad_signature";
    case ErrorCode::io_error: return "io_error";
    case ErrorCode::disk_full: return "disk_full";
    case ErrorCode::corrupt: return "corrupt";
    case ErrorCode::overflow: return "overflow";
    case ErrorCode::busy: return "busy";
    case ErrorCode::stale: return "stale";
  }
  __builtin_unreachable();
}

std::string to_string(const Error& error) {
  return error.where.empty() ? error.message : error.where + ": " + error.message;
}

Error placed(Error error, std::string_view where) {
  error.where = error.where.empty() ? std::string(where) : std::string(where) + ": " + error.where;
  return error;
}

}  // namespace scrutineer

// Result<T>: a value, or an Error that says what is wrong, to a person, and where.
// Every way to fail that a caller can meet is a value; a broken invariant aborts (see check.h).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <tl/expected.hpp>

namespace scrutineer {

// The closed set of reasons. Tests and scripts compare codes; people read the message.
enum class ErrorCode : std::uint8_t {
  invalid_argument,  // the caller asked for something that makes no sense
  malformed,         // the bytes do not follow their grammar
  unsupported,       // well-formed, but of a version or kind that this program does not know
  limit_exceeded,    // a named limit of limits.h was passed
  not_found,
  conflict,       // contradicts what is already there
  unauthorised,   // no valid signature by someone who may say this
  bad_signature,  // a known key, and a signature that does not verify
  io_error,       // the disk or the network said no
  disk_full,
  corrupt,   // stored bytes are not what was written
  overflow,  // arithmetic would leave the exact range
  busy,      // somebody else holds it
  stale,     // older than what is already known: signing on would fork the log
};

// The code's stable name, as machine output and tests spell it ("malformed", "limit_exceeded", ...).
std::string_view error_code_name(ErrorCode code);

struct Error {
  ErrorCode code;
  std::string message;  // one sentence for the person; says what to do where it can
  std::string where;    // file:line:column, record id, path, ...; may be empty
};

// "where: message" (or just the message).
std::string to_string(const Error& error);

template <class T>
using Result = tl::expected<T, Error>;

using Status = Result<void>;

inline tl::unexpected<Error> fail(ErrorCode code, std::string message, std::string where = {}) {
  return tl::unexpected<Error>(Error{code, std::move(message), std::move(where)});
}

// The same error, placed: `where` goes in front of what it already says.
Error placed(Error error, std::string_view where);

}  // namespace scrutineer

#define SCRUTINEER_CONCAT_(a, b) a##b
#define SCRUTINEER_CONCAT(a, b) SCRUTINEER_CONCAT_(a, b)

// SCRUTINEER_TRY(auto x, f());   declares x from the value, or returns the error.
#define SCRUTINEER_TRY(declaration, ...)                                                              \
  auto SCRUTINEER_CONCAT(try_, __LINE__) = (__VA_ARGS__);                                             \
  if (!SCRUTINEER_CONCAT(try_, __LINE__))                                                             \
    return tl::unexpected<::scrutineer::Error>(std::move(SCRUTINEER_CONCAT(try_, __LINE__)).error()); \
  declaration = std::move(*SCRUTINEER_CONCAT(try_, __LINE__))

// SCRUTINEER_CHECKED(f());   for Status.
#define SCRUTINEER_CHECKED(...)                                                                   \
  if (auto SCRUTINEER_CONCAT(try_, __LINE__) = (__VA_ARGS__); !SCRUTINEER_CONCAT(try_, __LINE__)) \
  return tl::unexpected<::scrutineer::Error>(std::move(SCRUTINEER_CONCAT(try_, __LINE__)).error())

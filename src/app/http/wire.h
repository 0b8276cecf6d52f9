// HTTP/1.1 on the wire (RFC 9112), pure: the head of a message, and its body as it arrives. Strict where leniency lets
// two programs read one message in two ways (request smuggling): lines end in CRLF, no folded lines, one length.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/http/message.h"

namespace scrutineer::http {

inline constexpr std::size_t kHeadBytes = 32u << 10;    // start line and fields together
inline constexpr std::size_t kTargetBytes = 8u << 10;   // of a request line
inline constexpr std::size_t kFields = 100;             // header fields; parameters of a query
inline constexpr std::size_t kChunkLineBytes = 256;     // with extensions, which are ignored
inline constexpr std::size_t kTrailerBytes = 4u << 10;  // ignored

// Refused by the server itself, before any handler: a status and a sentence.
struct Refused {
  int status;
  std::string sentence;
};
template <class T>
using Read = tl::expected<T, Refused>;

struct BodyLength {
  enum class Kind : std::uint8_t { fixed, chunked, until_close } kind = Kind::fixed;
  std::uint64_t size = 0;  // of fixed
};

struct RequestHead {
  std::string method;          // one of kMethods
  std::string path;            // decoded
  std::vector<Field> query;    // decoded
  std::vector<Field> headers;  // names in lower case
  BodyLength length;
  bool keep_alive = true;
  bool expects_continue = false;
};

struct AnswerHead {
  int status = 0;
  std::vector<Field> headers;
  BodyLength length;
  bool keep_alive = true;
};

// How many bytes the head has, its empty line included; nullopt while that has not arrived. `scanned` bytes are known
// not to hold it.
std::optional<std::size_t> head_size(BytesView bytes, std::size_t scanned = 0);

Read<RequestHead> parse_request_head(BytesView head);
// Errors: malformed. `method` is that of the request: answers to HEAD have no body.
Result<AnswerHead> parse_answer_head(BytesView head, std::string_view method);

std::string_view first_value(const std::vector<Field>& fields, std::string_view name);
bool lists_token(std::string_view comma_list, std::string_view lower_case_token);

// Takes a body apart from what follows it, however it is cut into pieces, and never holds more than its limit.
class BodyReader {
 public:
  BodyReader() : BodyReader({}, 0) {}
  BodyReader(BodyLength length, std::size_t limit);

  enum class State : std::uint8_t { more, done, malformed, too_large };
  State state() const { return state_; }
  // How many bytes at the front were taken; all of them while the state is `more`.
  std::size_t feed(BytesView bytes);
  // The other side has closed: the end of a body without a length, else malformed.
  void closed();
  Bytes take() { return std::move(body_); }

 private:
  enum class Expect : std::uint8_t { data, size_line, data_end, trailer };
  std::size_t feed_data(BytesView bytes);
  std::size_t feed_line(BytesView bytes);
  void line_complete();
  void size_line_complete();

  BodyLength length_;
  std::size_t limit_;
  State state_ = State::more;
  Expect expect_ = Expect::data;
  std::uint64_t left_ = 0;  // of the body or chunk
  std::string line_;
  std::size_t trailer_bytes_ = 0;
  Bytes body_;
};

}  // namespace scrutineer::http

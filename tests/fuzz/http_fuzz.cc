// Any bytes from a client: a head is read or refused, a body is the same however it is cut and within its limit, forms
// come apart inside their bytes.
#include <string>

#include "app/http/wire.h"
#include "tests/fuzz/fuzz.h"

using namespace scrutineer;
using namespace scrutineer::http;

namespace {

constexpr std::size_t kLimit = 64;

struct Fed {
  BodyReader::State state;
  std::size_t taken = 0;
  Bytes body;
  bool operator==(const Fed&) const = default;
};

Fed feed(BodyLength length, std::string_view bytes, std::size_t piece) {
  BodyReader reader(length, kLimit);
  std::size_t taken = 0;
  while (taken < bytes.size() && reader.state() == BodyReader::State::more)
    taken += reader.feed(bytes.substr(taken, piece));
  const BodyReader::State state = reader.state();
  return {state, state == BodyReader::State::done ? taken : 0,
          state == BodyReader::State::done ? reader.take() : Bytes()};
}

void check_head(const RequestHead& head) {
  check(head.path.starts_with('/') && is_utf8(head.path), "a path is no path");
  check(head.headers.size() <= kFields && head.query.size() <= kFields, "too many fields");
  for (const auto& [name, value] : head.headers)
    check(!name.empty() && name.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ \r\n:") == name.npos &&
              value.find_first_of("\r\n") == value.npos,
          "a header breaks its promises");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz_text(data, size);
  const auto end = head_size(text);
  const std::string_view rest = end ? text.substr(*end) : text;
  BodyLength length{BodyLength::Kind::chunked, 0};
  Request request;
  if (end) {
    if (auto head = parse_request_head(text.substr(0, *end))) {
      check_head(*head);
      length = head->length;
      request.headers = head->headers;
    }
    (void)parse_answer_head(text.substr(0, *end), "GET");
  }
  const Fed whole = feed(length, rest, rest.size() + 1), bytewise = feed(length, rest, 1),
            threes = feed(length, rest, 3);
  check(whole == bytewise && whole == threes, "a body depends on how it is cut");
  check(whole.body.size() <= kLimit, "a body is above its limit");
  request.body = rest;
  (void)request.cookie("session");
  if (const auto form = parse_form(rest)) check(form->size() <= 1000, "a form has too many fields");
  if (const auto parts = parse_multipart(request)) {
    std::size_t sum = 0;
    for (const FormPart& part : *parts) sum += part.bytes.size() + part.name.size();
    check(parts->size() <= 100 && sum <= rest.size(), "parts hold more than the body");
  }
  return 0;
}

#include "app/http/client.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "app/http/channel.h"
#include "app/http/wire.h"

namespace scrutineer::http {

namespace {

constexpr std::chrono::seconds kKeptOpen{5};  // an idle connection older than that is not used again
constexpr std::size_t kReadBytes = 64u << 10;

using Steady = std::chrono::steady_clock;

struct Address {
  bool tls = false;
  std::string host, port, authority, prefix;
};

bool plain_text(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f && c != '"' && c != '#'; });
}

// "https://name:port/prefix", "http://[::1]:8080"
std::optional<Address> parse_address(std::string_view base) {
  Address out;
  out.tls = base.starts_with("https://");
  if ((!out.tls && !base.starts_with("http://")) || !plain_text(base) || base.ends_with('/')) return std::nullopt;
  base.remove_prefix(out.tls ? 8 : 7);
  const std::size_t slash = std::min(base.find('/'), base.size());
  const std::string_view authority = base.substr(0, slash);
  out.authority = authority;
  out.prefix = base.substr(slash);
  const bool bracket = authority.starts_with('[');
  const std::size_t host_end = bracket ? authority.find(']') : std::min(authority.find(':'), authority.size());
  if (host_end == authority.npos) return std::nullopt;
  out.host = authority.substr(bracket ? 1 : 0, host_end - (bracket ? 1 : 0));
  const std::string_view rest = authority.substr(host_end + (bracket ? 1 : 0));
  out.port = rest.empty() ? (out.tls ? "443" : "80") : rest.substr(1);
  const auto port = parse_decimal(out.port);
  if (out.host.empty() || authority.find('@') != authority.npos || (!rest.empty() && rest[0] != ':') || !port ||
      *port == 0 || *port > 0xffff)
    return std::nullopt;
  return out;
}

class KeptClient final : public Client {
 public:
  KeptClient(const ClientOptions& options, Address address, std::unique_ptr<TlsTrust> trust)
      : options_(options), address_(std::move(address)), trust_(std::move(trust)) {}

  Result<ClientAnswer> get(const std::string& path, std::size_t limit) override {
    return request("GET", path, {}, {}, limit);
  }
  Result<ClientAnswer> post(const std::string& path, const std::string& type, BytesView body,
                            std::size_t limit) override {
    return request("POST", path, type, body, limit);
  }

 private:
  Result<ClientAnswer> request(std::string_view method, const std::string& path, const std::string& type,
                               BytesView body, std::size_t limit) {
    if (!path.starts_with('/') || !plain_text(path) ||
        std::any_of(type.begin(), type.end(), [](char c) { return c < 0x20; }))
      return fail(ErrorCode::invalid_argument, "this is not a path that can be asked for", path);
    const Deadline deadline = Steady::now() + options_.whole;
    SCRUTINEER_CHECKED(open(deadline));
    std::string head = fmt::format("{} {}{} HTTP/1.1\r\nHost: {}\r\nAccept-Encoding: identity\r\n", method,
                                   address_.prefix, path, address_.authority);
    for (const auto& [name, value] : options_.headers) head += fmt::format("{}: {}\r\n", name, value);
    if (method == "POST") head += fmt::format("Content-Type: {}\r\nContent-Length: {}\r\n", type, body.size());
    head += "\r\n";
    head += body;
    // A server that refuses may stop reading and answer: what it says is worth more than that it stopped.
    channel_->send(head, deadline);
    auto answer = read_answer(method, limit, deadline);
    if (!answer) channel_.reset();
    last_used_ = Steady::now();
    return answer;
  }

  Status open(Deadline deadline) {
    if (channel_ && Steady::now() - last_used_ < kKeptOpen && channel_->quiet()) return {};
    channel_.reset();
    in_.clear();
    const Deadline connected = std::min(deadline, Steady::now() + options_.connect);
    SCRUTINEER_TRY(Descriptor socket, connect_to(address_.host, address_.port, connected));
    if (!trust_) {
      channel_ = plain_channel(std::move(socket));
      return {};
    }
    SCRUTINEER_TRY(channel_, trust_->connect(std::move(socket), address_.host, connected));
    return {};
  }

  Error failed(Got what) const {
    const char* why = what == Got::nothing_yet ? "no whole answer in time" : "the connection ends before the answer";
    return Error{ErrorCode::io_error, why, address_.authority};
  }

  // More bytes in in_, or why not.
  Got read_more(Deadline deadline) {
    std::array<char, kReadBytes> buffer;
    std::size_t got = 0;
    const Got what = channel_->receive(buffer.data(), buffer.size(), got, deadline);
    in_.append(buffer.data(), got);
    return what;
  }

  Result<AnswerHead> read_head(std::string_view method, Deadline deadline) {
    while (true) {
      std::size_t scanned = 0;
      std::optional<std::size_t> size;
      while (!(size = head_size(in_, scanned))) {
        scanned = in_.size();
        if (scanned > kHeadBytes) return fail(ErrorCode::limit_exceeded, "the answer's head is too large");
        if (const Got what = read_more(deadline); what != Got::bytes) return tl::unexpected(failed(what));
      }
      SCRUTINEER_TRY(AnswerHead head, parse_answer_head(BytesView(in_).substr(0, *size), method));
      in_.erase(0, *size);
      if (head.status >= 200) return head;  // 1xx: the answer proper follows
    }
  }

  Result<ClientAnswer> read_answer(std::string_view method, std::size_t limit, Deadline deadline) {
    SCRUTINEER_TRY(AnswerHead head, read_head(method, deadline));
    BodyReader body(head.length, limit);
    while (true) {
      in_.erase(0, body.feed(in_));
      if (body.state() != BodyReader::State::more) break;
      const Got what = read_more(deadline);
      if (what == Got::end) body.closed();
      if (what == Got::end && body.state() == BodyReader::State::done) break;
      if (what != Got::bytes) return tl::unexpected(failed(what));
    }
    if (body.state() == BodyReader::State::too_large)
      return fail(ErrorCode::limit_exceeded, fmt::format("the answer has more than {} bytes", limit),
                  address_.authority);
    if (body.state() != BodyReader::State::done)
      return fail(ErrorCode::io_error, "the answer is not properly chunked", address_.authority);
    if (!head.keep_alive || !in_.empty()) channel_.reset();
    std::string type(first_value(head.headers, "content-type"));
    return ClientAnswer{head.status, std::move(type), body.take(), std::move(head.headers)};
  }

  const ClientOptions options_;
  const Address address_;
  std::unique_ptr<TlsTrust> trust_;  // nullptr: in the clear
  std::unique_ptr<Channel> channel_;
  Deadline last_used_;
  Bytes in_;
};

}  // namespace

Result<std::unique_ptr<Client>> Client::make(const ClientOptions& options) {
  auto address = parse_address(options.base);
  if (!address)
    return fail(ErrorCode::invalid_argument, "an address is http://HOST:PORT or https://HOST:PORT, no slash at its end",
                options.base);
  const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  for (const auto& [name, value] : options.headers)  // without the value: it may be a secret
    if (name.empty() || !plain_text(name) || name.find(':') != name.npos ||
        std::any_of(value.begin(), value.end(), control))
      return fail(ErrorCode::invalid_argument, "a header cannot be sent as it is", name);
  std::unique_ptr<TlsTrust> trust;
  if (address->tls) {
    SCRUTINEER_TRY(trust, TlsTrust::make(options.ca_file));
  }
  return std::make_unique<KeptClient>(options, std::move(*address), std::move(trust));
}

}  // namespace scrutineer::http

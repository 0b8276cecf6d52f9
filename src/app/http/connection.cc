#include "app/http/connection.h"

#include <arpa/inet.h>

#include <algorithm>

namespace scrutineer::http {

namespace {

// The proxy sets one address; anything else is not from the proxy.
bool is_address(const std::string& text) {
  in6_addr room;
  return inet_pton(AF_INET, text.c_str(), &room) == 1 || inet_pton(AF_INET6, text.c_str(), &room) == 1;
}

}  // namespace

Connection::Connection(Descriptor socket, std::string peer) : socket_(std::move(socket)), peer_(std::move(peer)) {
  set_deadline(kIdleTime);
}

Connection::Next Connection::refuse(int status, std::string sentence) {
  refused_ = Refused{status, std::move(sentence)};
  return Next::refuse;
}

Connection::Next Connection::advance(const ServerOptions& options, std::size_t& promised) {
  if (phase_ == Phase::idle && !in_.empty()) {
    phase_ = Phase::head;
    set_deadline(kHeadTime);
  }
  if (phase_ == Phase::head) return advance_head(options, promised);
  if (phase_ == Phase::body) return advance_body();
  return Next::read_more;
}

Connection::Next Connection::advance_head(const ServerOptions& options, std::size_t& promised) {
  const auto size = head_size(in_, scanned_);
  scanned_ = in_.size();
  if (size.value_or(in_.size()) > kHeadBytes) return refuse(431, "The request's head is too large.");
  if (!size) return Next::read_more;
  auto head = parse_request_head(BytesView(in_).substr(0, *size));
  in_.erase(0, *size);
  scanned_ = 0;
  if (!head) return refuse(head.error().status, std::move(head.error().sentence));
  head_ = std::move(*head);
  return start_body(options, promised);
}

Connection::Next Connection::start_body(const ServerOptions& options, std::size_t& promised) {
  const bool chunked = head_->length.kind == BodyLength::Kind::chunked;
  const bool has_body = chunked || head_->length.size > 0;
  const std::size_t limit = has_body && options.body_limit ? options.body_limit(head_->method, head_->path) : 0;
  body_ = BodyReader(head_->length, limit);
  if (body_.state() == BodyReader::State::too_large)
    return refuse(413, "The request's body is larger than this address takes.");
  const std::size_t wanted = chunked ? limit : static_cast<std::size_t>(head_->length.size);
  if (wanted > kBodiesBytes - std::min(promised, kBodiesBytes))
    return refuse(503, "Too much is being received at the moment. Try again.");
  promised_ = wanted;
  promised += wanted;
  phase_ = Phase::body;
  set_deadline(kBodyTime);
  // RFC 9110 section 10.1.1. Where it does not fit into the socket, the client sends without it after a while.
  if (head_->expects_continue && has_body && in_.empty()) send_now(socket_, "HTTP/1.1 100 Continue\r\n\r\n");
  return advance_body();
}

Connection::Next Connection::advance_body() {
  in_.erase(0, body_.feed(in_));
  switch (body_.state()) {
    case BodyReader::State::more: return Next::read_more;
    case BodyReader::State::done: return Next::answer;
    case BodyReader::State::malformed: return refuse(400, "The request's body is cut short or not properly chunked.");
    case BodyReader::State::too_large: return refuse(413, "The request's body is larger than this address takes.");
  }
  return Next::close;
}

Connection::Next Connection::received(BytesView bytes, const ServerOptions& options, std::size_t& promised) {
  if (phase_ == Phase::draining) {
    drained_ += bytes.size();
    return drained_ > kDrainBytes ? Next::close : Next::read_more;
  }
  in_.append(bytes);
  return advance(options, promised);
}

Connection::Next Connection::ended(const ServerOptions& options, std::size_t& promised) {
  if (phase_ == Phase::idle || phase_ == Phase::draining) return Next::close;
  if (phase_ == Phase::head) return refuse(400, "The request ends inside its head.");
  body_.closed();
  return advance(options, promised);
}

Connection::Next Connection::too_late() {
  if (phase_ == Phase::idle || phase_ == Phase::draining) return Next::close;
  return refuse(408, {});
}

Request Connection::outline() const {
  Request request;
  if (!head_) return request;
  request.method = head_->method;
  request.path = head_->path;
  return request;
}

Request Connection::take_request(const ServerOptions& options) {
  Request request = outline();
  request.query = std::move(head_->query);
  request.headers = std::move(head_->headers);
  request.body = body_.take();
  request.client = peer_;
  if (options.behind_proxy) {
    std::string address(request.header("x-forwarded-for"));
    if (is_address(address)) request.client = std::move(address);
    request.https = request.header("x-forwarded-proto") == "https";
  }
  // Believed here or nowhere: no handler shall meet them.
  std::erase_if(request.headers, [](const Field& field) {
    return field.first.starts_with("x-forwarded-") || field.first == "forwarded" || field.first == "x-real-ip";
  });
  return request;
}

void Connection::answered() {
  phase_ = Phase::idle;
  head_.reset();
  promised_ = 0;
  scanned_ = 0;
  set_deadline(kIdleTime);
}

void Connection::start_drain() {
  end_sending(socket_);
  phase_ = Phase::draining;
  in_ = {};
  promised_ = 0;
  set_deadline(kDrainTime);
}

}  // namespace scrutineer::http

// One connection as the server sees it: bytes arrive in pieces of any size, requests come out.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "app/http/server.h"
#include "app/http/socket.h"
#include "app/http/wire.h"

namespace scrutineer::http {

inline constexpr std::chrono::seconds kIdleTime{75};  // between requests; above nginx's 60, so that nginx closes first
inline constexpr std::chrono::seconds kHeadTime{10};  // from the first byte of a head to its last
inline constexpr std::chrono::seconds kBodyTime{60};  // from the head to the last byte of the body
inline constexpr std::chrono::seconds kDrainTime{2};  // what a refused client still sends is thrown away, so long
inline constexpr std::size_t kDrainBytes = 4u << 20;  // and so much; closed at once, the refusal might not arrive
inline constexpr std::size_t kBodiesBytes = 128u << 20;  // promised to all bodies that are being received

class Connection {
 public:
  Connection(Descriptor socket, std::string peer);

  enum class Next : std::uint8_t { read_more, answer, refuse, close };
  // What is to be done now. `answer`: take_request(). `refuse`: refused().
  Next advance(const ServerOptions& options, std::size_t& promised);
  Next received(BytesView bytes, const ServerOptions& options, std::size_t& promised);
  Next ended(const ServerOptions& options, std::size_t& promised);  // the other side sends nothing more
  Next too_late();                                                  // the deadline has passed

  Request take_request(const ServerOptions& options);
  bool is_refused() const { return refused_.has_value(); }
  const Refused& refused() const { return *refused_; }
  // Of the request in hand; a refused one may have neither.
  Request outline() const;
  bool keep_alive() const { return phase_ != Phase::draining && !refused_ && head_ && head_->keep_alive; }

  void answered();     // ready for the next request
  void start_drain();  // answered for the last time
  bool idle() const { return phase_ == Phase::idle; }
  bool draining() const { return phase_ == Phase::draining; }
  Deadline deadline() const { return deadline_; }
  const Descriptor& socket() const { return socket_; }
  std::size_t promised() const { return promised_; }  // bytes of kBodiesBytes

 private:
  enum class Phase : std::uint8_t { idle, head, body, draining };
  Next refuse(int status, std::string sentence);
  Next advance_head(const ServerOptions& options, std::size_t& promised);
  Next start_body(const ServerOptions& options, std::size_t& promised);
  Next advance_body();
  void set_deadline(std::chrono::seconds time) { deadline_ = std::chrono::steady_clock::now() + time; }

  Descriptor socket_;
  std::string peer_;
  Bytes in_;
  std::size_t scanned_ = 0;  // of in_: known to hold no end of a head
  Phase phase_ = Phase::idle;
  std::optional<RequestHead> head_;
  std::optional<Refused> refused_;
  BodyReader body_;
  std::size_t promised_ = 0;
  std::size_t drained_ = 0;
  Deadline deadline_;
};

}  // namespace scrutineer::http

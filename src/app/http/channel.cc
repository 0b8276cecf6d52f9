#include "app/http/channel.h"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <climits>

#include "core/base/check.h"
#include "core/crypto/freer.h"

namespace scrutineer::http {

namespace {

using ContextPtr = std::unique_ptr<SSL_CTX, Freer<SSL_CTX_free>>;
using SslPtr = std::unique_ptr<SSL, Freer<SSL_free>>;

class Plain final : public Channel {
 public:
  explicit Plain(Descriptor socket) : socket_(std::move(socket)) {}
  bool send(std::string_view bytes, Deadline deadline) override { return send_all(socket_, bytes, deadline); }
  Got receive(char* out, std::size_t size, std::size_t& got, Deadline deadline) override {
    return http::receive(socket_, out, size, got, deadline);
  }
  bool quiet() const override { return is_quiet(socket_); }

 private:
  Descriptor socket_;
};

bool is_address(const std::string& text) {
  in6_addr room;
  return inet_pton(AF_INET, text.c_str(), &room) == 1 || inet_pton(AF_INET6, text.c_str(), &room) == 1;
}

// OpenSSL sees memory only: sockets, deadlines and signals stay with socket.h.
class Tls final : public Channel {
 public:
  Tls(SSL_CTX* context, Descriptor socket) : socket_(std::move(socket)), ssl_(SSL_new(context)) {
    incoming_ = BIO_new(BIO_s_mem());
    outgoing_ = BIO_new(BIO_s_mem());
    check(ssl_ && incoming_ != nullptr && outgoing_ != nullptr, "no memory for TLS");
    SSL_set_bio(ssl_.get(), incoming_, outgoing_);  // which owns both from now on
  }

  Status shake_hands(const std::string& host, Deadline deadline) {
    // RFC 9525: the certificate is for the name that was asked for; an address needs an address in it.
    const bool bound = is_address(host) ? X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl_.get()), host.c_str()) == 1
                                        : SSL_set1_host(ssl_.get(), host.c_str()) == 1 &&
                                              SSL_set_tlsext_host_name(ssl_.get(), host.c_str()) == 1;
    if (!bound) return fail(ErrorCode::io_error, "no certificate can be for this name", host);
    SSL_set_hostflags(ssl_.get(), X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    while (true) {
      ERR_clear_error();
      const int done = SSL_connect(ssl_.get());
      const int error = SSL_get_error(ssl_.get(), done);
      const bool sent = flush(deadline);
      if (done == 1 && sent) return {};
      if (error != SSL_ERROR_WANT_READ || !sent) return why(host);
      if (more(deadline) != Got::bytes)
        return fail(ErrorCode::io_error, "the other side ends the TLS handshake, or is too slow", host);
    }
  }

  bool send(std::string_view bytes, Deadline deadline) override {
    while (!bytes.empty()) {
      const std::size_t piece = std::min<std::size_t>(bytes.size(), 64u << 10);
      ERR_clear_error();
      if (SSL_write(ssl_.get(), bytes.data(), static_cast<int>(piece)) != static_cast<int>(piece)) return false;
      if (!flush(deadline)) return false;
      bytes.remove_prefix(piece);
    }
    return true;
  }

  Got receive(char* out, std::size_t size, std::size_t& got, Deadline deadline) override {
    while (true) {
      ERR_clear_error();
      const int n = SSL_read(ssl_.get(), out, static_cast<int>(std::min<std::size_t>(size, INT_MAX)));
      got = n > 0 ? static_cast<std::size_t>(n) : 0;
      if (n > 0) return Got::bytes;
      const int error = SSL_get_error(ssl_.get(), n);
      if (error == SSL_ERROR_ZERO_RETURN) return Got::end;
      if (error != SSL_ERROR_WANT_READ || !flush(deadline)) return Got::failed;
      const Got raw = more(deadline);
      if (raw == Got::nothing_yet) return raw;
      if (raw != Got::bytes) return Got::failed;
    }
  }

  bool quiet() const override { return is_quiet(socket_) && SSL_pending(ssl_.get()) == 0; }

 private:
  bool flush(Deadline deadline) {
    std::array<char, 16'384> buffer;
    for (int n; (n = BIO_read(outgoing_, buffer.data(), static_cast<int>(buffer.size()))) > 0;)
      if (!send_all(socket_, std::string_view(buffer.data(), static_cast<std::size_t>(n)), deadline)) return false;
    return true;
  }

  Got more(Deadline deadline) {
    std::array<char, 16'384> buffer;
    std::size_t got = 0;
    const Got what = http::receive(socket_, buffer.data(), buffer.size(), got, deadline);
    if (what == Got::bytes) BIO_write(incoming_, buffer.data(), static_cast<int>(got));
    return what;
  }

  Status why(const std::string& host) const {
    const long verified = SSL_get_verify_result(ssl_.get());
    if (verified != X509_V_OK)
      return fail(ErrorCode::io_error,
                  std::string("the certificate is not believed: ") + X509_verify_cert_error_string(verified), host);
    const char* reason = ERR_reason_error_string(ERR_peek_last_error());
    return fail(ErrorCode::io_error, std::string("the TLS handshake fails: ") + (reason ? reason : "cut off"), host);
  }

  Descriptor socket_;
  SslPtr ssl_;
  BIO *incoming_ = nullptr, *outgoing_ = nullptr;  // owned by ssl_
};

class OpensslTrust final : public TlsTrust {
 public:
  explicit OpensslTrust(ContextPtr context) : context_(std::move(context)) {}
  Result<std::unique_ptr<Channel>> connect(Descriptor socket, const std::string& host, Deadline deadline) override {
    auto channel = std::make_unique<Tls>(context_.get(), std::move(socket));
    SCRUTINEER_CHECKED(channel->shake_hands(host, deadline));
    return channel;
  }

 private:
  ContextPtr context_;
};

}  // namespace

std::unique_ptr<Channel> plain_channel(Descriptor socket) {
  return std::make_unique<Plain>(std::move(socket));
}

Result<std::unique_ptr<TlsTrust>> TlsTrust::make(const std::string& ca_file) {
  ContextPtr context(SSL_CTX_new(TLS_client_method()));
  check(context != nullptr, "OpenSSL gives no TLS");
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  const bool loaded = ca_file.empty() ? SSL_CTX_set_default_verify_paths(context.get()) == 1
                                      : SSL_CTX_load_verify_file(context.get(), ca_file.c_str()) == 1;
  ERR_clear_error();
  if (!loaded) return fail(ErrorCode::io_error, "there are no certificate authorities to read here", ca_file);
  return std::make_unique<OpensslTrust>(std::move(context));
}

}  // namespace scrutineer::http

// One mail to one recipient through an SMTP server (RFC 5321), by libcurl.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "app/mail/address.h"
#include "core/base/bytes.h"

namespace scrutineer::mail {

enum class SmtpTls : std::uint8_t {
  starttls,  // RFC 3207, required: nothing is said to a server that does not offer it or whose certificate is not
             // believed
  none,      // to this machine only
};

struct SmtpOptions {
  std::string host;  // a name, an IPv4 or an IPv6 address without brackets
  std::uint16_t port = 25;
  SmtpTls tls = SmtpTls::starttls;
  std::string ca_file;   // PEM: believed instead of the system's authorities; empty: the system's
  std::string hello;     // how we name ourselves (EHLO): a domain
  std::string user;      // empty: no sign-in. Only with starttls
  std::string password;  // never written into an error
  std::chrono::milliseconds connect{5'000};
  std::chrono::milliseconds whole{60'000};  // for all of it, however slowly the other side drips
};

// The server's last word on a mail that it took: it answers for it from there on, and may still send a bounce.
struct SmtpReply {
  int code = 0;          // 250
  std::string sentence;  // printable, kReplyBytes at most: "2.0.0 Ok: queued as 4F2A..."
};

// `mail` as write_mail makes it. Thread-safe; each call is a connection of its own. Errors, the server's code and
// sentence in the message:
//   not_found         final: 5xx to the recipient, the mailbox is dead
//   conflict          final: 5xx to the mail itself (its size, its sender, its content)
//   busy              4xx anywhere: try again later
//   unauthorised      the sign-in was refused
//   io_error          not reached, too slow, cut off, no TLS, certificate not believed, no mail service there
//   invalid_argument  options that make no sense; lines that SMTP would read in another way
Result<SmtpReply> send_mail(const SmtpOptions& options, const Address& from, const Address& to, BytesView mail);

}  // namespace scrutineer::mail

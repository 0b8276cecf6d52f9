// Limits on what is read from and written to mail (docs/formats/mail.md). Above one: limit_exceeded, never a
// truncation.
#pragma once

#include <cstddef>

namespace scrutineer::mail {

inline constexpr std::size_t kEnvelopeBytes = 24u << 20;  // one sealed envelope
inline constexpr std::size_t kMailBytes = 40u << 20;  // one mail: an envelope in base64 with its line ends is 33 MiB
inline constexpr std::size_t kMailEnvelopes = 16;     // in one mail
inline constexpr std::size_t kMailParts = 100;        // bodies, multiparts and forwarded mails together
inline constexpr std::size_t kMailDepth = 8;          // multiparts and forwarded mails inside each other
inline constexpr std::size_t kMailHeaderBytes = 64u << 10;  // the header of a mail or of one part
inline constexpr std::size_t kMailLineBytes = 64u << 10;    // any line of a mail
inline constexpr std::size_t kMailParameters = 32;          // of one Content-Type or Content-Disposition
inline constexpr std::size_t kMailRecipients = 100;         // told about in one bounce

inline constexpr std::size_t kWireLineBytes = 998;  // of a line that we send: RFC 5321 section 4.5.3.1.6, less CRLF
inline constexpr std::size_t kReplyBytes = 300;     // kept of an SMTP server's sentence
inline constexpr std::size_t kMailsAtOnce = 1'000;  // taken from a Maildir in one go

}  // namespace scrutineer::mail

// A sealed envelope as a mail (docs/formats/mail.md): pure, the same input gives the same bytes.
#pragma once

#include "app/mail/address.h"
#include "core/base/bytes.h"
#include "core/base/clock.h"

namespace scrutineer::mail {

inline constexpr std::string_view kEnvelopeType = "application/vnd.scrutineer.envelope";
inline constexpr std::string_view kEnvelopeSuffix = ".scrutineer";

struct Mail {
  Address from, to;
  UnixSeconds at;  // a claim; 1970 to 9999
  MessageId id;    // the same for every attempt to send: mailboxes then drop doubles
  Number number;
  BytesView envelope;  // borrowed until write_mail returns
};

// ASCII, lines end in CRLF. Nothing of the notice but its number is outside the envelope.
// Errors: invalid_argument (no envelope, a year that no Date can hold), limit_exceeded (kEnvelopeBytes).
Result<Bytes> write_mail(const Mail& mail);

}  // namespace scrutineer::mail

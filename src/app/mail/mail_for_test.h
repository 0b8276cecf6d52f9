// Mails as other programs write them, for tests.
#pragma once

#include <string>
#include <vector>

#include "app/mail/write.h"

namespace scrutineer::mail::testing {

inline Address address(std::string_view text) {
  return Address::parse(text).value();
}

inline Mail a_mail(BytesView envelope) {
  return {address("notices@notifier.example"),
          address("notices@institution.example"),
          UnixSeconds{1'618'854'240},  // 2021-04-19T17:44:00Z
          MessageId::parse("2021-0007.1@notifier.example").value(),
          Number::parse("2021-0007").value(),
          envelope};
}

// A part: header lines, an empty line, the body.
inline std::string part(std::string_view header, std::string_view body) {
  return std::string(header) + "\n\n" + std::string(body);
}

inline std::string multipart(std::string_view kind, std::string_view boundary, const std::vector<std::string>& parts) {
  std::string out = "Content-Type: multipart/" + std::string(kind) + "; boundary=\"" + std::string(boundary) + "\"\n\n";
  for (const std::string& one : parts) out += "--" + std::string(boundary) + "\n" + one + "\n";
  return out + "--" + std::string(boundary) + "--\n";
}

inline std::string envelope_part(BytesView envelope) {
  return part("Content-Type: " + std::string(kEnvelopeType) + "\nContent-Transfer-Encoding: base64",
              to_base64(envelope));
}

// What Postfix returns for a mailbox that is dead.
inline std::string bounce(std::string_view recipient_lines, std::string_view returned) {
  return "From: MAILER-DAEMON@mx.example\nAuto-Submitted: auto-replied\n" +
         multipart("report; report-type=delivery-status", "4F2A.1/mx.example",
                   {part("Content-Type: text/plain; charset=us-ascii", "I'm sorry to have to inform you"),
                    part("Content-Type: message/delivery-status",
                         "Reporting-MTA: dns; mx.example\nArrival-Date: Mon, 19 Apr 2021 17:44:00 +0000\n\n" +
                             std::string(recipient_lines)),
                    part("Content-Type: message/rfc822", returned)});
}

}  // namespace scrutineer::mail::testing

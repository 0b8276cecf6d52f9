// What a mail brings: envelopes, or the word that a mail of ours was not delivered. Pure; the mail may be hostile.
// Nothing here says who sent it: an envelope is believed for its signatures alone, and a bounce is a claim by anybody.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "app/mail/address.h"
#include "core/base/bytes.h"

namespace scrutineer::mail {

// RFC 3464 section 2.3.3.
enum class DeliveryAction : std::uint8_t { failed, delayed, delivered, relayed, expanded };
inline constexpr std::string_view kDeliveryActionNames[] = {"failed", "delayed", "delivered", "relayed", "expanded"};

// What a multipart/report says about one recipient.
struct Bounce {
  DeliveryAction action = DeliveryAction::failed;
  std::string status;                // RFC 3463: "5.1.1"
  std::optional<Address> recipient;  // absent where it is no address that we could have written to
  std::optional<MessageId> about;    // the mail that came back; absent where the report does not say
};

struct Contents {
  std::vector<Bytes> envelopes;  // in order; never from a bounce or an automatic answer
  std::vector<Bounce> bounces;
  bool automatic_answer = false;  // RFC 3834 (out of office and the like) or a receipt (RFC 8098): counts as nothing
};

// Lines may end in CRLF or in LF, as in a Maildir. A mail without an envelope is no error. Errors: malformed,
// unsupported, limit_exceeded; the sentence and its place (byte) never hold any of the mail's text.
Result<Contents> read_mail(BytesView mail);

// The envelopes alone.
Result<std::vector<Bytes>> envelopes_in_mail(BytesView mail);

}  // namespace scrutineer::mail

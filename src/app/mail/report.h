// Delivery reports: multipart/report (RFC 6522) with a message/delivery-status (RFC 3464).
#pragma once

#include <vector>

#include "app/mail/header.h"
#include "app/mail/read.h"

namespace scrutineer::mail {

// The recipients that the body of a message/delivery-status (decoded) speaks of. Errors: malformed, limit_exceeded.
Result<std::vector<Bounce>> parse_delivery_status(BytesView body);

// The Message-ID in the header that a report gives back; nullopt where there is none, or none that we could have
// written.
std::optional<MessageId> message_id_of(const Header& header);

}  // namespace scrutineer::mail

// An answer made ready for the wire: strict headers, conditions, ranges, compression, exact length.
#pragma once

#include <string>
#include <string_view>

#include "app/http/message.h"
#include "app/http/open_below.h"

namespace scrutineer::http {

struct Reply {
  std::string head;
  Bytes body;                            // nothing for HEAD
  std::shared_ptr<FileBody> file;        // in place of the body
  std::uint64_t offset = 0, length = 0;  // of the file
  bool keep_alive = true;
};

// `date`: an IMF-fixdate of RFC 9110 section 5.6.7. An answer whose headers would break the head of the message becomes
// a 500.
Reply make_reply(const Request& request, Answer answer, bool keep_alive, std::string_view date);

// "Sun, 06 Nov 1994 08:49:37 GMT"
std::string http_date(std::int64_t unix_seconds);

// True if the client takes gzip (RFC 9110 section 12.5.3).
bool takes_gzip(const Request& request);

}  // namespace scrutineer::http

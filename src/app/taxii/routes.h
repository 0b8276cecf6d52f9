// The server side of TAXII 2.1: which request gets which answer. Every collection is behind a user.
#pragma once

#include "app/http/message.h"
#include "app/taxii/taxii.h"

namespace scrutineer {

inline constexpr std::string_view kTaxiiPrefix = "/taxii2/";  // of the discovery resource (section 4.1)

// Everything below `prefix`, which begins and ends in '/'. The only API root is PREFIXapi/. Thread-safe as the backend
// is.
http::Answer answer_taxii(TaxiiBackend& backend, const http::Request& request, std::string_view prefix = kTaxiiPrefix);

// For ServerOptions::body_limit: a little more than what is taken, so that the refusal comes in TAXII's words.
std::size_t taxii_body_limit(std::string_view method, std::string_view path, std::string_view prefix = kTaxiiPrefix);

}  // namespace scrutineer

// A witness over HTTP: what it answers under which address.
#pragma once

#include "app/http/message.h"
#include "app/witness/service.h"

namespace scrutineer {

// POST /add-checkpoint; GET /<origin hash>/checkpoint; GET /: who this is and what it has seen, in both languages.
// Everything else is refused. Thread-safe.
http::Answer answer(WitnessService& witness, const http::Request& request);

// For ServerOptions::body_limit.
std::size_t witness_body_limit(std::string_view method, std::string_view path);

}  // namespace scrutineer

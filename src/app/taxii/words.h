// Resources of TAXII 2.1 as JSON. Private to app/taxii.
#pragma once

#include <string>

#include "app/http/message.h"
#include "app/taxii/taxii.h"

namespace scrutineer {

http::Answer taxii_answer(int status, std::string json);
// Section 3.6.1; says nothing that the client did not know.
http::Answer taxii_error(int status, std::string_view korean, std::string_view english);
http::Answer taxii_error(const Error& error);

std::string collection_json(const TaxiiCollection& collection);
std::string status_json(const TaxiiStatus& status);
// nullopt: not a status resource.
std::optional<TaxiiStatus> parse_status(std::string_view json);

}  // namespace scrutineer

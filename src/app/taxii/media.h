// Media types in requests (TAXII 2.1 section 1.6.8; RFC 9110 sections 5.6.6 and 12.5.1).
#pragma once

#include <string_view>

namespace scrutineer {

// Whether TAXII 2.1 is among what a client takes: application/taxii+json of version 2.1 or of any, or a range of them.
// An empty header takes nothing: section 3.2 requires one.
bool accepts_taxii(std::string_view accept);
// Whether it says TAXII 2.1: application/taxii+json, version 2.1 or none.
bool is_taxii(std::string_view content_type);

}  // namespace scrutineer

// Which members election.json may have, and where. A misspelt member that nobody reads would be a rule that silently
// does not apply.
#pragma once

#include "core/codec/object_reader.h"

namespace scrutineer {

// Adds a problem for every member that docs/formats/package.md does not name.
void refuse_unknown_members(const ObjectReader& election_json);

}  // namespace scrutineer

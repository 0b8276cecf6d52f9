// Whether election.json and the tables speak of the same things.
#pragma once

#include "app/package/definition_file.h"
#include "app/package/options.h"
#include "app/package/units.h"

namespace scrutineer {

// Rules for kinds of unit and contests that do not exist, seat rules for options that do not exist: as likely as not a
// slip of the pen, and then a rule that silently does not apply.
void check_references(const DefinitionFile& file, const UnitTable& units, const OptionTable& options,
                      Problems& problems);

}  // namespace scrutineer

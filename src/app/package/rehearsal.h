// The last look at a package that has no problems: does everybody else who reads it come to an end?
#pragma once

#include "app/package/definition_file.h"
#include "app/package/package.h"

namespace scrutineer {

// Builds the election as a verifier will, and allots the seats of nobody's votes: a seat rule that contradicts itself
// is found before the election and not on its night.
void rehearse(const Package& package, const DefinitionFile& file, Problems& problems);

}  // namespace scrutineer

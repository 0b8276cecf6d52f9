// The papers that the demonstration's typists type from.
#pragma once

#include <span>
#include <string>

#include "app/demo/simulation.h"
#include "core/election/election.h"

namespace scrutineer::cli {

// DIR/u00001.pdf and so on, one a unit, and DIR/all.pdf. Errors: those of the disk.
Status write_papers(const std::string& directory, const Election& election, std::span<const CentreUnit> units);

}  // namespace scrutineer::cli

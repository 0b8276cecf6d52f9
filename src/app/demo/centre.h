// The counting centre of the first district: what stands on its papers, and how far its people have come.
#pragma once

#include "app/demo/records.h"

namespace scrutineer::demo {

std::vector<CentreUnit> centre_units(const Night& night);

}  // namespace scrutineer::demo

#include "tests/server/hall.h"
namespace scrutineer::testing {}

// Grey pictures as PNG (ISO/IEC 15948): for pages that people look at, and for pictures that were masked. The same
// pixels give the same bytes. Reading files is app/scan's.
#pragma once

#include "core/base/bytes.h"
#include "core/image/image.h"

namespace scrutineer {

// 8 bits a pixel, no metadata: nothing in the file says when or where it was made.
Bytes png_of(GreyView page);

}  // namespace scrutineer

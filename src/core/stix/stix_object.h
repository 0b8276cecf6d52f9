// One object against the table of its type and the rules of the specification. Private to core/stix.
#pragma once

#include "core/codec/json.h"
#include "core/stix/stix.h"

namespace scrutineer {

// The object whose exact text is `text`; what is wrong goes into `refused`, whose index is set by the caller.
StixObject read_stix_object(JsonValue value, BytesView text, const StixLimits& limits, StixRefused& refused);

}  // namespace scrutineer

// Timestamps of STIX (section 2.16): RFC 3339 in UTC, "Z" always, any number of digits behind the second.
#pragma once

#include <string>
#include <string_view>

#include "core/base/clock.h"

namespace scrutineer {

bool is_stix_time(std::string_view text);
// At least three digits behind the second (section 3.2, `created` and `modified`).
bool is_stix_millisecond_time(std::string_view text);
// Both are timestamps: which one is earlier, exactly.
bool stix_time_before(std::string_view a, std::string_view b);
// "2021-04-19T17:44:00.000Z"
std::string stix_time(UnixSeconds time);
// The same moment as STIX spells it, milliseconds at least, from RFC 3339 with any offset
// ("2021-04-19T17:44:00+09:00"). Empty where it is not RFC 3339.
std::string stix_time_of(std::string_view rfc3339);

}  // namespace scrutineer

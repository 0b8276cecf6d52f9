// Numbers as people read them: 1,234,567 and 49.4%. Exact integers in, no floating point.
#pragma once

#include <optional>
#include <string>

#include "app/ui/model.h"

namespace scrutineer::ui {

struct Plain {  // digits only: inside attributes and addresses
  std::int64_t value = 0;
};

// A share to be written with one decimal, halves up. Nothing is rounded to "none" or "all": a share above 0 that
// would read 0.0% is written <0.1%, one below the whole that would read 100.0% is written >99.9%.
struct Percent {
  Count part, whole;
};

void append_plain(std::string& out, std::int64_t value);
void append_grouped(std::string& out, std::int64_t value);  // U+2212 as the minus sign

// False, and nothing written, where either number is missing, the whole is not positive, or the part is negative.
bool append_percent(std::string& out, Percent percent);  // HTML: "<" is written as &lt;

// Thousandths of the whole, 0 to 1000 and more, halves up; nullopt under the same conditions.
std::optional<std::int64_t> per_mille(Percent percent);

// "62,829" or "62,829.473…" with three decimals, cut, where it is not whole.
void append_decimal(std::string& out, const Fraction& fraction);

// nullopt as soon as one is missing: half a sum is not a sum.
Count add(const Count& a, const Count& b);
Count subtract(const Count& a, const Count& b);

}  // namespace scrutineer::ui

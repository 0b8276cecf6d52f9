#include "app/ui/number.h"

#include <charconv>

namespace scrutineer::ui {

namespace {

struct Digits {
  char text[20];
  std::size_t size;
};

Digits digits_of(std::uint64_t magnitude) {
  Digits digits;
  digits.size = static_cast<std::size_t>(std::to_chars(digits.text, digits.text + sizeof digits.text, magnitude).ptr -
                                         digits.text);
  return digits;
}

std::uint64_t magnitude_of(std::int64_t value) {
  return value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
}

}  // namespace

void append_plain(std::string& out, std::int64_t value) {
  if (value < 0) out += '-';
  const Digits digits = digits_of(magnitude_of(value));
  out.append(digits.text, digits.size);
}

void append_grouped(std::string& out, std::int64_t value) {
  if (value < 0) out += "\u2212";
  const Digits digits = digits_of(magnitude_of(value));
  std::size_t head = digits.size % 3 == 0 ? 3 : digits.size % 3;
  if (head > digits.size) head = digits.size;
  out.append(digits.text, head);
  for (std::size_t i = head; i < digits.size; i += 3) {
    out += ',';
    out.append(digits.text + i, 3);
  }
}

std::optional<std::int64_t> per_mille(Percent percent) {
  if (!percent.part || !percent.whole || *percent.whole <= 0 || *percent.part < 0) return std::nullopt;
  const auto part = static_cast<unsigned __int128>(*percent.part);
  const auto whole = static_cast<unsigned __int128>(*percent.whole);
  return static_cast<std::int64_t>((part * 2000 + whole) / (whole * 2));
}

bool append_percent(std::string& out, Percent percent) {
  const std::optional<std::int64_t> tenths = per_mille(percent);
  if (!tenths) return false;
  if (*tenths == 0 && *percent.part > 0) {
    out += "&lt;0.1%";
  } else if (*tenths == 1000 && *percent.part < *percent.whole) {
    out += "&gt;99.9%";
  } else {
    append_grouped(out, *tenths / 10);
    out += '.';
    out += static_cast<char>('0' + *tenths % 10);
    out += '%';
  }
  return true;
}

void append_decimal(std::string& out, const Fraction& fraction) {
  append_grouped(out, fraction.floor());
  const Fraction rest = fraction.remainder();
  if (rest.numerator() == 0) return;
  auto numerator = static_cast<unsigned __int128>(rest.numerator());
  const auto denominator = static_cast<unsigned __int128>(rest.denominator());
  out += '.';
  for (int i = 0; i < 3; ++i) {
    numerator *= 10;
    out += static_cast<char>('0' + static_cast<int>(numerator / denominator));
    numerator %= denominator;
  }
  if (numerator != 0) out += "\u2026";
}

Count add(const Count& a, const Count& b) {
  if (!a || !b) return std::nullopt;
  return checked_add(*a, *b);
}

Count subtract(const Count& a, const Count& b) {
  if (!a || !b) return std::nullopt;
  return checked_sub(*a, *b);
}

}  // namespace scrutineer::ui

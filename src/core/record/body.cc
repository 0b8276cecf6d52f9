#include "core/record/body.h"

#include "core/base/limits.h"

namespace scrutineer {
namespace {

constexpr std::size_t kReasonBytes = 2'000;

bool digits_at(std::string_view text, std::size_t at, std::size_t count, std::int64_t& value) {
  value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return false;
    value = value * 10 + (text[i] - '0');
  }
  return true;
}

// Days from 1970-01-01: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", section days_from_civil.
std::int64_t days_from_civil(std::int64_t y, std::int64_t m, std::int64_t d) {
  y -= m <= 2;
  std::int64_t era = (y >= 0 ? y : y - 399) / 400;  // January of the year 0000 belongs to the year before
  std::int64_t yoe = y - era * 400;
  std::int64_t doy = (153 * (m > 2 ? m - 3 : m + 9) + 2) / 5 + d - 1;
  return era * 146'097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719'468;
}

std::int64_t days_in_month(std::int64_t y, std::int64_t m) {
  if (m == 2) return y % 4 == 0 && (y % 100 != 0 || y % 400 == 0) ? 29 : 28;
  return m == 4 || m == 6 || m == 9 || m == 11 ? 30 : 31;
}

}  // namespace

void write(JsonWriter& out, std::string_view name, const BlobRef& blob) {
  out.name(name).begin_object();
  out.member("sha256", to_hex(blob.sha256)).member("size", blob.size).member("type", blob.type).end_object();
}

BlobRef read_blob_ref(const ObjectReader& in) {
  BlobRef blob;
  blob.sha256 = BlobHash{in.hash("sha256")};
  blob.size = in.integer("size", 0, static_cast<std::int64_t>(limits::kBlobBytes));
  blob.type = in.non_empty("type");
  return blob;
}

void write(JsonWriter& out, std::string_view name, const Bilingual& text) {
  out.name(name).begin_object().member("ko", text.ko).member("en", text.en).end_object();
}

Bilingual read_bilingual(const ObjectReader& in, std::string_view name) {
  Bilingual text;
  in.object(name, [&](const ObjectReader& languages) {
    text.ko = languages.non_empty("ko");
    text.en = languages.non_empty("en");
  });
  return text;
}

void write(JsonWriter& out, std::string_view name, const Scope& scope) {
  out.name(name).begin_object().name("units").begin_array();
  for (const std::string& unit : scope.units) out.string(unit);
  out.end_array().name("contests").begin_array();
  for (const std::string& contest : scope.contests) out.string(contest);
  out.end_array().end_object();
}

Scope read_scope(const ObjectReader& in) {
  Scope scope;
  in.object("scope", [&](const ObjectReader& members) {
    scope.units = members.strings("units");
    scope.contests = members.strings("contests");
  });
  return scope;
}

std::string read_reason(const ObjectReader& in) {
  std::string reason = in.non_empty("reason");
  if (reason.size() > kReasonBytes) in.problem("reason", "expected at most 2000 bytes");
  return reason;
}

std::string read_short(const ObjectReader& in, std::string_view name) {
  std::string text = in.non_empty(name);
  if (text.size() > kShortBytes) in.problem(name, "expected at most 200 bytes");
  return text;
}

std::optional<std::string> read_optional_short(const ObjectReader& in, std::string_view name) {
  if (!in.has(name)) return std::nullopt;
  return read_short(in, name);
}

void write_strings(JsonWriter& out, std::string_view name, const std::vector<std::string>& strings) {
  out.name(name).begin_array();
  for (const std::string& text : strings) out.string(text);
  out.end_array();
}

std::optional<std::int64_t> seconds_of_rfc3339(std::string_view text) {
  if (text.size() != 20 && text.size() != 25) return std::nullopt;
  std::int64_t year, month, day, hour, minute, second;
  if (!digits_at(text, 0, 4, year) || !digits_at(text, 5, 2, month) || !digits_at(text, 8, 2, day) ||
      !digits_at(text, 11, 2, hour) || !digits_at(text, 14, 2, minute) || !digits_at(text, 17, 2, second))
    return std::nullopt;
  if (text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':') return std::nullopt;
  if (month < 1 || month > 12 || day < 1 || day > days_in_month(year, month) || hour > 23 || minute > 59 || second > 60)
    return std::nullopt;
  std::int64_t offset = 0;
  if (text.size() == 20) {
    if (text[19] != 'Z') return std::nullopt;
  } else {
    std::int64_t offset_hour, offset_minute;
    if ((text[19] != '+' && text[19] != '-') || text[22] != ':' || !digits_at(text, 20, 2, offset_hour) ||
        !digits_at(text, 23, 2, offset_minute) || offset_hour > 23 || offset_minute > 59)
      return std::nullopt;
    offset = (offset_hour * 60 + offset_minute) * 60;
    if (text[19] == '-') offset = -offset;
  }
  return days_from_civil(year, month, day) * 86'400 + hour * 3'600 + minute * 60 + second - offset;
}

bool is_rfc3339(std::string_view text) {
  return seconds_of_rfc3339(text).has_value();
}

std::optional<std::string> read_time(const ObjectReader& in, std::string_view name) {
  auto text = in.optional_string(name);
  if (text && !is_rfc3339(*text)) {
    in.problem(name, "expected a time such as 2025-06-03T20:00:00+09:00");
    return std::nullopt;
  }
  return text;
}

RecordId read_record_id(const ObjectReader& in, std::string_view name) {
  return RecordId{in.hash(name)};
}

}  // namespace scrutineer

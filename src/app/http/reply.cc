#include "app/http/reply.h"

#include <fmt/core.h>

#include <algorithm>
#include <ctime>

#include "app/http/file_rules.h"
#include "app/http/wire.h"
#include "core/codec/gzip.h"

namespace scrutineer::http {

namespace {

constexpr std::size_t kWorthCompressing = 1'024;
constexpr std::size_t kCompressedHere = 4u << 20;  // more takes too long for one answer

bool same_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return (x >= 'A' && x <= 'Z' ? x + 32 : x) == (y >= 'A' && y <= 'Z' ? y + 32 : y);
  });
}

Field* find(Answer& answer, std::string_view name) {
  auto found = std::find_if(answer.headers.begin(), answer.headers.end(),
                            [&](const Field& field) { return same_name(field.first, name); });
  return found == answer.headers.end() ? nullptr : &*found;
}

std::string_view value(Answer& answer, std::string_view name) {
  const Field* field = find(answer, name);
  return field == nullptr ? std::string_view() : std::string_view(field->second);
}

bool breaks_the_head(const Answer& answer) {
  const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  if (std::any_of(answer.type.begin(), answer.type.end(), control)) return true;
  return std::any_of(answer.headers.begin(), answer.headers.end(), [&](const Field& field) {
    return std::any_of(field.first.begin(), field.first.end(), control) ||
           std::any_of(field.second.begin(), field.second.end(), control);
  });
}

std::string_view opaque(std::string_view tag) {
  return tag.starts_with("W/") ? tag.substr(2) : tag;
}

// RFC 9110 section 13.1.2, by weak comparison. Our own tags hold no commas.
bool matches(std::string_view list, std::string_view tag) {
  while (!list.empty()) {
    const std::size_t end = list.find(',');
    std::string_view one = list.substr(0, end);
    list = end == list.npos ? std::string_view() : list.substr(end + 1);
    while (one.starts_with(' ')) one.remove_prefix(1);
    while (one.ends_with(' ')) one.remove_suffix(1);
    if (one == "*" || opaque(one) == opaque(tag)) return true;
  }
  return false;
}

struct Range {
  std::uint64_t first, last;
};
enum class RangeKind : std::uint8_t { whole, part, none };

// One range of bytes (RFC 9110 section 14.1.2). Several at once are answered with the whole file, as section 14.2
// allows: nobody needs them, and many that overlap would make a short request into a long answer.
RangeKind parse_range(std::string_view text, std::uint64_t size, Range& out) {
  if (!text.starts_with("bytes=") || text.find(',') != text.npos) return RangeKind::whole;
  text.remove_prefix(6);
  const std::size_t dash = text.find('-');
  if (dash == text.npos) return RangeKind::whole;
  const auto first = parse_decimal(text.substr(0, dash)), last = parse_decimal(text.substr(dash + 1));
  if (dash == 0) {  // the last so many bytes
    if (!last) return RangeKind::whole;
    if (*last == 0 || size == 0) return RangeKind::none;
    out = {size - std::min(size, *last), size - 1};
    return RangeKind::part;
  }
  if (!first || (!last && dash + 1 < text.size()) || (last && *last < *first)) return RangeKind::whole;
  if (*first >= size) return RangeKind::none;
  out = {*first, std::min(last.value_or(size - 1), size - 1)};
  return RangeKind::part;
}

void compress(const Request& request, Answer& answer) {
  const bool fits = answer.body.size() >= kWorthCompressing && answer.body.size() <= kCompressedHere;
  if (answer.file || !fits || !is_text(answer.type) || find(answer, "Content-Encoding") != nullptr ||
      lists_token(value(answer, "Cache-Control"), "no-store"))
    return;
  if (find(answer, "Vary") == nullptr) answer.headers.emplace_back("Vary", "Accept-Encoding");
  if (!takes_gzip(request)) return;
  answer.body = gzip(answer.body);
  answer.headers.emplace_back("Content-Encoding", "gzip");
  // Other bytes under the same strong tag would be wrong (RFC 9110 section 8.8.1).
  if (Field* tag = find(answer, "ETag"); tag != nullptr && !tag->second.starts_with("W/")) tag->second.insert(0, "W/");
}

void answer_range(const Request& request, Answer& answer, Reply& reply) {
  reply.file = answer.file;
  reply.length = answer.file->size;
  if (answer.status != 200) return;
  answer.headers.emplace_back("Accept-Ranges", "bytes");
  if (!request.has_header("range") || request.method != "GET") return;
  // RFC 9110 section 13.1.5, strong comparison.
  if (request.has_header("if-range") && request.header("if-range") != value(answer, "ETag")) return;
  Range range{};
  const RangeKind kind = parse_range(request.header("range"), answer.file->size, range);
  if (kind == RangeKind::whole) return;
  if (kind == RangeKind::none) {
    const std::uint64_t size = answer.file->size;
    answer = refusal(416, request.path);
    answer.headers.emplace_back("Content-Range", fmt::format("bytes */{}", size));
    reply.file = nullptr;
    return;
  }
  answer.status = 206;
  answer.headers.emplace_back("Content-Range",
                              fmt::format("bytes {}-{}/{}", range.first, range.last, answer.file->size));
  reply.offset = range.first;
  reply.length = range.last - range.first + 1;
}

std::string head_of(const Answer& answer, std::uint64_t length, bool keep_alive, std::string_view date) {
  std::string head = fmt::format("HTTP/1.1 {} {}\r\nDate: {}\r\n", answer.status, reason_phrase(answer.status), date);
  const bool bodyless = answer.status == 204 || answer.status == 304;
  if (!bodyless) head += fmt::format("Content-Length: {}\r\nContent-Type: {}\r\n", length, answer.type);
  for (const auto& [name, text] : answer.headers) head += fmt::format("{}: {}\r\n", name, text);
  head += keep_alive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
  return head;
}

}  // namespace

bool takes_gzip(const Request& request) {
  std::string_view list = request.header("accept-encoding");
  while (!list.empty()) {
    const std::size_t end = list.find(',');
    std::string one(list.substr(0, end));
    list = end == list.npos ? std::string_view() : list.substr(end + 1);
    std::erase(one, ' ');
    if (one == "gzip") return true;
    if (!one.starts_with("gzip;q=")) continue;
    return one.find_first_of("123456789", 7) != one.npos;  // q=0, q=0.000: not at all
  }
  return false;
}

std::string http_date(std::int64_t unix_seconds) {
  const auto time = static_cast<std::time_t>(unix_seconds);
  std::tm parts{};
  gmtime_r(&time, &parts);
  static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT", kDays[parts.tm_wday], parts.tm_mday,
                     kMonths[parts.tm_mon], parts.tm_year + 1900, parts.tm_hour, parts.tm_min, parts.tm_sec);
}

Reply make_reply(const Request& request, Answer answer, bool keep_alive, std::string_view date) {
  if (breaks_the_head(answer)) {
    fmt::print(stderr, "scrutineer: an answer's header held a control character; answered 500\n");
    answer = refusal(500, request.path);
  }
  Reply reply;
  const bool reading = request.method == "GET" || request.method == "HEAD";
  if (reading && answer.status == 200 && request.has_header("if-none-match") && find(answer, "ETag") != nullptr &&
      matches(request.header("if-none-match"), value(answer, "ETag"))) {
    answer.status = 304;
    answer.body.clear();
    answer.file = nullptr;
  }
  if (answer.file) answer_range(request, answer, reply);
  if (!reply.file) {
    compress(request, answer);
    reply.length = answer.body.size();
  }
  for (const Header& header : kStrictHeaders)
    if (find(answer, header.name) == nullptr) answer.headers.emplace_back(header.name, header.value);
  if (Field* connection = find(answer, "Connection"); connection != nullptr) {
    if (lists_token(connection->second, "close")) keep_alive = false;
    std::erase_if(answer.headers, [](const Field& field) { return same_name(field.first, "Connection"); });
  }
  reply.keep_alive = keep_alive;
  reply.head = head_of(answer, reply.length, keep_alive, date);
  if (request.method == "HEAD" || answer.status == 204) {
    reply.file = nullptr;
    answer.body.clear();
  }
  reply.body = std::move(answer.body);
  return reply;
}

}  // namespace scrutineer::http

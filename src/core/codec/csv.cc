#include "core/codec/csv.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/base/bytes.h"
#include "core/base/check.h"

namespace scrutineer {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

// Bytes at which an unquoted field may end or go wrong: separators, quotes, control characters. A tab is ordinary.
constexpr std::array<bool, 256> make_special() {
  std::array<bool, 256> special{};
  for (int c = 0; c < 0x20; ++c) special[static_cast<std::size_t>(c)] = c != '\t';
  special[0x7f] = special[','] = special['"'] = true;
  return special;
}
constexpr auto kSpecial = make_special();

bool is_control(char c) {
  auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7f;
}

std::string quoted_list(std::span<const std::string_view> names) {
  std::string out;
  for (std::string_view name : names) out += fmt::format("{}\"{}\"", out.empty() ? "" : ", ", name);
  return out;
}

}  // namespace

CsvReader::CsvReader(std::string_view text, std::span<const std::string_view> columns, CsvOptions options,
                     Problems& problems)
    : text_(text), columns_(columns), options_(std::move(options)), problems_(problems) {
  if (text_.size() > limits::kCsvFileBytes) {
    problems_.add(options_.file, fmt::format("this file has more than {} bytes", limits::kCsvFileBytes));
    return;
  }
  if (std::size_t good = utf8_prefix(text_); good != text_.size()) {
    problems_.add(place_at(good), "this file is not UTF-8 from here on");
    return;
  }
  if (text_.starts_with(kByteOrderMark)) at_ = row_start_ = kByteOrderMark.size();
  read_header();
}

void CsvReader::read_header() {
  if (at_ == text_.size()) {
    problems_.add(place(), "this file is empty; its first line names the columns: " + quoted_list(columns_));
    return;
  }
  if (!read_row()) return;
  std::size_t before = problems_.count();
  take_names();
  if (problems_.count() == before) width_ = fields_.size();
}

// Finds each wanted column among the names of the header, and what else is there.
void CsvReader::take_names() {
  constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  order_.assign(columns_.size(), kNone);
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    std::string_view name = value(fields_[i]);
    auto wanted = std::find(columns_.begin(), columns_.end(), name);
    bool twice = std::any_of(fields_.begin(), fields_.begin() + static_cast<std::ptrdiff_t>(i),
                             [&](const Field& other) { return value(other) == name; });
    if (name.empty())
      problems_.add(place_at(fields_[i].start), "a column has no name");
    else if (twice)
      problems_.add(place_at(fields_[i].start), fmt::format("the column \"{}\" is there twice", name));
    else if (wanted != columns_.end())
      order_[static_cast<std::size_t>(wanted - columns_.begin())] = i;
    else if (options_.unknown == UnknownColumns::keep)
      order_.push_back(i), extra_.emplace_back(name);
    else
      problems_.add(place_at(fields_[i].start),
                    fmt::format("unknown column \"{}\"; the columns are {}", name, quoted_list(columns_)));
  }
  for (std::size_t i = 0; i < columns_.size(); ++i)
    if (order_[i] == kNone) problems_.add(place(), fmt::format("the column \"{}\" is missing", columns_[i]));
}

bool CsvReader::next() {
  while (width_ != 0 && at_ < text_.size())
    if (read_row()) return true;
  return false;
}

// One row into fields_. False: it was bad and is reported; at_ is then behind its line.
bool CsvReader::read_row() {
  fields_.clear();
  scratch_.clear();
  row_start_ = at_;
  row_line_ = line_;
  if (text_[at_] == '\n' || text_.substr(at_).starts_with("\r\n")) {
    bad(at_, "this line is empty");
    return false;
  }
  Step step;
  while ((step = read_field()) == Step::field) {}
  if (step == Step::bad) return false;
  if (width_ == 0 || fields_.size() == width_) return true;
  problems_.add(place(), fmt::format("this row has {} fields; the header has {}", fields_.size(), width_));
  return false;
}

CsvReader::Step CsvReader::read_field() {
  std::size_t most = width_ == 0 ? limits::kCsvColumns : width_;
  if (fields_.size() == most)
    return bad(at_, width_ == 0 ? fmt::format("a table has at most {} columns", most)
                                : fmt::format("this row has more fields than the header, which has {}", most));
  Field& field = fields_.emplace_back();
  field.start = field.from = at_;
  return at_ < text_.size() && text_[at_] == '"' ? read_quoted(field) : read_plain(field);
}

CsvReader::Step CsvReader::read_plain(Field& field) {
  const char* p = text_.data() + at_;
  const char* end = text_.data() + text_.size();
  while (p != end && !kSpecial[static_cast<unsigned char>(*p)]) ++p;
  at_ = static_cast<std::size_t>(p - text_.data());
  field.size = at_ - field.from;
  if (p != end && *p == '"')
    return bad(at_, "a quote inside a field that does not start with one; quote the field and double the quote");
  return end_of_field();
}

CsvReader::Step CsvReader::read_quoted(Field& field) {
  field.from = at_ + 1;
  bool doubled = false;
  for (++at_;; ++at_) {
    // Bounded by the limit: an unclosed quote must not read the rest of the file again for every line.
    if (at_ - field.from > limits::kCsvFieldBytes)
      return unclosed(field, fmt::format("this quoted field has more than {} bytes, or its closing quote is missing",
                                         limits::kCsvFieldBytes));
    if (at_ == text_.size()) return unclosed(field, "the closing quote is missing");
    char c = text_[at_];
    if (is_control(c)) return bad(at_, "a control character");
    if (c != '"') continue;
    if (at_ + 1 == text_.size() || text_[at_ + 1] != '"') break;
    doubled = true;
    ++at_;
  }
  field.size = at_ - field.from;
  std::string_view inside = text_.substr(field.from, field.size);
  line_ += static_cast<std::size_t>(std::count(inside.begin(), inside.end(), '\n'));
  ++at_;
  if (doubled) undo_quotes(field);
  if (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\n' && text_[at_] != '\r')
    return bad(at_, "after a closing quote comes a comma or the end of the line");
  return end_of_field();
}

// The line on which the quote was opened is lost, what follows it may be good.
CsvReader::Step CsvReader::unclosed(const Field& field, std::string message) {
  at_ = field.start;
  return bad(field.start, std::move(message));
}

void CsvReader::undo_quotes(Field& field) {
  std::string_view inside = text_.substr(field.from, field.size);
  field.from = scratch_.size();
  for (std::size_t i = 0; i < inside.size(); ++i) {
    scratch_ += inside[i];
    if (inside[i] == '"') ++i;
  }
  field.size = scratch_.size() - field.from;
  field.unescaped = true;
}

// at_ stands behind the field's last byte.
CsvReader::Step CsvReader::end_of_field() {
  const Field& field = fields_.back();
  if (field.size > limits::kCsvFieldBytes)
    return bad(field.start, fmt::format("this field has more than {} bytes", limits::kCsvFieldBytes));
  if (at_ - row_start_ > limits::kCsvLineBytes)
    return bad(row_start_, fmt::format("this row has more than {} bytes", limits::kCsvLineBytes));
  if (at_ == text_.size()) return Step::row;
  if (text_[at_] == ',') {
    ++at_;
    return Step::field;
  }
  if (text_.substr(at_).starts_with("\r\n")) ++at_;
  if (text_[at_] != '\n')
    return bad(at_, text_[at_] == '\r' ? "a carriage return without a line feed" : "a control character");
  ++at_;
  ++line_;
  return Step::row;
}

// Reports, and goes on behind the line on which at_ stands.
CsvReader::Step CsvReader::bad(std::size_t offset, std::string message) {
  problems_.add(place_at(offset), std::move(message));
  std::size_t end = text_.find('\n', at_);
  at_ = end == text_.npos ? text_.size() : end + 1;
  std::string_view passed = text_.substr(row_start_, at_ - row_start_);
  line_ = row_line_ + static_cast<std::size_t>(std::count(passed.begin(), passed.end(), '\n'));
  return Step::bad;
}

std::string_view CsvReader::value(const Field& field) const {
  return (field.unescaped ? std::string_view(scratch_) : text_).substr(field.from, field.size);
}

std::string_view CsvReader::field(std::size_t column) const {
  check(column < order_.size(), "no such column was asked for");
  return value(fields_[order_[column]]);
}

std::string CsvReader::place(std::size_t column) const {
  check(column < order_.size(), "no such column was asked for");
  return place_at(fields_[order_[column]].start);
}

std::string CsvReader::place() const {
  return place_at(row_start_);
}

// From the start of the row: its quoted fields may hold line feeds.
std::string CsvReader::place_at(std::size_t offset) const {
  std::size_t line = row_line_;
  std::size_t column = 1;
  for (std::size_t i = row_start_; i < offset; ++i) {
    if (text_[i] == '\n')
      ++line, column = 1;
    else if ((text_[i] & 0xc0) != 0x80)  // not a continuation byte of UTF-8
      ++column;
  }
  return fmt::format("{}:{}:{}", options_.file, line, column);
}

CsvWriter& CsvWriter::field(std::string_view text) {
  separate();
  if (text.find_first_of(",\"\r\n") == text.npos) {
    out_ += text;
    return *this;
  }
  out_ += '"';
  for (char c : text) {
    if (c == '"') out_ += '"';
    out_ += c;
  }
  out_ += '"';
  return *this;
}

CsvWriter& CsvWriter::field(std::int64_t value) {
  separate();
  out_ += fmt::format_int(value).str();
  return *this;
}

CsvWriter& CsvWriter::end_row() {
  if (out_.size() == row_start_) out_ += "\"\"";  // one empty field: an empty line would be refused
  out_ += '\n';
  row_start_ = out_.size();
  first_ = true;
  return *this;
}

void CsvWriter::separate() {
  if (!first_) out_ += ',';
  first_ = false;
}

}  // namespace scrutineer

#include "core/cvr/rows.h"

#include <algorithm>

namespace scrutineer {

CvrRows::CvrRows(std::string_view text, std::string_view file) : text_(text), file_(file) {
  if (text_.starts_with("\xef\xbb\xbf")) at_ = 3;
}

std::string CvrRows::place() const {
  return file_ + ":" + std::to_string(row_line_);
}

// RFC 4180, and Dominion's ="...": an equals sign before the opening quote.
Status CvrRows::read_field(std::string& out) {
  out.clear();
  if (text_.substr(at_).starts_with("=\"")) ++at_;
  if (at_ < text_.size() && text_[at_] == '"') {
    for (++at_;; ++at_) {
      if (at_ >= text_.size()) return fail(ErrorCode::malformed, "a quoted field has no end", place());
      if (text_[at_] == '"') {
        if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') break;
        ++at_;
      }
      line_ += text_[at_] == '\n';
      out += text_[at_];
      if (out.size() > kCvrFieldBytes) return fail(ErrorCode::limit_exceeded, "a field has at most 16 KiB", place());
    }
    ++at_;
    if (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\n' && text_[at_] != '\r')
      return fail(ErrorCode::malformed, "something follows the closing quote of a field", place());
  } else {
    const std::size_t end = std::min(text_.find_first_of(",\r\n", at_), text_.size());
    if (end - at_ > kCvrFieldBytes) return fail(ErrorCode::limit_exceeded, "a field has at most 16 KiB", place());
    out = text_.substr(at_, end - at_);
    at_ = end;
  }
  if (!is_utf8(out)) return fail(ErrorCode::malformed, "a field is not UTF-8", place());
  return {};
}

Result<bool> CvrRows::next() {
  while (at_ < text_.size()) {
    fields_.clear();
    row_line_ = line_;
    for (bool more = true; more;) {
      if (fields_.size() == kCvrColumns)
        return fail(ErrorCode::limit_exceeded, "a row has at most 20000 fields", place());
      fields_.emplace_back();
      SCRUTINEER_CHECKED(read_field(fields_.back()));
      more = at_ < text_.size() && text_[at_] == ',';
      at_ += more;
    }
    if (at_ < text_.size() && text_[at_] == '\r') ++at_;
    if (at_ < text_.size()) {
      if (text_[at_] != '\n') return fail(ErrorCode::malformed, "a line ends in CR alone", place());
      ++at_, ++line_;
    }
    if (std::any_of(fields_.begin(), fields_.end(), [](const std::string& field) { return !field.empty(); }))
      return true;
  }
  return false;
}

}  // namespace scrutineer

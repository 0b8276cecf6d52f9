#include "core/base/check.h"
#include "core/codec/xml.h"

namespace scrutineer {

XmlWriter::XmlWriter() : out_("<?xml version=\"1.0\" encoding=\"UTF-8\"?>") {}

void XmlWriter::escaped(std::string_view text) {
  for (char c : text) {
    switch (c) {
      case '&': out_ += "&amp;"; break;
      case '<': out_ += "&lt;"; break;
      case '>': out_ += "&gt;"; break;
      case '"': out_ += "&quot;"; break;
      // Otherwise a reader would make spaces of them.
      case '\n': out_ += "&#10;"; break;
      case '\r': out_ += "&#13;"; break;
      case '\t': out_ += "&#9;"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20)
          out_ += "\xEF\xBF\xBD";
        else
          out_ += c;
    }
  }
}

void XmlWriter::close_tag() {
  if (in_tag_) out_ += '>';
  in_tag_ = false;
}

XmlWriter& XmlWriter::begin(std::string_view name) {
  close_tag();
  out_.append("\n").append(2 * open_.size(), ' ').append("<").append(name);
  open_.emplace_back(name);
  in_tag_ = true;
  has_text_ = false;
  return *this;
}

XmlWriter& XmlWriter::attribute(std::string_view name, std::string_view value) {
  check(in_tag_, "attributes stand in the start tag");
  out_.append(" ").append(name).append("=\"");
  escaped(value);
  out_ += '"';
  return *this;
}

XmlWriter& XmlWriter::text(std::string_view text) {
  if (text.empty()) return *this;
  close_tag();
  escaped(text);
  has_text_ = true;
  return *this;
}

XmlWriter& XmlWriter::end() {
  check(!open_.empty(), "every end has its beginning");
  if (in_tag_) {
    out_ += "/>";
  } else {
    if (!has_text_) out_.append("\n").append(2 * (open_.size() - 1), ' ');
    out_.append("</").append(open_.back()).append(">");
  }
  open_.pop_back();
  in_tag_ = has_text_ = false;
  return *this;
}

std::string XmlWriter::take() {
  check(open_.empty(), "every beginning has its end");
  return std::move(out_) + "\n";
}

}  // namespace scrutineer

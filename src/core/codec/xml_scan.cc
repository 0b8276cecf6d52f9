// The tree builder behind xml.h is lenient: it takes unknown entities for text and does not know namespaces. This pass
// comes before it and lets only documents through that XML 1.0 calls well-formed; the comments name its productions.
#include "core/codec/xml_scan.h"

#include <algorithm>

#include "core/base/bytes.h"

namespace scrutineer {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
// [4] NameStartChar and [4a] NameChar; every character beyond ASCII is let through, which no namespace or rule of ours
// depends on.
bool starts_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
bool in_name(char c) {
  return starts_name(c) || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == ':';
}
// [2] Char
bool is_char(std::uint32_t c) {
  return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) ||
         (c >= 0x10000 && c <= 0x10FFFF);
}

class Scanner {
 public:
  Scanner(std::string_view text, const XmlLimits& limits) : text_(text), limits_(limits) {}

  Status document() {
    SCRUTINEER_CHECKED(characters());
    SCRUTINEER_CHECKED(declaration());
    while (at_ < text_.size()) {
      if (text_[at_] == '<') {
        SCRUTINEER_CHECKED(markup());
      } else {
        SCRUTINEER_CHECKED(character_data());
      }
    }
    if (!open_.empty())
      return malformed(open_.back().offset, "the element <" + std::string(open_.back().name) + "> has no end");
    if (elements_ == 0) return malformed(text_.size(), "there is no element");
    return {};
  }

 private:
  struct Open {
    std::string_view name;
    std::size_t offset = 0;
    std::size_t prefixes = 0;  // how many of prefixes_ were declared before it
  };
  struct Attribute {
    std::string_view name, value;
  };

  tl::unexpected<Error> error(ErrorCode code, std::size_t offset, std::string message) const {
    return fail(code, std::move(message), std::to_string(offset));
  }
  tl::unexpected<Error> malformed(std::size_t offset, std::string message) const {
    return error(ErrorCode::malformed, offset, std::move(message));
  }
  tl::unexpected<Error> too_many(std::string message) const {
    return error(ErrorCode::limit_exceeded, at_, std::move(message));
  }
  bool looking_at(std::string_view literal) const { return text_.substr(at_, literal.size()) == literal; }
  void skip_space() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
  }

  Status characters() const {
    std::size_t good = utf8_prefix(text_);
    if (good != text_.size()) return malformed(good, "these bytes are not UTF-8");
    for (std::size_t i = 0; i < text_.size(); ++i) {
      auto c = static_cast<unsigned char>(text_[i]);
      if (c < 0x20 && !is_space(text_[i])) return malformed(i, "a control character cannot stand in XML");
      // U+FFFE and U+FFFF
      if (c == 0xEF && text_.substr(i, 2) == "\xEF\xBF" && static_cast<unsigned char>(text_[i + 2]) >= 0xBE)
        return malformed(i, "this character cannot stand in XML");
    }
    return {};
  }

  // [23] XMLDecl. Only UTF-8 is read, whatever it says.
  Status declaration() {
    if (!looking_at("<?xml") || text_.size() < 6 || !is_space(text_[5])) return {};
    std::size_t end = text_.find("?>");
    if (end == text_.npos) return malformed(0, "the XML declaration has no end");
    at_ = 5;
    std::string_view whole = text_;
    text_ = text_.substr(0, end);
    attributes_.clear();
    for (skip_space(); at_ < text_.size(); skip_space()) SCRUTINEER_CHECKED(attribute());
    text_ = whole;
    at_ = end + 2;
    for (const Attribute& a : attributes_) {
      std::string value(a.value);
      std::transform(value.begin(), value.end(), value.begin(),
                     [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
      if (a.name == "encoding" && value != "utf-8")
        return error(ErrorCode::unsupported, 0, "only UTF-8 is read, and this document says " + std::string(a.value));
      if (a.name == "version" && value != "1.0") return error(ErrorCode::unsupported, 0, "only XML 1.0 is read");
    }
    return {};
  }

  Status markup() {
    if (looking_at("<!--")) return comment();
    if (looking_at("<![CDATA[")) return cdata();
    if (looking_at("<!"))
      return error(ErrorCode::unsupported, at_, "a document type declaration is not read: it can name other files");
    if (looking_at("<?")) return instruction();
    if (looking_at("</")) return end_tag();
    return start_tag();
  }

  // [15] Comment: "--" only at its end
  Status comment() {
    std::size_t end = text_.find("--", at_ + 4);
    if (end == text_.npos || text_.substr(end, 3) != "-->") return malformed(at_, "this comment does not end in -->");
    at_ = end + 3;
    return {};
  }
  Status cdata() {
    std::size_t end = text_.find("]]>", at_);
    if (open_.empty() || end == text_.npos) return malformed(at_, "a CDATA section out of place or without its end");
    at_ = end + 3;
    return {};
  }
  // [16] PI: ignored, but for a second XML declaration
  Status instruction() {
    std::size_t end = text_.find("?>", at_);
    if (end == text_.npos || at_ + 2 >= end || !starts_name(text_[at_ + 2]))
      return malformed(at_, "a processing instruction without a name or an end");
    if (looking_at("<?xml") && (end == at_ + 5 || is_space(text_[at_ + 5])))
      return malformed(at_, "an XML declaration stands only at the start");
    at_ = end + 2;
    return {};
  }

  Status start_tag() {
    if (open_.empty() && elements_ > 0) return malformed(at_, "a document has one outermost element");
    if (++elements_ > limits_.elements) return too_many("more than " + std::to_string(limits_.elements) + " elements");
    if (open_.size() >= limits_.depth)
      return too_many("elements inside each other beyond depth " + std::to_string(limits_.depth));
    std::size_t start = at_++;
    SCRUTINEER_TRY(std::string_view name, take_name());
    attributes_.clear();
    bool closed = false;
    while (true) {
      std::size_t before = at_;
      skip_space();
      if (at_ >= text_.size()) return malformed(start, "this tag has no end");
      if (text_[at_] == '>') break;
      if (looking_at("/>")) {
        closed = true;
        break;
      }
      if (before == at_) return malformed(at_, "white space is missing between attributes");
      SCRUTINEER_CHECKED(attribute());
    }
    at_ += closed ? 2 : 1;
    std::size_t outer = prefixes_.size();
    SCRUTINEER_CHECKED(namespaces(start, name));
    if (closed)
      prefixes_.resize(outer);
    else
      open_.push_back({name, start, outer});
    return {};
  }

  Status end_tag() {
    std::size_t start = at_;
    at_ += 2;
    SCRUTINEER_TRY(std::string_view name, take_name());
    skip_space();
    if (at_ >= text_.size() || text_[at_] != '>') return malformed(start, "this end tag has no end");
    ++at_;
    if (open_.empty() || open_.back().name != name)
      return malformed(start, "</" + std::string(name) + "> ends no element that is open here");
    prefixes_.resize(open_.back().prefixes);
    open_.pop_back();
    return {};
  }

  Result<std::string_view> take_name() {
    std::size_t from = at_;
    if (at_ >= text_.size() || !starts_name(text_[at_])) return malformed(at_, "a name should stand here");
    while (at_ < text_.size() && in_name(text_[at_])) ++at_;
    std::string_view name = text_.substr(from, at_ - from);
    if (name.size() > limits_.name_bytes) return too_many("a name is too long");
    // Namespaces in XML [7] QName: one colon at most, neither first nor last
    std::size_t colon = name.find(':');
    if (colon != name.npos && (colon + 1 == name.size() || !starts_name(name[colon + 1]) || name.rfind(':') != colon))
      return malformed(from, "this is no name with a prefix");
    return name;
  }

  // [41] Attribute
  Status attribute() {
    std::size_t start = at_;
    SCRUTINEER_TRY(std::string_view name, take_name());
    skip_space();
    if (at_ >= text_.size() || text_[at_] != '=') return malformed(start, "an attribute has no value");
    ++at_;
    skip_space();
    if (at_ >= text_.size() || (text_[at_] != '"' && text_[at_] != '\''))
      return malformed(start, "an attribute's value stands in quotes");
    char quote = text_[at_++];
    std::size_t from = at_;
    while (at_ < text_.size() && text_[at_] != quote) {
      if (text_[at_] == '<') return malformed(at_, "'<' cannot stand in an attribute");
      if (text_[at_] == '&') {
        SCRUTINEER_CHECKED(reference());
      } else {
        ++at_;
      }
    }
    if (at_ >= text_.size()) return malformed(start, "an attribute's value has no end");
    for (const Attribute& other : attributes_)
      if (other.name == name) return malformed(start, "the attribute " + std::string(name) + " stands here twice");
    if (attributes_.size() >= limits_.attributes) return too_many("too many attributes on one element");
    attributes_.push_back({name, text_.substr(from, at_ - from)});
    ++at_;
    return {};
  }

  // [66] CharRef and the five entities of section 4.6; others would need a document type.
  Status reference() {
    std::size_t end = text_.substr(at_, 12).find(';');
    if (end == text_.npos) return malformed(at_, "'&' stands for itself only as &amp;");
    std::string_view name = text_.substr(at_ + 1, end - 1);
    bool good = name == "lt" || name == "gt" || name == "amp" || name == "quot" || name == "apos";
    if (name.starts_with('#')) {
      bool hex = name.starts_with("#x");
      std::string_view digits = name.substr(hex ? 2 : 1);
      std::uint32_t value = 0;
      good = !digits.empty() && digits.size() <= 8;
      for (char c : digits) {
        bool decimal = c >= '0' && c <= '9', letter = (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        if (!decimal && !(hex && letter)) good = false;
        auto digit = static_cast<std::uint32_t>(decimal ? c - '0' : (c | 32) - 'a' + 10);
        value = value > 0x110000 ? value : value * (hex ? 16 : 10) + digit;
      }
      good = good && is_char(value);
    }
    if (!good) return malformed(at_, "the entity &" + std::string(name) + "; is not known");
    at_ += end + 1;
    return {};
  }

  Status character_data() {
    while (at_ < text_.size() && text_[at_] != '<') {
      char c = text_[at_];
      if (open_.empty() && !is_space(c)) return malformed(at_, "text outside the outermost element");
      if (c == ']' && looking_at("]]>")) return malformed(at_, "']]>' cannot stand in text");
      if (c == '&') {
        SCRUTINEER_CHECKED(reference());
      } else {
        ++at_;
      }
    }
    return {};
  }

  // Namespaces in XML, section 5 (Prefix Declared), section 6.3 (no two attributes of one namespace and name).
  Status namespaces(std::size_t start, std::string_view element) {
    for (const Attribute& a : attributes_) {
      if (!a.name.starts_with("xmlns:")) continue;
      if (a.value.empty()) return malformed(start, "a prefix stands for a namespace, not for nothing");
      if (a.name == "xmlns:xml" || a.name == "xmlns:xmlns") return malformed(start, "this prefix is XML's own");
      prefixes_.push_back(a.name.substr(6));
    }
    auto bound = [&](std::string_view name) {
      std::size_t colon = name.find(':');
      if (colon == name.npos) return true;
      std::string_view prefix = name.substr(0, colon);
      return prefix == "xml" || prefix == "xmlns" ||
             std::find(prefixes_.begin(), prefixes_.end(), prefix) != prefixes_.end();
    };
    if (!bound(element) || element.starts_with("xmlns:"))
      return malformed(start, "the prefix of <" + std::string(element) + "> stands for no namespace");
    for (const Attribute& a : attributes_)
      if (!bound(a.name)) return malformed(start, "the prefix of " + std::string(a.name) + " stands for no namespace");
    return {};
  }

  std::string_view text_;
  const XmlLimits& limits_;
  std::size_t at_ = 0;
  std::size_t elements_ = 0;
  std::vector<Open> open_;
  std::vector<Attribute> attributes_;       // of the tag that is being read
  std::vector<std::string_view> prefixes_;  // declared by the elements that are open
};

}  // namespace

Status scan_xml(std::string_view text, const XmlLimits& limits) {
  if (text.size() > limits.bytes)
    return fail(ErrorCode::limit_exceeded, "more than " + std::to_string(limits.bytes) + " bytes of XML", "0");
  return Scanner(text, limits).document();
}

}  // namespace scrutineer

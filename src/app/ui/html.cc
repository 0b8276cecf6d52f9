#include "app/ui/html.h"

#include <array>

#include "app/ui/messages.h"

namespace scrutineer::ui {

namespace {

constexpr std::array<bool, 256> special_bytes() {
  std::array<bool, 256> special{};
  for (unsigned char c : {'&', '<', '>', '"', '\''}) special[c] = true;
  return special;
}

constexpr std::array<bool, 256> kSpecial = special_bytes();

std::string_view entity(char c) {
  switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    default: return "&#39;";
  }
}

}  // namespace

Html::Html(Lang lang, int depth, std::string_view data_lang, std::size_t expected_bytes) : lang_(lang), depth_(depth) {
  const std::string_view page_lang = lang == Lang::ko ? "ko" : "en";
  if (!data_lang.empty() && data_lang != page_lang) {
    out_ = " lang=\"";
    escaped(data_lang);
    out_ += '"';
    name_lang_ = std::move(out_);
    out_.clear();
  }
  out_.reserve(expected_bytes);
}

Html& Html::escaped(std::string_view text) {
  std::size_t written = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!kSpecial[static_cast<unsigned char>(text[i])]) [[likely]]
      continue;
    out_.append(text, written, i - written);
    out_.append(entity(text[i]));
    written = i + 1;
  }
  out_.append(text, written);
  return *this;
}

Html& Html::name_lang() {
  out_.append(name_lang_);
  return *this;
}

Html& Html::to_root() {
  for (int i = 0; i < depth_; ++i) out_.append("../");
  return *this;
}

Html& Html::to_language_root() {
  for (int i = 1; i < depth_; ++i) out_.append("../");
  return *this;
}

void Html::put(Percent percent) {
  if (!append_percent(out_, percent)) (*this)("<i>"_h, msg::not_stated, "</i>"_h);
}

void Html::put(const Count& count) {
  if (count)
    append_grouped(out_, *count);
  else
    (*this)("<i>"_h, msg::not_stated, "</i>"_h);
}

void Html::put(Signed difference) {
  if (difference.value && *difference.value > 0) out_ += '+';
  put(difference.value);
}

}  // namespace scrutineer::ui

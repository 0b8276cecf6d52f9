// Builds one page into one string. What is written decides how: a literal with the suffix _h is markup and goes in as
// it is (it must be known when the program is compiled); any other text is escaped, for content and quoted attributes
// alike. There is no way to put a run-time string into a page as markup; a literal without _h does not compile.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

#include "app/ui/message.h"
#include "app/ui/model.h"
#include "app/ui/number.h"

namespace scrutineer::ui {

class Markup {  // trusted: only literals become one
 public:
  consteval explicit Markup(std::string_view literal) : literal_(literal) {}
  constexpr std::string_view view() const { return literal_; }

 private:
  std::string_view literal_;
};

consteval Markup operator""_h(const char* text, std::size_t size) {
  return Markup(std::string_view(text, size));
}

struct Signed {  // written with its sign: +3, -3, 0
  Count value;
};

class Html {
 public:
  // `depth`: folders between the bundle root and the page (0 for index.html, 2 for ko/unit/7.html).
  // `data_lang`: the language of names in the data; name_lang() says it where the page's own is another.
  Html(Lang lang, int depth, std::string_view data_lang, std::size_t expected_bytes);

  template <class... Pieces>
  Html& operator()(const Pieces&... pieces) {
    (put(pieces), ...);
    return *this;
  }

  // A sentence with its arguments (numbers, or text that is escaped) in the places that the language wants.
  template <int N, class... Args>
  requires(sizeof...(Args) == N) Html& say(const Message<N>& message, const Args&... args) {
    std::string_view rest = message.in(lang_);
    while (true) {
      const std::size_t open = rest.find('{');
      out_.append(rest.substr(0, open));
      if (open == rest.npos) return *this;
      int index = 0;
      ((index++ == rest[open + 1] - '0' ? put(args) : void()), ...);
      rest.remove_prefix(open + 3);
    }
  }

  // ` lang="ko"` where names are in another language than the page, else nothing. Goes inside a tag.
  Html& name_lang();
  // "../" as often as it takes to the bundle root, or to the root of the page's language.
  Html& to_root();
  Html& to_language_root();
  Html& escaped(std::string_view text);

  Lang lang() const { return lang_; }
  int depth() const { return depth_; }
  std::size_t size() const { return out_.size(); }
  std::string take() && { return std::move(out_); }

 private:
  void put(Markup markup) { out_.append(markup.view()); }
  void put(std::string_view text) { escaped(text); }
  void put(const std::string& text) { escaped(text); }
  void put(const Bilingual& text) { escaped(lang_ == Lang::ko ? text.ko : text.en); }
  void put(const Message<0>& message) { out_.append(message.in(lang_)); }
  template <std::integral Number>
  requires(!std::same_as<Number, bool> && !std::same_as<Number, char>) void put(Number number) {
    append_grouped(out_, static_cast<std::int64_t>(number));
  }
  void put(Plain number) { append_plain(out_, number.value); }
  void put(const Html& part) { out_.append(part.out_); }
  void put(Percent percent);
  void put(const Count& count);
  void put(Signed difference);

  std::string out_;
  Lang lang_;
  int depth_;
  std::string name_lang_;
};

}  // namespace scrutineer::ui

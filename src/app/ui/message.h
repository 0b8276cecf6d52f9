// One sentence in every language of the pages. It cannot be made with a language missing, with markup in it, or with
// the places for its arguments ({0}, {1}) not the same in both: such a message does not compile.
#pragma once

#include <string_view>

#include "app/ui/model.h"

namespace scrutineer::ui {

template <int Arguments>
class Message {
 public:
  consteval Message(std::string_view ko, std::string_view en) : ko_(checked(ko)), en_(checked(en)) {}
  constexpr std::string_view in(Lang lang) const { return lang == Lang::ko ? ko_ : en_; }

 private:
  static consteval std::string_view checked(std::string_view text) {
    if (text.empty()) throw "a language is missing";
    if (text.find_first_of("<>&\"") != text.npos) throw "markup in a message";
    int places = 0;
    for (std::size_t i = text.find('{'); i != text.npos; i = text.find('{', i + 1)) {
      if (i + 2 >= text.size() || text[i + 2] != '}') throw "a place is not {0}";
      if (text[i + 1] < '0' || text[i + 1] >= '0' + Arguments) throw "a place without its argument";
      ++places;
    }
    if (places != Arguments) throw "each argument has one place";
    return text;
  }

  std::string_view ko_, en_;
};

using Msg = Message<0>;
using Msg1 = Message<1>;
using Msg2 = Message<2>;
using Msg3 = Message<3>;

}  // namespace scrutineer::ui

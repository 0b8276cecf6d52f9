#include "app/ui/html.h"

#include <doctest/doctest.h>

#include "app/ui/messages.h"

namespace scrutineer::ui {
namespace {

Html page(Lang lang = Lang::en, std::string_view data_lang = "ko") {
  return Html(lang, 2, data_lang, 64);
}

template <class... Pieces>
std::string html(const Pieces&... pieces) {
  Html h = page();
  h(pieces...);
  return std::move(h).take();
}

TEST_CASE("text from outside is escaped, wherever it goes") {
  CHECK(html(std::string("<script>alert(\"1\" & '2')</script>")) ==
        "&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;");
  CHECK(html("<b>"_h, std::string_view("a&b"), "</b>"_h) == "<b>a&amp;b</b>");
  CHECK(html(std::string("한글 — ok")) == "한글 — ok");
  CHECK(html(std::string()).empty());
}

TEST_CASE("arguments of sentences are escaped too, and stand where the language wants them") {
  CHECK(std::move(page().say(msg::counted_of, 1234, 20000)).take() == "1,234 of 20,000 units counted");
  CHECK(std::move(page(Lang::ko).say(msg::counted_of, 1234, 20000)).take() == "개표단위 20,000곳 중 1,234곳 집계");
  CHECK(std::move(page().say(msg::result_of, std::string("<i>"))).take() == "Result: &lt;i&gt;");
}

TEST_CASE("a number that nobody stated is said to be missing, never 0") {
  CHECK(html(Count{}) == "<i>not stated</i>");
  CHECK(html(Count{0}) == "0");
  CHECK(html(Count{1'234'567}) == "1,234,567");
  CHECK(html(Percent{std::nullopt, 100}) == "<i>not stated</i>");
  CHECK(html(Percent{5, 0}) == "<i>not stated</i>");
  CHECK(html(Signed{std::nullopt}) == "<i>not stated</i>");
  CHECK(html(Signed{3}, " "_h, Signed{-3}, " "_h, Signed{0}) == "+3 \u22123 0");
}

TEST_CASE("names say their language where the page speaks another") {
  CHECK(std::move(page(Lang::en, "ko").name_lang()).take() == " lang=\"ko\"");
  CHECK(std::move(page(Lang::ko, "ko").name_lang()).take().empty());
  CHECK(std::move(page(Lang::en, "\"><script>").name_lang()).take() == " lang=\"&quot;&gt;&lt;script&gt;\"");
}

TEST_CASE("links climb to the root as far as the page is deep") {
  CHECK(std::move(page().to_root()).take() == "../../");
  CHECK(std::move(page().to_language_root()).take() == "../");
  CHECK(std::move(Html(Lang::ko, 1, "", 8).to_root()).take() == "../");
  CHECK(std::move(Html(Lang::ko, 1, "", 8).to_language_root()).take().empty());
}

}  // namespace
}  // namespace scrutineer::ui

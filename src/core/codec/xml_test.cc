#include "core/codec/xml.h"

#include <doctest/doctest.h>

using namespace scrutineer;

namespace {

struct Case {
  const char* what;
  std::string text;
  ErrorCode code;
  const char* where;
};

}  // namespace

TEST_CASE("xml: elements, attributes and text are found by namespace, whatever the prefix") {
  auto xml =
      Xml::parse(
          "\xEF\xBB\xBF<?xml version='1.0' encoding='utf-8'?>\n<?note ignored?>\n"
          "<a xmlns='urn:a' xmlns:k='urn:k' Id='7 &lt; 8'>\n  <k:b>one <!-- two --> &#44608;<![CDATA[<&]]> </k:b>"
          "<b xmlns=''/><c xmlns:k='urn:other'><k:b/></c>\n</a> <!-- end -->\n")
          .value();
  XmlElement root = xml->root();
  CHECK(root.is("urn:a", "a"));
  CHECK(root.attribute("Id").value() == "7 < 8");
  CHECK_FALSE(root.attribute("id").has_value());
  CHECK(root.find("urn:k", "b").value().text() == "one 김<&");
  CHECK(root.find("urn:k", "b").value().line() == 4);
  CHECK(root.find("", "b").value().space().empty());
  CHECK_FALSE(root.find("urn:a", "b").has_value());
  CHECK(root.find("urn:a", "c").value().first_child().value().is("urn:other", "b"));
  CHECK_FALSE(root.find("urn:a", "c").value().next_sibling().has_value());
}

TEST_CASE("xml: what is refused, with the line") {
  std::string deep;
  for (int i = 0; i < 33; ++i) deep += "<a>";
  const Case cases[] = {
      {"empty", "", ErrorCode::malformed, "f:1"},
      {"only text", "hello", ErrorCode::malformed, "f:1"},
      {"a document type", "<!DOCTYPE a>\n<a/>", ErrorCode::unsupported, "f:1"},
      {"entities that grow", "<!DOCTYPE a [<!ENTITY b \"bb\">]><a>&b;</a>", ErrorCode::unsupported, "f:1"},
      {"a file by entity", "<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>\n<a/>",
       ErrorCode::unsupported, "f:2"},
      {"an unknown entity", "<a>\n&nbsp;</a>", ErrorCode::malformed, "f:2"},
      {"a bare ampersand", "<a>A & B</a>", ErrorCode::malformed, "f:1"},
      {"a character that XML has not", "<a>&#0;</a>", ErrorCode::malformed, "f:1"},
      {"a surrogate", "<a>&#xD800;</a>", ErrorCode::malformed, "f:1"},
      {"another encoding", "<?xml version='1.0' encoding='ISO-8859-1'?><a/>", ErrorCode::unsupported, "f:1"},
      {"XML 1.1", "<?xml version='1.1'?><a/>", ErrorCode::unsupported, "f:1"},
      {"bytes that are not UTF-8", "<a>\n\n\xC3(</a>", ErrorCode::malformed, "f:3"},
      {"a control character", std::string("<a>\x01</a>"), ErrorCode::malformed, "f:1"},
      {"a wrong end", "<a>\n<b></a></b>", ErrorCode::malformed, "f:2"},
      {"no end", "<a>\n<b>", ErrorCode::malformed, "f:2"},
      {"two outermost elements", "<a/>\n<b/>", ErrorCode::malformed, "f:2"},
      {"text behind it", "<a/>\nx", ErrorCode::malformed, "f:2"},
      {"an attribute twice", "<a x='1' x='2'/>", ErrorCode::malformed, "f:1"},
      {"an attribute without quotes", "<a x=1/>", ErrorCode::malformed, "f:1"},
      {"'<' in an attribute", "<a x='<'/>", ErrorCode::malformed, "f:1"},
      {"attributes without a space", "<a x='1'y='2'/>", ErrorCode::malformed, "f:1"},
      {"a prefix without a namespace", "<k:a/>", ErrorCode::malformed, "f:1"},
      {"a prefix behind its element", "<a><b xmlns:k='urn:k'/><k:c/></a>", ErrorCode::malformed, "f:1"},
      {"an attribute's prefix without one", "<a k:x='1'/>", ErrorCode::malformed, "f:1"},
      {"two colons", "<a:b:c xmlns:a='urn:a'/>", ErrorCode::malformed, "f:1"},
      {"']]>' in text", "<a>]]></a>", ErrorCode::malformed, "f:1"},
      {"a comment with --", "<a><!-- a -- b --></a>", ErrorCode::malformed, "f:1"},
      {"a declaration inside", "<a><?xml version='1.0'?></a>", ErrorCode::malformed, "f:1"},
      {"too deep", deep, ErrorCode::limit_exceeded, "f:1"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    auto xml = Xml::parse(c.text, "f");
    REQUIRE_FALSE(xml.has_value());
    CHECK(xml.error().code == c.code);
    CHECK(xml.error().where == c.where);
    CHECK_FALSE(xml.error().message.empty());
  }
}

TEST_CASE("xml: every limit is met at its value and refused beyond it") {
  XmlLimits limits{.bytes = 40, .elements = 3, .depth = 2, .attributes = 1, .name_bytes = 4};
  auto code = [&](std::string text) {
    auto xml = Xml::parse(text, "f", limits);
    return xml ? std::optional<ErrorCode>() : std::optional(xml.error().code);
  };
  CHECK_FALSE(code("<a><b x='1'/><b/></a>").has_value());
  CHECK(code("<a><b/><b/><b/></a>") == ErrorCode::limit_exceeded);
  CHECK(code("<a><b><c/></b></a>") == ErrorCode::limit_exceeded);
  CHECK(code("<a x='1' y='2'/>") == ErrorCode::limit_exceeded);
  CHECK(code("<abcde/>") == ErrorCode::limit_exceeded);
  CHECK_FALSE(code("<a>" + std::string(33, 'x') + "</a>").has_value());
  CHECK(code("<a>" + std::string(34, 'x') + "</a>") == ErrorCode::limit_exceeded);
}

TEST_CASE("xml: what the writer writes reads back, and the same calls give the same bytes") {
  XmlWriter out;
  out.begin("a").attribute("xmlns", "urn:a").attribute("x", "\"<&>'\n");
  out.element("b", "김 & <이>").empty("c").begin("d").element("e", 7).end().element("f", std::string_view("\x01", 1));
  std::string text = out.end().take();
  CHECK(text ==
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a xmlns=\"urn:a\" x=\"&quot;&lt;&amp;&gt;'&#10;\">\n"
        "  <b>김 &amp; &lt;이&gt;</b>\n  <c/>\n  <d>\n    <e>7</e>\n  </d>\n  <f>\xEF\xBF\xBD</f>\n</a>\n");
  auto xml = Xml::parse(text).value();
  CHECK(xml->root().attribute("x").value() == "\"<&>'\n");
  CHECK(xml->root().find("urn:a", "b").value().text() == "김 & <이>");
}

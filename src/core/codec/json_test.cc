#include "core/codec/json.h"

#include <doctest/doctest.h>

using namespace scrutineer;

TEST_CASE("JSON that is read, and how it comes out") {
  auto document = Json::parse(R"({"a":1,"b":[true,null,-5,"x\u00e9\n"],"c":{"d":9007199254740991}})");
  REQUIRE(document);
  JsonValue root = document->root();
  CHECK(root.size() == 3);
  CHECK(root.find("a")->as_integer() == 1);
  std::vector<JsonKind> kinds;
  JsonValue list = *root.find("b");  // kept: a range-for over a temporary optional would outlive it
  for (JsonValue element : list) kinds.push_back(element.kind());
  CHECK(kinds == std::vector{JsonKind::boolean, JsonKind::null, JsonKind::integer, JsonKind::string});
  CHECK(root.find("c")->find("d")->as_integer() == limits::kMaxInteger);
  CHECK_FALSE(root.find("e"));
  CHECK_FALSE(root.find("a")->as_string());
}

TEST_CASE("JSON that is refused") {
  struct Row {
    const char* text;
    ErrorCode code;
    const char* because;
  } rows[] = {
      {"", ErrorCode::malformed, "nothing"},
      {"{\"a\":1", ErrorCode::malformed, "cut off"},
      {"{} x", ErrorCode::malformed, "more behind it"},
      {"{\"a\":1,\"a\":1}", ErrorCode::malformed, "the same name twice"},
      {"{\"b\":{\"a\":1,\"\\u0061\":1}}", ErrorCode::malformed, "the same name twice, spelled with an escape"},
      {"{\"a\":1.0}", ErrorCode::malformed, "a fraction"},
      {"{\"a\":1e3}", ErrorCode::malformed, "an exponent"},
      {"{\"a\":9007199254740992}", ErrorCode::malformed, "2^53"},
      {"{\"a\":-9007199254740992}", ErrorCode::malformed, "-2^53"},
      {"{\"a\":18446744073709551615}", ErrorCode::malformed, "2^64-1"},
      {"{\"a\":01}", ErrorCode::malformed, "a leading zero"},
      {"{\"a\":\"\xff\"}", ErrorCode::malformed, "not UTF-8"},
      {"{\"a\":\"\\ud800\"}", ErrorCode::malformed, "half a surrogate pair"},
      {"{'a':1}", ErrorCode::malformed, "single quotes"},
      {"{\"a\":1,}", ErrorCode::malformed, "a trailing comma"},
      {"[[[[[[[[[1]]]]]]]]]", ErrorCode::limit_exceeded, "nine levels"},
      {"{\"a\":NaN}", ErrorCode::malformed, "NaN"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.because);
    auto document = Json::parse(row.text);
    REQUIRE_FALSE(document);
    CHECK(document.error().code == row.code);
  }
  CHECK(Json::parse("[[[[[[[[1]]]]]]]]"));
}

TEST_CASE("many members: a duplicate name is found among more than sixteen") {
  std::string text = "{";
  for (int i = 0; i < 40; ++i) text += "\"k" + std::to_string(i) + "\":0,";
  CHECK(Json::parse(text + "\"z\":0}"));
  CHECK_FALSE(Json::parse(text + "\"k17\":0}"));
}

TEST_CASE("what is written is read back, and the same calls give the same bytes") {
  JsonWriter writer;
  writer.begin_object().member("name", "a\"b\\c\x01\x7f가").member("n", -42).name("list").begin_array();
  writer.integer(1).boolean(false).null().begin_object().end_object().end_array().end_object();
  CHECK(writer.text() == "{\"name\":\"a\\\"b\\\\c\\u0001\\u007f가\",\"n\":-42,\"list\":[1,false,null,{}]}");
  auto document = Json::parse(writer.text());
  REQUIRE(document);
  CHECK(document->root().find("name")->as_string() == "a\"b\\c\x01\x7f가");
}

TEST_CASE("a value can be located in its source") {
  std::string source = "{\n \"a\" : [1, {\"b\": \"x:y\\\"\"}],\n \"c\": true}";
  auto document = Json::parse(source);
  REQUIRE(document);
  CHECK(source.substr(document->root().find("c")->offset_in(source), 4) == "true");
  JsonValue list = *document->root().find("a");
  CHECK(source[list.offset_in(source)] == '[');
  auto second = list.begin();
  ++second;
  CHECK(source.substr((*second).find("b")->offset_in(source), 5) == "\"x:y\\");
}

TEST_CASE("numbers of other people's formats keep their text, where the reader asks for them") {
  std::string source = R"({"latitude":48.8566,"b":[1e3,-0.5E-7,18446744073709551615,9007199254740993,7],"c":"1.5"})";
  CHECK_FALSE(Json::parse(source));
  auto document = Json::parse(source, limits::kJsonDepth, JsonNumbers::any);
  REQUIRE(document);
  JsonValue root = document->root();
  CHECK(root.find("latitude")->as_number_text() == "48.8566");
  CHECK_FALSE(root.find("latitude")->as_integer());
  CHECK_FALSE(root.find("latitude")->as_string());
  std::vector<std::string> texts;
  JsonValue list = *root.find("b");
  for (JsonValue element : list)
    texts.emplace_back(element.as_integer() ? std::to_string(*element.as_integer()) + " integer"
                                            : std::string(*element.as_number_text()));
  CHECK(texts == std::vector<std::string>{"1e3", "-0.5E-7", "18446744073709551615", "9007199254740993", "7 integer"});
  CHECK(root.find("c")->as_string() == "1.5");
  CHECK(Json::parse("[1e400]", limits::kJsonDepth, JsonNumbers::any));  // kept as text: nothing overflows
  CHECK_FALSE(Json::parse("[1.]", limits::kJsonDepth, JsonNumbers::any));
  CHECK_FALSE(Json::parse("[1.5,1.5", limits::kJsonDepth, JsonNumbers::any));
}

TEST_CASE("the exact texts of elements and members") {
  std::string source = R"( {"a" : [ {"x":"]}\"" , "y":[1, 2]} ,3, "s\\" ,{} , [[]],null ], "b":-1 , "c": {"d" : 1}})";
  auto document = Json::parse(source);
  REQUIRE(document);
  using Texts = std::vector<std::string_view>;
  CHECK(document->root().find("a")->texts_in(source) ==
        Texts{R"({"x":"]}\"" , "y":[1, 2]})", "3", R"("s\\")", "{}", "[[]]", "null"});
  Texts members = document->root().texts_in(source);
  REQUIRE(members.size() == 3);
  CHECK(members[1] == "-1");
  CHECK(members[2] == R"({"d" : 1})");
  CHECK(document->root().find("b")->texts_in(source).empty());
}

// The envelope: two lines, one type, one object; ids that no signature changes; entries with sorted signatures.
#include "core/record/record.h"

#include <doctest/doctest.h>

#include "core/base/limits.h"
#include "core/crypto/hash.h"
#include "tests/support/world.h"

using namespace scrutineer;
using scrutineer::testing::Signatory;

namespace {

const std::string kElection(64, 'e');
const std::string kOf(64, '1');

// A refusal is the smallest body: what is tested here is around it.
std::string refusal(const std::string& more = "") {
  return "scrutineer/refusal/1\n{\"election\":\"" + kElection + "\",\"of\":\"" + kOf + "\",\"reason\":\"why\"" + more +
         "}\n";
}

ErrorCode code_of(std::string_view text) {
  auto record = read_record_text(text);
  REQUIRE_FALSE(record.has_value());
  return record.error().code;
}

}  // namespace

TEST_CASE("record: two lines exactly") {
  std::string good = refusal();
  CHECK(read_record_text(good).has_value());
  struct Case {
    std::string what;
    std::string text;
  };
  std::string body = good.substr(good.find('\n') + 1);
  const Case cases[] = {
      {"nothing", ""},
      {"one line feed", "\n"},
      {"one line", "scrutineer/refusal/1\n"},
      {"no line feed at the end", good.substr(0, good.size() - 1)},
      {"a third line", good + "x\n"},
      {"an empty third line", good + "\n"},
      {"an empty line between", "scrutineer/refusal/1\n\n" + body},
      {"an empty second line", "scrutineer/refusal/1\n\n"},
      {"a space before the type", " " + good},
      {"CR LF after the type", "scrutineer/refusal/1\r\n" + body},
      {"JSON in two lines", "scrutineer/refusal/1\n{\n" + body.substr(1)},
      {"a list", "scrutineer/refusal/1\n[]\n"},
      {"two objects", "scrutineer/refusal/1\n{}{}\n"},
      {"a comment", "scrutineer/refusal/1\n{}//\n"},
      {"a byte order mark", "\xef\xbb\xbf" + good},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    auto record = read_record_text(c.text);
    CHECK_FALSE(record.has_value());
  }
}

TEST_CASE("record: CR and other control characters do not enter a note, wherever JSON would allow them") {
  Signatory signer("chair");
  for (const char* space : {"\r", "\t"}) {
    std::string text = refusal();
    text.insert(text.size() - 1, space);
    std::string entry = text + "\n";
    append_signature_line(entry, NoteSignature{"chair", signer.key.id, Bytes(64, 's')});
    CHECK_FALSE(parse_entry(entry).has_value());
  }
}

TEST_CASE("record: spaces inside the object are part of the text: another record, the same meaning") {
  std::string plain = refusal(), spaced = refusal();
  spaced.replace(spaced.find(",\"of\""), 1, " , ");
  REQUIRE(read_record_text(spaced).has_value());
  CHECK(record_id(plain) != record_id(spaced));
}

TEST_CASE("record: the first line names a type and version that this program knows") {
  struct Case {
    std::string line;
    ErrorCode code;
  };
  const Case cases[] = {
      {"scrutineer/refusal/2", ErrorCode::unsupported},
      {"scrutineer/refusal/01", ErrorCode::unsupported},
      {"scrutineer/refusal/", ErrorCode::unsupported},
      {"scrutineer/refusal/1 ", ErrorCode::unsupported},
      {"scrutineer/count-sheets/1", ErrorCode::unsupported},
      {"scrutineer/Refusal/1", ErrorCode::unsupported},
      {"scrutineer//1", ErrorCode::unsupported},
      {"scrutineer/a/refusal/1", ErrorCode::unsupported},
      {"scrutineer/refusal", ErrorCode::malformed},
      {"Scrutineer/refusal/1", ErrorCode::malformed},
      {"refusal/1", ErrorCode::malformed},
      {"", ErrorCode::malformed},
  };
  std::string body = refusal().substr(refusal().find('\n'));
  for (const Case& c : cases) {
    CAPTURE(c.line);
    CHECK(code_of(c.line + body) == c.code);
  }
}

TEST_CASE("record: unknown members are ignored when read and kept in the text") {
  std::string text = refusal(",\"weather\":{\"rain\":true}");
  auto record = read_record_text(text);
  REQUIRE(record.has_value());
  CHECK(std::get<Refusal>(record->body).reason == "why");
  CHECK(record_id(text) != record_id(refusal()));
}

TEST_CASE("record: JSON is strict at every depth") {
  struct Case {
    std::string what;
    std::string more;
    ErrorCode code;
  };
  std::string deep = ",\"x\":";
  for (int i = 0; i < 8; ++i) deep += "[";
  for (int i = 0; i < 8; ++i) deep += "]";
  const Case cases[] = {
      {"a name twice", ",\"of\":\"" + kOf + "\"", ErrorCode::malformed},
      {"an unknown name twice", ",\"x\":1,\"x\":1", ErrorCode::malformed},
      {"a name twice, one escaped", ",\"x\":1,\"\\u0078\":1", ErrorCode::malformed},
      {"a name twice, deeper", ",\"x\":{\"y\":{\"z\":1,\"z\":2}}", ErrorCode::malformed},
      {"a fraction", ",\"x\":0.5", ErrorCode::malformed},
      {"an exponent", ",\"x\":1e3", ErrorCode::malformed},
      {"2^53", ",\"x\":9007199254740992", ErrorCode::malformed},
      {"a lone surrogate", ",\"x\":\"\\ud800\"", ErrorCode::malformed},
      {"nine levels", deep, ErrorCode::limit_exceeded},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    CHECK(code_of(refusal(c.more)) == c.code);
  }
  CHECK(read_record_text(refusal(",\"x\":9007199254740991,\"y\":-9007199254740991")).has_value());
}

TEST_CASE("record: the election is named by every record but the definition") {
  std::string text = refusal();
  std::string none = text;
  none.erase(none.find("\"election\""), std::string("\"election\":\"\",").size() + 64);
  CHECK(code_of(none) == ErrorCode::malformed);
  for (const char* wrong : {"\"EEEE\"", "7", "null"}) {
    std::string other = text;
    other.replace(other.find("\"" + kElection), 66, wrong);
    CHECK(code_of(other) == ErrorCode::malformed);
  }
}

TEST_CASE("record: the id is a hash of the text alone") {
  std::string text = refusal();
  CHECK(record_id(text) == RecordId{sha256("scrutineer/record\n" + text)});
  Signatory a("a"), b("b");
  auto alone = parse_entry(entry_bytes(text, {a.sign(text)}).value()).value();
  auto both = parse_entry(entry_bytes(text, {a.sign(text), b.sign(text)}).value()).value();
  CHECK(alone.id == both.id);
  CHECK(alone.entry != both.entry);
  // The entry id is the RFC 6962 leaf hash of the whole note.
  Bytes entry = entry_bytes(text, {a.sign(text)}).value();
  CHECK(alone.entry.hash == sha256(std::string(1, '\0') + entry));
}

TEST_CASE("record: signatures are sorted by name and key id, none twice, 1 to 16") {
  std::string text = refusal();
  Signatory a("a"), b("b"), other_a("a~b");
  Bytes sorted = entry_bytes(text, {b.sign(text), a.sign(text)}).value();
  CHECK(sorted == entry_bytes(text, {a.sign(text), b.sign(text)}).value());
  CHECK(parse_entry(sorted).has_value());

  auto by_hand = [&](std::vector<NoteSignature> signatures) {
    Bytes bytes = text + "\n";
    for (const NoteSignature& signature : signatures) append_signature_line(bytes, signature);
    return parse_entry(bytes).has_value();
  };
  CHECK(by_hand({a.sign(text), b.sign(text)}));
  CHECK_FALSE(by_hand({b.sign(text), a.sign(text)}));
  CHECK_FALSE(by_hand({a.sign(text), a.sign(text)}));
  CHECK_FALSE(by_hand({a.sign(text), a.garbage()}));  // the same name and key id
  // One name, two keys: in the order of their ids.
  CHECK(entry_bytes(text, {a.sign(text), other_a.sign(text)}).has_value());

  CHECK(entry_bytes(text, {}).error().code == ErrorCode::invalid_argument);
  CHECK(entry_bytes(text, {a.sign(text), a.garbage()}).error().code == ErrorCode::malformed);
  std::vector<NoteSignature> many;
  for (char c = 'a'; c < 'a' + 16; ++c) many.push_back({std::string(1, c), {1, 2, 3, 4}, "s"});
  CHECK(parse_entry(entry_bytes(text, many).value()).has_value());
  many.push_back({"z", {1, 2, 3, 4}, "s"});
  CHECK(entry_bytes(text, many).error().code == ErrorCode::limit_exceeded);
  CHECK_FALSE(by_hand(many));
}

TEST_CASE("record: an entry has at most 65,535 bytes") {
  Signatory a("a");
  auto entry_of_size = [&](std::size_t size) {
    std::string text = refusal(",\"x\":\"\"");
    std::size_t bare = entry_bytes(text, {a.sign(text)}).value().size();
    text = refusal(",\"x\":\"" + std::string(size - bare, 'x') + "\"");
    Bytes bytes = text + "\n";
    append_signature_line(bytes, a.sign(text));
    CHECK(bytes.size() == size);
    CHECK(entry_bytes(text, {a.sign(text)}).has_value() == (size <= limits::kEntryBytes));
    return parse_entry(bytes);
  };
  CHECK(entry_of_size(65'535).has_value());
  CHECK(entry_of_size(65'536).error().code == ErrorCode::limit_exceeded);
}

TEST_CASE("record: an entry without text, signatures or order of lines is none") {
  std::string text = refusal();
  Bytes good = entry_bytes(text, {Signatory("a").sign(text)}).value();
  for (std::string bad : {std::string(), std::string("\n"), std::string("\n\n"), text, text + "\n", good + "\n",
                          good + "x", "\n" + good, good.substr(0, good.size() - 1)})
    CHECK_FALSE(parse_entry(bad).has_value());
}

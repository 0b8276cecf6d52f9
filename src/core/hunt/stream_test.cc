#include "core/hunt/stream.h"

#include <random>

#include <doctest/doctest.h>

#include "core/hunt/report.h"
#include "core/hunt/sniff.h"
#include "core/hunt/source.h"
#include "core/hunt/unicode.h"

using namespace scrutineer;
using namespace scrutineer::hunt;

namespace {

IndicatorSet list(std::string text) {
  IndicatorSet set;
  NotSearchedList none;
  REQUIRE(read_indicators({"list", std::move(text)}, 0, set, none).has_value());
  REQUIRE(none.count() == 0);
  return set;
}

struct Find {
  std::uint32_t indicator;
  Place place;
  friend auto operator<=>(const Find&, const Find&) = default;
};

// In pieces of `step` bytes.
std::vector<Find> search(const Matcher& matcher, std::string_view text, std::size_t step,
                         std::uint64_t* lines = nullptr) {
  std::vector<Find> out;
  StreamSearch stream(matcher, [&](std::uint32_t i, Place place, std::string_view line, std::size_t at) {
    CHECK(at < line.size());
    out.push_back({i, place});
  });
  for (std::size_t i = 0; i < text.size(); i += step) stream.feed(text.substr(i, step));
  stream.finish();
  CHECK(stream.bytes() == text.size());
  if (lines != nullptr) *lines = stream.lines();
  return out;
}

}  // namespace

TEST_CASE("stream: lines are numbered and places counted, however the bytes arrive") {
  IndicatorSet set = list("evil.com\n1.2.3.4\n");
  Matcher matcher(set, 1);
  const std::string text = "evil.com\r\n\nx 1.2.3.4\nlast evil.com";
  for (std::size_t step : {1u, 2u, 7u, 1'000u}) {
    std::uint64_t lines = 0;
    CHECK(search(matcher, text, step, &lines) == std::vector<Find>{{0, {1, 0}}, {1, {3, 13}}, {0, {4, 26}}});
    CHECK(lines == 4);
  }
  std::uint64_t lines = 7;
  CHECK(search(matcher, "", 1, &lines).empty());
  CHECK(lines == 0);
}

TEST_CASE("stream: a line of any length is searched in pieces, and nothing is lost or found twice") {
  IndicatorSet set = list("evil.com\nhttp://evil.com/a\nstring:needle\n1.2.3.4\nd41d8cd98f00b204e9800998ecf8427e\n");
  Matcher matcher(set, 1);
  std::mt19937 random(5);
  const std::string kinds[] = {
      "evil.com",    "http://evil.com/a", "needle",          "1.2.3.4",
      "notevil.com", "1.2.3.45",          "evil[.]com 악성", "d41d8cd98f00b204e9800998ecf8427e"};
  for (int round = 0; round < 4; ++round) {
    std::string line = "start\n";
    std::size_t wanted = 300'000 + random() % 70'000;
    while (line.size() < wanted) {
      line.append(random() % (round < 2 ? 3'000 : 4), round % 2 == 0 ? ' ' : 'x');  // and so dense that every cut hits
      line += " " + kinds[random() % 8] + " ";
    }
    // In one piece, without windows.
    Matcher::Scratch scratch;
    std::vector<Find> whole;
    for (const Hit& hit : matcher.search(std::string_view(line).substr(6), scratch))
      whole.push_back({hit.indicator, {2, hit.offset + 6}});
    CHECK(whole.size() > 100);
    for (std::size_t step : {1'000'000u, 65'536u, 777u}) CHECK(search(matcher, line, step) == whole);
    CHECK(search(matcher, line + "\n", 4'096) == whole);
  }
}

TEST_CASE("stream: zeros and encoded parts of mails are noticed") {
  IndicatorSet set = list("evil.com\n");
  Matcher matcher(set, 1);
  auto look = [&](std::string_view text) {
    StreamSearch stream(matcher, [](std::uint32_t, Place, std::string_view, std::size_t) {});
    stream.feed(text);
    stream.finish();
    return std::pair(stream.has_zero(), stream.mail_encoding().value_or(0));
  };
  CHECK(look("plain\n") == std::pair(false, std::uint64_t{0}));
  CHECK(look(std::string_view("a\0b", 3)) == std::pair(true, std::uint64_t{0}));
  CHECK(look("a\ncontent-transfer-encoding:  BASE64\n") == std::pair(false, std::uint64_t{2}));
  CHECK(look("Content-Transfer-Encoding: quoted-printable") == std::pair(false, std::uint64_t{1}));
  CHECK(look("Content-Transfer-Encoding: 8bit\n") == std::pair(false, std::uint64_t{0}));
}

TEST_CASE("sniff: what a file is by its first bytes") {
  using namespace std::string_view_literals;
  CHECK(sniff("May  1 00:00:00 host sshd[1]: hello").packing == Packing::none);
  CHECK_FALSE(sniff("May  1 00:00:00 host sshd[1]: hello").why.has_value());
  CHECK_FALSE(sniff("").why.has_value());
  CHECK(sniff("\x1f\x8b\x08"sv).packing == Packing::gzip);
  CHECK(sniff("\x28\xb5\x2f\xfd"sv).packing == Packing::zstd);
  CHECK(sniff("PK\x03\x04"sv).why == Why::archive);
  CHECK(sniff(std::string(257, 'x') + "ustar").why == Why::archive);
  CHECK(sniff("BZh9"sv).why == Why::compressed);
  CHECK(sniff("-----BEGIN PGP MESSAGE-----\n").why == Why::encrypted);
  CHECK(sniff("\xff\xfe\x61\0"sv).encoding == Encoding::utf16le);
  CHECK_FALSE(sniff("\xff\xfe\x61\0"sv).why.has_value());
  CHECK(sniff("\xfe\xff\0\x61"sv).encoding == Encoding::utf16be);
  CHECK(sniff("\xff\xfe\0\0"sv).why == Why::encoding);
  CHECK(sniff("a\0b\0c\0d\0e\0f\0g\0h\0"sv).why == Why::encoding);
}

TEST_CASE("UTF-16: any piece at a time; what is no character is not skipped") {
  using namespace std::string_view_literals;
  struct Row {
    bool big;
    std::string_view bytes, text;
  };
  for (const Row& row : {Row{false,
                             "\xff\xfe"
                             "a\0\x85\xc5\n\0"sv,
                             "a\uc585\n"},
                         Row{true, "\xfe\xff\0a\xc5\x85"sv, "a\uc585"}, Row{true, "\xd8\x3d\xde\0"sv, "\U0001f600"},
                         Row{true, "\xd8\x3d\0a"sv, "\ufffda"}, Row{true, "\xde\0\0a"sv, "\ufffda"},
                         Row{true, "\0a\0"sv, "a\ufffd"}, Row{true, "\xd8\x3d"sv, "\ufffd"}})
    for (std::size_t step : {1u, 3u, 100u}) {
      Utf16 decoder(row.big);
      std::string out;
      for (std::size_t i = 0; i < row.bytes.size(); i += step) decoder.feed(row.bytes.substr(i, step), out);
      decoder.finish(out);
      CHECK(out == row.text);
    }
}

TEST_CASE("report: the same bytes for the same report; nothing in it breaks its JSON") {
  HuntReport report;
  report.inputs.push_back({"a\xff\n\"b", 3, {}, 3, 1, "gzip", ""});
  Finding finding;
  finding.indicator.kind = IndicatorKind::string;
  finding.indicator.value = "\x01\xfe";
  finding.indicator.origins = {{0, 3, {}}, {0, 0, "indicator--1"}};
  finding.count = 2;
  finding.places = {{0, false, {1, 2}, Bytes("line \xff")}, {0, true, {}, std::nullopt}};
  report.findings.push_back(finding);
  report.not_searched.add("x", Why::encrypted, "pgp");
  std::string json = to_json(report);
  CHECK(json == to_json(report));
  CHECK(is_utf8(json));
  CHECK(json.find("\"found\":true,\"complete\":false") != json.npos);
  CHECK(json.find("\"why\":\"encrypted\"") != json.npos);
  CHECK(json.find(R"("file":"a\\xff\\x0a\"b")") != json.npos);
}

TEST_CASE("not searched: every reason has its words") {
  for (std::size_t i = 0; i < kWhys; ++i) {
    const WhyWords& words = words_of(static_cast<Why>(i));
    CHECK_FALSE(words.code.empty());
    CHECK_FALSE(words.ko.empty());
    CHECK_FALSE(words.en.empty());
  }
}

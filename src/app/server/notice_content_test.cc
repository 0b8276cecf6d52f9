#include "app/server/notice_content.h"

#include <doctest/doctest.h>

#include "app/server/notice_drafts.h"
#include "app/server/notice_models.h"
#include "core/base/clock.h"
#include "core/crypto/hash.h"

namespace scrutineer {
namespace {

ui::NoticeForm good_form() {
  ui::NoticeForm form;
  form.title = "Phishing";
  form.first = "2021-04-19 17:44";
  return form;
}

std::vector<std::string> problems_of_form(const ui::NoticeForm& form) {
  std::vector<std::string> lines;
  for (const ui::FormProblem& one : read_report_form(form, "Service").problems)
    lines.push_back(one.field + (one.line > 0 ? ":" + std::to_string(one.line) : ""));
  return lines;
}

TEST_CASE("what an indicator is, defanged or not; what nobody can be sure of is none") {
  const std::string md5(32, 'a'), sha1(40, 'b'), sha256_hex(64, 'c'), sha512(128, 'd');
  const struct {
    std::string text, kind, value;
  } rows[] = {{"192.0.2.44", "ipv4", "192.0.2.44"},
              {"192[.]0[.]2[.]44", "ipv4", "192.0.2.44"},
              {"2001:db8::1", "ipv6", "2001:db8::1"},
              {"evil.example", "domain", "evil.example"},
              {"evil(dot)example", "domain", "evil.example"},
              {"hxxps://evil[.]example/login", "url", "https://evil.example/login"},
              {"hxxp[://]evil.example/x", "url", "http://evil.example/x"},
              {"a[at]evil.example", "email", "a@evil.example"},
              {" " + md5 + " ", "file-md5", md5},
              {sha1, "file-sha1", sha1},
              {sha256_hex, "file-sha256", sha256_hex},
              {sha512, "file-sha512", sha512},
              {"no such thing", "", ""},
              {"256.1.1.1", "", ""},
              {std::string(63, 'a'), "", ""},
              {"", "", ""}};
  for (const auto& row : rows) {
    CAPTURE(row.text);
    const auto found = indicator_of(row.text);
    CHECK((found ? std::string(indicator_kind_code(found->kind)) : std::string()) == row.kind);
    if (found) CHECK(found->value == row.value);
  }
}

TEST_CASE("a form's lines: each problem has its field and its line, and quotes nothing") {
  const struct {
    const char* what;
    void (*change)(ui::NoticeForm&);
    std::vector<std::string> problems;
  } rows[] = {
      {"nothing wrong", [](ui::NoticeForm&) {}, {}},
      {"no title", [](ui::NoticeForm& f) { f.title = "  "; }, {"title"}},
      {"no time", [](ui::NoticeForm& f) { f.first.clear(); }, {"first"}},
      {"a time that is none", [](ui::NoticeForm& f) { f.last = "2021-13-01 00:00"; }, {"last"}},
      {"the second and fourth line",
       [](ui::NoticeForm& f) { f.indicators = "192.0.2.1\r\n??\r\n\r\n!!"; },
       {"indicators:2", "indicators:4"}},
      {"told, but not affected",
       [](ui::NoticeForm& f) {
         f.affected = "a@b.example";
         f.told = "c@b.example";
       },
       {"told:1"}},
      {"a count that is none",
       [](ui::NoticeForm& f) { f.observations = "192.0.2.1 | 192.0.2.2 | 2021-04-19 17:44 | | many"; },
       {"observations:1"}},
      {"stated, but nobody", [](ui::NoticeForm& f) { f.attribution = "stated"; }, {"attribution"}},
      {"101 of 100",
       [](ui::NoticeForm& f) {
         f.attribution = "stated";
         f.actor = "x";
         f.confidence = "101";
       },
       {"attribution"}},
  };
  for (const auto& row : rows) {
    CAPTURE(row.what);
    ui::NoticeForm form = good_form();
    row.change(form);
    CHECK(problems_of_form(form) == row.problems);
  }
  ui::NoticeForm secret = good_form();
  secret.indicators = secret.told = secret.relays = "marker-7731 secret";
  for (const ui::FormProblem& one : read_report_form(secret, "Service").problems)
    CHECK(one.sentence.ko.find("marker") == std::string::npos);
}

TEST_CASE("a report becomes a form and the same report again") {
  ui::NoticeForm form = good_form();
  form.description = "what\nhappened";
  form.attack = "phishing";
  form.last = "2021-04-19 17:56";
  form.indicators = "192.0.2.44 | relay\nevil.example";
  form.affected = "a@b.example\npc-1.b.example\n192.0.2.9";
  form.told = "a@b.example | 2021-04-19 20:44 | by telephone";
  form.observations = "192.0.2.9 | 192.0.2.44 | 2021-04-19 17:44 | 2021-04-19 17:56 | 9";
  form.relays = "192.0.2.44";
  form.actions = "change passwords\nkeep logs";
  form.attribution = "stated";
  form.actor = "Group";
  form.aliases = "A, B";
  form.confidence = "85";
  form.tlp = "amber+strict";
  const ReadReport first = read_report_form(form, "Service");
  REQUIRE(first.problems.empty());
  CHECK(first.report.observations.at(0).count == 9);
  CHECK(first.report.first_seen == "2021-04-19T08:44:00Z");
  CHECK(first.report.affected.at(0).told_how == "by telephone");
  CHECK(first.report.affected.at(2).kind == AffectedKind::address);
  const ReadReport again = read_report_form(form_of(first.report), "Service");
  CHECK(again.problems.empty());
  CHECK(again.report == first.report);
}

TEST_CASE("times of forms are Korean time") {
  CHECK(read_local_time("2026-11-22 19:20") == *seconds_of_rfc3339("2026-11-22T10:20:00Z"));
  CHECK(read_local_time("2026-11-22T19:20:01") == *seconds_of_rfc3339("2026-11-22T10:20:01Z"));
  CHECK(read_local_time(local_time(1'748'980'800)) == 1'748'980'800);
  for (const char* none : {"", "yesterday", "2026-11-22 25:00", "2026-02-30 10:00", "2026-11-22 19:20 UTC"}) {
    CAPTURE(none);
    CHECK_FALSE(read_local_time(none));
  }
}

TEST_CASE("a table for tools: no cell is taken for a formula") {
  ui::NoticeContent content;
  content.indicators = {{"domain", "evil.example", "=HYPERLINK(1)"}, {"ipv4", "192.0.2.1", "a, \"b\""}};
  CHECK(indicators_csv(content) ==
        "kind,value,note\ndomain,evil.example,'=HYPERLINK(1)\nipv4,192.0.2.1,\"a, \"\"b\"\"\"\n");
}

TEST_CASE("files of a form: names without folders, none twice") {
  std::vector<http::FormPart> parts = {
      {"file", "C:\\mail\\a.eml", "message/rfc822", "x"}, {"csrf", "", "", "t"}, {"file", "", "", ""}};
  auto files = read_files(parts, "file");
  REQUIRE(files);
  REQUIRE(files->size() == 1);
  CHECK(files->front().name == "a.eml");
  parts = {{"file", "a", "", "1"}, {"file", "dir/a", "", "2"}};
  CHECK(read_files(parts, "file").error().code == ErrorCode::invalid_argument);
}

struct TickingClock final : Clock {
  UnixSeconds now() override { return {0}; }
  std::uint64_t monotonic_ns() override { return ns; }
  std::uint64_t ns = 1;
};
struct CountingRng final : Rng {
  void fill(std::span<std::uint8_t> out) override {
    const Hash256 block = sha256(std::to_string(++drawn));
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = block.bytes[i % 32];
  }
  int drawn = 0;
};

TEST_CASE("drafts belong to one session, for an hour, and only so many") {
  TickingClock clock;
  CountingRng rng;
  NoticeDrafts drafts(clock, rng);
  const std::string token = drafts.add("mine", std::make_shared<NoticeDraft>());
  CHECK(drafts.find("mine", token) != nullptr);
  CHECK(drafts.find("yours", token) == nullptr);
  drafts.drop("yours", token);
  CHECK(drafts.find("mine", token) != nullptr);
  clock.ns += kDraftSeconds * 1'000'000'000;
  CHECK(drafts.find("mine", token) != nullptr);
  clock.ns += 2;
  CHECK(drafts.find("mine", token) == nullptr);
  std::vector<std::string> tokens;
  for (std::size_t i = 0; i <= kDraftsOfOne; ++i) tokens.push_back(drafts.add("mine", std::make_shared<NoticeDraft>()));
  CHECK(drafts.find("mine", tokens.front()) == nullptr);
  CHECK(drafts.find("mine", tokens.at(1)) != nullptr);
  drafts.drop_all("mine");
  CHECK(drafts.find("mine", tokens.back()) == nullptr);
}

}  // namespace
}  // namespace scrutineer

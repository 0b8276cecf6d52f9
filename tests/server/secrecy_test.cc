// Results asked for before the announcement: by strangers and by everybody with a role, by every address, method and
// header trick that web servers have been known to fall for.
#include <set>

#include "tests/server/hall.h"

namespace scrutineer::testing {
namespace {

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// A figure of kPaper that stands in the text by itself, as typed or as pages write numbers.
std::string figure_in(const std::string& text) {
  for (const char* figure : {"1287", "1,287", "817", "816", "797", "401", "306"}) {
    const std::size_t size = std::strlen(figure);
    for (std::size_t at = text.find(figure); at != text.npos; at = text.find(figure, at + 1))
      if ((at == 0 || !is_word(text[at - 1])) && (at + size >= text.size() || !is_word(text[at + size]))) return figure;
  }
  return {};
}

constexpr const char* kHeaders[] = {
    "",
    "Range: bytes=0-\r\n",
    "Range: bytes=0-99999\r\nIf-Range: \"x\"\r\n",
    "If-None-Match: *\r\n",
    "If-Match: *\r\n",
    "If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT\r\n",
    "X-Original-URL: /desk/sheet?unit=u00005&contest=LIST\r\n",
    "X-Rewrite-URL: /desk/sheet?unit=u00005&contest=LIST\r\n",
    "X-HTTP-Method-Override: GET\r\n",
    "X-HTTP-Method-Override: POST\r\n",
    "X-Forwarded-For: 127.0.0.1\r\n",
    "X-Forwarded-Host: localhost\r\n",
    "X-Forwarded-User: chair\r\nRemote-User: chair\r\n",
    "Authorization: Basic Y2hhaXI6\r\n",
    "Accept: application/json\r\n",
    "Cookie: session=1; __Host-session=1\r\n",
    "Purpose: prefetch\r\n",
    "Upgrade-Insecure-Requests: 1\r\n",
    "Accept-Encoding: gzip\r\n",
};
constexpr const char* kMethods[] = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "PROPFIND"};

std::vector<std::string> paths() {
  const std::string of = "?unit=u00005&contest=LIST";
  std::vector<std::string> paths;
  for (const char* place : {"", "board", "entry", "entry/check", "third", "sheet", "live", "live/screen", "custody",
                            "handover", "handover/file", "people", "reconcile", "sheet/sign", "entry/sign"})
    paths.push_back("/desk/" + std::string(place) + of);
  for (const char* path : {"/desk/sheet?unit=u00005&contest=LIST&lang=en",
                           "/desk/sheet/?unit=u00005&contest=LIST",
                           "/desk//sheet?unit=u00005&contest=LIST",
                           "/desk/./sheet?unit=u00005&contest=LIST",
                           "/desk/%73heet?unit=u00005&contest=LIST",
                           "/%64esk/sheet?unit=u00005&contest=LIST",
                           "/desk/sheet%3Funit=u00005&contest=LIST",
                           "/web/..%2fdesk/sheet?unit=u00005&contest=LIST",
                           "/ko/../desk/sheet?unit=u00005&contest=LIST",
                           "/desk/sheet;jsessionid=1?unit=u00005&contest=LIST",
                           "/DESK/sheet?unit=u00005&contest=LIST",
                           "//hall.example/desk/sheet?unit=u00005&contest=LIST",
                           "http://hall.example/desk/sheet?unit=u00005&contest=LIST",
                           "/desk/sheet%00?unit=u00005&contest=LIST",
                           "/ko/unit/5.html",
                           "/en/unit/5.html",
                           "/ko/",
                           "/en/index.html",
                           "/explore?q=u00005",
                           "/explore?q=typist-1",
                           "/api/v1/status",
                           "/api/v1/records",
                           "/api/v1/records/u00005",
                           "/checkpoint",
                           "/manifest",
                           "/claims/results.csv",
                           "/claims/",
                           "/private/journal",
                           "/../log/private/journal",
                           "/%2e%2e/log/private/journal",
                           "/log/private/journal",
                           "/blob/",
                           "/tile/entries/000",
                           "/tile/8/0/000",
                           "/proof/",
                           "/bundle.tar.zst"})
    paths.push_back(path);
  return paths;
}

// Whoever may see agreed figures before they are announced: those who sign the paper or decide about errors, on the
// sheet's page (domain rules of the desk; src/app/collect/desk_secrecy_test.cc has the whole table).
bool may_see(const std::string& who, const std::string& path) {
  static const std::set<std::string> kSigners = {"chair", "coordinator", "member-1"};
  return kSigners.contains(who) && path.find("unit=u00005") != path.npos;
}

}  // namespace

TEST_CASE("server: no figure leaves before the announcement, whoever asks and however") {
  Hall hall;
  REQUIRE(hall.start().has_value());
  REQUIRE(hall.person("typist-1")->enter("u00005", kPaper).status == 200);
  REQUIRE(hall.person("typist-2")->enter("u00005", kPaper).status == 200);
  auto chair = hall.person("chair");
  REQUIRE(figure_in(chair->get(Person::sheet_address("u00005")).body) != "");  // the test would find one
  std::size_t asked = 0;
  for (const char* who : {"", "observer-1", "typist-1", "typist-2", "reader", "member-1", "coordinator", "chair"}) {
    auto person = *who == 0 ? hall.stranger() : hall.person(who);
    const bool many = *who == 0 || std::string(who) == "observer-1";
    for (const std::string& path : paths()) {
      if (may_see(who, path)) continue;
      for (const char* method : kMethods)
        for (const char* header : kHeaders) {
          // Everything for strangers and observers; for the others each once.
          if (!many && (std::string(method) != "GET") && *header != 0) continue;
          if (!many && *header != 0 && path.find("sheet") == path.npos) continue;
          hall.clock.later_ns += 60'000'000;  // quick hands
          Page page = person->send(method, path, header);
          ++asked;
          const std::string found = figure_in(page.head + page.body);
          if (found.empty() && page.status < 500) continue;
          CAPTURE(who);
          CAPTURE(path);
          CAPTURE(method);
          CAPTURE(header);
          CAPTURE(page.status);
          CHECK(found == "");
          CHECK((page.status < 500 || page.status == 503 || page.status == 501));
        }
    }
  }
  MESSAGE(asked << " requests");
  CHECK(chair->get("/desk/").status == 200);
}

}  // namespace scrutineer::testing

#include "app/http/file_rules.h"

#include <doctest/doctest.h>

namespace scrutineer::http {
namespace {

TEST_CASE("only plain paths below the root are paths") {
  for (const char* path : {"", "index.html", "//", "/a//b", "/.", "/..", "/../x", "/a/../b", "/a/..", "/.git/config",
                           "/a/.hidden", "/a\\b", "/a\nb", "/a/./b"}) {
    CAPTURE(path);
    CHECK_FALSE(path_parts(path));
  }
  CHECK_FALSE(path_parts(std::string_view("/a\0b", 4)));
  CHECK_FALSE(path_parts("/" + std::string(2000, 'a')));
  using Parts = std::vector<std::string>;
  CHECK(*path_parts("/") == Parts{"index.html"});
  CHECK(*path_parts("/ko/") == Parts{"ko", "index.html"});
  CHECK(*path_parts("/ko/area/7.html") == Parts{"ko", "area", "7.html"});
  CHECK(*path_parts("/tile/0/x001/067.p/112") == Parts{"tile", "0", "x001", "067.p", "112"});
}

TEST_CASE("every kind of file of a bundle has its type and its cache time") {
  struct Row {
    const char *path, *type, *cache;
  };
  const Row rows[] = {
      {"checkpoint", "text/plain; charset=utf-8", "public, max-age=5"},
      {"manifest", "text/plain; charset=utf-8", "no-cache"},
      {"tile/0/x001/067", "application/octet-stream", "public, max-age=31536000, immutable"},
      {"tile/entries/000.p/7", "application/octet-stream", "public, max-age=31536000, immutable"},
      {"blob/ab/cd/abcd", "application/octet-stream", "public, max-age=31536000, immutable"},
      {"proof/7.tlog-proof", "text/plain; charset=utf-8", "no-cache"},
      {"ko/index.html", "text/html; charset=utf-8", "no-cache"},
      {"style.css", "text/css; charset=utf-8", "no-cache"},
      {"claims/results.csv", "text/csv; charset=utf-8", "no-cache"},
      {"claims/results.json", "application/json", "no-cache"},
      {"strange.exe", "application/octet-stream", "no-cache"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.path);
    CHECK(content_type(row.path) == row.type);
    CHECK(cache_control(row.path) == row.cache);
  }
}

}  // namespace
}  // namespace scrutineer::http

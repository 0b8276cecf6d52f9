#include "core/codec/tar.h"

#include <map>

#include <doctest/doctest.h>

namespace scrutineer {
namespace {

Result<std::map<std::string, Bytes>> files_of(BytesView archive) {
  std::map<std::string, Bytes> files;
  SCRUTINEER_CHECKED(read_tar(archive, [&](const std::string& path, BytesView bytes) -> Status {
    files[path] = bytes;
    return {};
  }));
  return files;
}

Bytes small() {
  Bytes out;
  REQUIRE(append_tar_file(out, "bundle/checkpoint", "seven b"));
  REQUIRE(append_tar_file(out, "bundle/tile/0/000", Bytes(512, 'x')));
  REQUIRE(append_tar_file(out, "bundle/empty", ""));
  end_tar(out);
  return out;
}

// A header that somebody else wrote.
Bytes with(Bytes archive, std::size_t at, std::string_view bytes) {
  archive.replace(at, bytes.size(), bytes);
  unsigned sum = 0;
  for (std::size_t i = 0; i < 512; ++i) sum += i >= 148 && i < 156 ? ' ' : static_cast<unsigned char>(archive[i]);
  char text[8];
  snprintf(text, sizeof text, "%06o", sum);
  archive.replace(148, 7, std::string(text, 6) + '\0');
  return archive;
}

TEST_CASE("what is put into an archive comes out of it") {
  auto files = files_of(small());
  REQUIRE(files);
  CHECK(*files == std::map<std::string, Bytes>{
                      {"bundle/checkpoint", "seven b"}, {"bundle/tile/0/000", Bytes(512, 'x')}, {"bundle/empty", ""}});
  CHECK(small() == small());
  CHECK(small().size() == 512 * (2 + 2 + 1 + 2));
  std::string deep = std::string(90, 'a') + "/" + std::string(90, 'b');
  Bytes out;
  REQUIRE(append_tar_file(out, deep, "x"));
  end_tar(out);
  CHECK(files_of(out)->contains(deep));
  CHECK_FALSE(append_tar_file(out, std::string(101, 'a'), "x"));
}

TEST_CASE("a hostile archive is refused") {
  const Bytes good = small();
  struct Row {
    const char* what;
    Bytes archive;
  };
  const Row rows[] = {
      {"nothing", ""},
      {"no end", good.substr(0, good.size() - 1024)},
      {"half an end", good.substr(0, good.size() - 512)},
      {"cut in a file", good.substr(0, 700)},
      {"bytes after the end", good + "x"},
      {"a damaged header",
       [&] {
         Bytes b = good;
         b[3] ^= 1;
         return b;
       }()},
      {"a symbolic link", with(good, 156, "2")},
      {"a hard link", with(good, 156, "1")},
      {"a device", with(good, 156, "3")},
      {"an extended header", with(good, 156, "x")},
      {"an absolute name", with(good, 0, "/undle")},
      {"a way out", with(good, 0, "../dle")},
      {"an empty part", with(good, 0, "bun//e")},
      {"a size that is no number", with(good, 124, "0000000000x")},
      {"a size beyond the end", with(good, 124, "00000077777")},
      {"the same file twice", good.substr(0, 1024) + good},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    CHECK_FALSE(files_of(row.archive));
  }
  CHECK(files_of(good + Bytes(512 * 13, '\0')));  // tar fills its last record with zeros
}

}  // namespace
}  // namespace scrutineer

#include "core/merkle/tile.h"

#include <doctest/doctest.h>

#include "core/base/limits.h"

namespace scrutineer {

TEST_CASE("tile paths, both ways") {
  struct Row {
    TileId id;
    const char* path;
  };
  const Row rows[] = {
      {{0, 0, 256}, "tile/0/000"},
      {{0, 273, 112}, "tile/0/273.p/112"},
      {{1, 999, 1}, "tile/1/999.p/1"},
      {{2, 1000, 256}, "tile/2/x001/000"},
      {{0, 1234067, 256}, "tile/0/x001/x234/067"},
      {{3, 1234067, 255}, "tile/3/x001/x234/067.p/255"},
  };
  for (const Row& row : rows) {
    CHECK(tile_path(row.id) == row.path);
    CHECK(parse_tile_path(row.path) == row.id);
  }
  CHECK(bundle_path({1234067, 256}) == "tile/entries/x001/x234/067");
  CHECK(parse_bundle_path("tile/entries/273.p/112") == BundleId{273, 112});
}

TEST_CASE("what is not exactly a tile path is none") {
  for (const char* path : {"",
                           "tile",
                           "tile/",
                           "tile/0",
                           "tile/0/",
                           "tile/0/0",
                           "tile/0/00",
                           "tile/0/0000",
                           "/tile/0/000",
                           "tile/8/000",
                           "tile/9/000",
                           "tile/00/000",
                           "tile/-1/000",
                           "tile/a/000",
                           "tile/0/abc",
                           "tile/0/x000/000",
                           "tile/0/x001",
                           "tile/0/x001/",
                           "tile/0/x001/x234",
                           "tile/0/x01/000",
                           "tile/0/001/000",
                           "tile/0/x001//000",
                           "tile/0/000/",
                           "tile/0/000.p",
                           "tile/0/000.p/",
                           "tile/0/000.p/0",
                           "tile/0/000.p/256",
                           "tile/0/000.p/01",
                           "tile/0/000.p/+1",
                           "tile/0/000.p/1/",
                           "tile/0/000.p/1 ",
                           "tile/0/000.p/1.p/1",
                           "tile/0/000 ",
                           "tile/0/../000",
                           "tile/entries/000",
                           "tile/0/x999/x999/x999/x999/x999/x999/x999/999"})
    CHECK_MESSAGE(!parse_tile_path(path), path);
  for (const char* path :
       {"tile/0/000", "tile/entries/", "tile/entries/0", "tile/entries/x000/001", "tile/entries/000.p/0"})
    CHECK_MESSAGE(!parse_bundle_path(path), path);
}

TEST_CASE("the widths of a tree of 70,000 entries") {
  CHECK(full_tiles(70'000, 0) == 273);
  CHECK(tile_width(70'000, 0, 272) == 256);
  CHECK(tile_width(70'000, 0, 273) == 112);
  CHECK(tile_width(70'000, 0, 274) == 0);
  CHECK(full_tiles(70'000, 1) == 1);
  CHECK(tile_width(70'000, 1, 1) == 17);
  CHECK(full_tiles(70'000, 2) == 0);
  CHECK(tile_width(70'000, 2, 0) == 1);
  CHECK(tile_width(70'000, 3, 0) == 0);
  CHECK(tile_width(256, 0, 1) == 0);  // width 0 is never served
}

TEST_CASE("entry bundles") {
  Bytes big(limits::kEntryBytes, 'x');
  Bytes bundle;
  for (BytesView entry : {BytesView("one"), BytesView(""), BytesView(big)}) append_bundle_entry(bundle, entry);
  auto entries = parse_bundle(bundle, 3);
  REQUIRE(entries);
  CHECK((*entries)[0] == "one");
  CHECK((*entries)[1] == "");
  CHECK((*entries)[2] == big);
  CHECK(parse_bundle(bundle, 2).error().code == ErrorCode::malformed);
  CHECK(parse_bundle(bundle, 4).error().code == ErrorCode::malformed);
  for (std::size_t cut : {1, 4, 6, 8, 100}) CHECK_FALSE(parse_bundle(BytesView(bundle).substr(0, cut), 3));
  CHECK(parse_tile(Bytes(64, 'h'), 2).value().size() == 2);
  CHECK_FALSE(parse_tile(Bytes(63, 'h'), 2));
}

}  // namespace scrutineer

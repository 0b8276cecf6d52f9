#include "core/image/png.h"

#include <doctest/doctest.h>

using namespace scrutineer;

TEST_CASE("png: the smallest picture is the one that every program writes") {
  GreyPage page(1, 1, 255);
  const Bytes png = png_of(page.view());
  // Signature, IHDR with its known check sum for a grey picture of 1 x 1, and the end.
  CHECK(png.substr(0, 8) == Bytes("\x89PNG\r\n\x1a\n"));
  CHECK(to_hex(BytesView(png).substr(8, 25)) == "0000000d49484452000000010000000108000000003a7e9b55");
  CHECK(to_hex(BytesView(png).substr(png.size() - 12)) == "0000000049454e44ae426082");
  CHECK(png_of(page.view()) == png);
}

TEST_CASE("png: a view of a part is that part") {
  GreyPage page(40, 30, 200), part(10, 5, 200);
  page.at(12, 6) = 7;
  part.at(2, 1) = 7;
  GreyView view = page.view();
  CHECK(png_of({view.row(5) + 10, 10, 5, view.stride}) == png_of(part.view()));
}

// A path that parses is spelled in one way only; a bundle that parses is written back byte for byte.
#include "core/merkle/tile.h"
#include "tests/fuzz/fuzz.h"

using namespace scrutineer;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view bytes = fuzz_text(data, size);
  if (auto id = parse_tile_path(bytes)) check(tile_path(*id) == bytes, "a tile has two paths");
  if (auto id = parse_bundle_path(bytes)) check(bundle_path(*id) == bytes, "a bundle has two paths");
  if (bytes.empty()) return 0;
  unsigned width = static_cast<unsigned char>(bytes[0]);
  if (auto entries = parse_bundle(bytes.substr(1), width)) {
    Bytes again;
    for (BytesView entry : *entries) append_bundle_entry(again, entry);
    check(again == bytes.substr(1), "a bundle is not written back as it was read");
  }
  return 0;
}

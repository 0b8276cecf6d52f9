// A manifest that parses is written back byte for byte, and every file in it is found by a path that stays inside.
#include "core/verify/manifest.h"
#include "tests/fuzz/fuzz.h"

using namespace scrutineer;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text = fuzz_text(data, size);
  auto manifest = parse_manifest_text(text);
  if (!manifest) return 0;
  check(to_text(*manifest) == text, "a manifest is not written back as it was read");
  for (const ManifestFile& file : manifest->files) {
    check(manifest->find(file.path) == &file, "a file of the manifest is not found");
    std::string inside = "/" + file.path + "/";
    check(inside.find("/../") == inside.npos && inside.find("//") == inside.npos && inside.find('\\') == inside.npos,
          "a path leaves the bundle");
  }
  return 0;
}

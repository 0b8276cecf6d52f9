// A checkpoint that parses is written back byte for byte; nothing that anybody sends verifies under a key of ours.
#include "core/merkle/checkpoint.h"
#include "tests/fuzz/fuzz.h"

using namespace scrutineer;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view bytes = fuzz_text(data, size);
  if (auto checkpoint = parse_checkpoint_text(bytes))
    check(to_text(*checkpoint) == bytes, "a checkpoint's text is not written back as it was read");
  auto checkpoint = parse_checkpoint(bytes);
  if (!checkpoint) return 0;
  check(to_bytes(checkpoint->note) == bytes, "a checkpoint is not written back as it was read");
  check(to_text(checkpoint->checkpoint) == checkpoint->note.text, "a checkpoint's fields and text differ");
  return 0;
}

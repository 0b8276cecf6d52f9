// A note that parses is written back byte for byte, and the view and the copy agree.
#include "core/note/note.h"
#include "tests/fuzz/fuzz.h"

using namespace scrutineer;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view bytes = fuzz_text(data, size);
  auto note = parse_note(bytes);
  auto view = parse_note_view(bytes);
  check(note.has_value() == view.has_value(), "parse_note and parse_note_view disagree");
  if (!note) return 0;
  check(to_bytes(*note) == bytes, "a note is not written back as it was read");
  check(note->text == view->text && note->signatures == view->signatures, "a note's view differs from its copy");
  // Whoever made it: nobody's key is known, so nothing is verified and nothing is refused.
  check(verify_note(*view, {}).has_value(), "unknown signatures are ignored");
  return 0;
}

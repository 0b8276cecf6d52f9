// A sign-in text that reads is read back the same from what would have been asked; what reads as one is no record.
#include "core/record/record.h"
#include "core/session/challenge.h"
#include "core/session/signed_form.h"
#include "tests/fuzz/fuzz.h"

using namespace scrutineer;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text = fuzz_text(data, size);
  auto form = signed_form(text, "a", "00000000", "AA==");
  if (form) check(check_note_text(form->text).has_value(), "a form's text is a note's text");
  auto read = read_challenge_text(text);
  if (!read) return 0;
  check(is_challenge_text(text) && !read_record_text(text), "a sign-in is no record");
  auto again = read_challenge_text(challenge_text(read->challenge, read->key));
  check(again && again->challenge == read->challenge && again->key == read->key, "a challenge is read back the same");
  OpenChallenges open;
  open.add(read->challenge);
  check(open.take(text, read->challenge.at).has_value() && open.size() == 0, "a question is answered once");
  // Nobody can have signed it with these bytes.
  check(!check_answer(text, {read->key.name, read->key.id, "x"}, read->challenge, read->challenge.at), "no signature");
  return 0;
}

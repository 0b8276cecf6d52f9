// A TPM's attestation, and the line of text that carries one: whatever parses is written back the same, and nothing
// holds that no key signed.
#include "core/device/quote.h"
#include "core/device/tpm_command.h"
#include "tests/fuzz/fuzz.h"

using namespace scrutineer;
using namespace scrutineer::device;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view bytes = fuzz_text(data, size);
  static const PublicKey key = p256_key(*from_hex("6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"),
                                        *from_hex("4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"))
                                   .value();
  if (auto text = parse_quote_text(bytes)) {
    check(parse_quote_text(to_text(*text)).value() == *text, "a quote's text is not stable");
    check(!check_quote(text->answer, {text->answer.nonce, text->measured, key, {}}), "nobody signed this");
    static_cast<void>(parse_quote(text->answer.attest));
  }
  if (auto quote = parse_quote(bytes)) check(quote->answer.size() <= bytes.size(), "the answer is part of it");
  static_cast<void>(read_plain_answer(bytes));
  static_cast<void>(read_created_key(bytes));
  static_cast<void>(read_quote_answer(bytes));
  if (auto values = read_register_values(bytes)) check(values->size() <= kTpmReadAtOnce, "as many as fit an answer");
  return 0;
}

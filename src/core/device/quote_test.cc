#include "core/device/quote.h"

#include <doctest/doctest.h>

#include "core/crypto/hash.h"
#include "core/device/tpm_command.h"

namespace scrutineer::device {
namespace {

// Made by tpm2-tools 5.4 (tpm2_createprimary, tpm2_quote) on a swtpm 0.7.1 with registers 0, 1 and 7.
constexpr const char* kAttest =
    "ff54434780180022000b93567407546f55d807872344b369cfebb34e6b60e1a42d4c2a0c04d6eacf48a10020a16a00db131a4c83b3e81cd0"
    "32117fe4f37fdc97362af0689ac388d26a851984000000000000080b000000010000000001201910230016363600000001000b0383000000"
    "20dea7f8c0c5c8acc6b151b115adff89eaf20d03eeb4f2b4234e27da0c3e6f4acc";
constexpr const char* kSignature =
    "3046022100cd54525eb6f024cdd619d7f75c98155c4bf8d4507b9218fe4bd2d07ec6e41c740221008a6aba31daa5f11682e4c388381da373"
    "488cae965f04c1a2be0dbcf3ffd13b27";
constexpr const char* kKey =
    "3059301306072a8648ce3d020106082a8648ce3d03010703420004250039902876b67edd0fee8c385e16a6dd4b960c658a3187f93dc4bfce"
    "2791d3ca12843a97bde728a9beca837bbcb800fa538bd14a9154a29a1363ffb12afcd9";
const Bytes kNonce = "0123456789abcdef";
const Hash256 kMeasured = *hash_from_bytes("MMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMM");

TpmAnswer answer() {
  TpmAnswer out;
  out.state = TpmState::quote;
  out.nonce = kNonce;
  out.attest = *from_hex(kAttest);
  out.signature = *from_hex(kSignature);
  out.pcrs = {{0, *hash_from_hex("8c374a53782642f7514d087d26a3e733f1b806009a03e04a43b288ef2fa9f9c0")},
              {1, Hash256{}},
              {7, *hash_from_hex("1b36018e878c666b4b6cfb4528e2c1a8a6d84980446aad049ad5f02c464fe995")}};
  return out;
}

QuoteQuestion question() {
  return {kNonce, kMeasured, {KeyType::ecdsa_p256, *from_hex(kKey)}, answer().pcrs};
}

TEST_CASE("a quote of another program is taken apart and holds") {
  auto quote = check_quote(answer(), question());
  if (!quote) CAPTURE(to_string(quote.error()));
  REQUIRE(quote);
  CHECK(quote->pcrs == std::vector<std::int64_t>{0, 1, 7});
  CHECK(quote->clock == 0x80b);
  CHECK(quote->resets == 1);
  CHECK(quote->restarts == 0);
  CHECK(quote->safe);
  // Nothing was written down at sealing: the rest is still checked.
  QuoteQuestion less = question();
  less.enrolled.clear();
  CHECK(check_quote(answer(), less));
}

TEST_CASE("whatever is not this chip's answer to this nonce is refused with its reason") {
  struct Row {
    const char* what;
    ErrorCode code;
    void (*change)(TpmAnswer&, QuoteQuestion&);
  };
  const Row rows[] = {
      {"an old answer, shown to another observer", ErrorCode::stale,
       [](TpmAnswer&, QuoteQuestion& q) { q.nonce = "fedcba9876543210"; }},
      {"an old answer whose nonce was rewritten", ErrorCode::conflict,
       [](TpmAnswer& a, QuoteQuestion& q) { a.nonce = q.nonce = "fedcba9876543210"; }},
      {"other measured values", ErrorCode::conflict, [](TpmAnswer&, QuoteQuestion& q) { q.measured.bytes[0] ^= 1; }},
      {"other values and another nonce", ErrorCode::stale,
       [](TpmAnswer&, QuoteQuestion& q) { q.measured.bytes[0] ^= 1, q.nonce[0] = 'x'; }},
      {"another key", ErrorCode::bad_signature,
       [](TpmAnswer&, QuoteQuestion& q) {
         // The generator of P-256 is a point of it, and nobody's key here.
         q.key = *p256_key(*from_hex("6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"),
                           *from_hex("4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"));
       }},
      {"a changed byte of the answer", ErrorCode::bad_signature,
       [](TpmAnswer& a, QuoteQuestion&) { a.attest[60] = static_cast<char>(a.attest[60] ^ 1); }},
      {"a changed byte of the signature", ErrorCode::bad_signature,
       [](TpmAnswer& a, QuoteQuestion&) { a.signature[40] = static_cast<char>(a.signature[40] ^ 1); }},
      {"no signature", ErrorCode::bad_signature, [](TpmAnswer& a, QuoteQuestion&) { a.signature.clear(); }},
      {"another value of a register", ErrorCode::conflict,
       [](TpmAnswer& a, QuoteQuestion&) { a.pcrs[1].sha256.bytes[0] ^= 1; }},
      {"a register left out", ErrorCode::conflict, [](TpmAnswer& a, QuoteQuestion&) { a.pcrs.pop_back(); }},
      {"another register", ErrorCode::conflict, [](TpmAnswer& a, QuoteQuestion&) { a.pcrs[2].index = 8; }},
      {"it started with something else than when it was sealed", ErrorCode::conflict,
       [](TpmAnswer&, QuoteQuestion& q) { q.enrolled[2].sha256.bytes[0] ^= 1; }},
      {"a register of the sealing that the quote leaves out", ErrorCode::conflict,
       [](TpmAnswer&, QuoteQuestion& q) { q.enrolled[1].index = 4; }},
      {"no quote", ErrorCode::not_found, [](TpmAnswer& a, QuoteQuestion&) { a = {}; }},
      {"something behind it", ErrorCode::malformed, [](TpmAnswer& a, QuoteQuestion&) { a.attest += '\0'; }},
      {"something that the TPM did not make", ErrorCode::malformed,
       [](TpmAnswer& a, QuoteQuestion&) { a.attest[0] = 'x'; }},
      {"another statement of the TPM (a certified key)", ErrorCode::unsupported,
       [](TpmAnswer& a, QuoteQuestion&) { a.attest[5] = 0x17; }},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    TpmAnswer a = answer();
    QuoteQuestion q = question();
    row.change(a, q);
    auto checked = check_quote(a, q);
    REQUIRE_FALSE(checked);
    CHECK(checked.error().code == row.code);
    CHECK_FALSE(checked.error().message.empty());
  }
}

TEST_CASE("a short code leaves the registers' values out: they can only be those of the sealing") {
  TpmAnswer a = answer();
  a.pcrs.clear();
  CHECK(check_quote(a, question()));
  struct Row {
    const char* what;
    void (*change)(QuoteQuestion&);
  };
  const Row rows[] = {
      {"another value at sealing", [](QuoteQuestion& q) { q.enrolled[2].sha256.bytes[0] ^= 1; }},
      {"one was not written down", [](QuoteQuestion& q) { q.enrolled.pop_back(); }},
      {"none was written down", [](QuoteQuestion& q) { q.enrolled.clear(); }},
      {"one that the quote leaves out",
       [](QuoteQuestion& q) {
         q.enrolled.push_back({9, Hash256{}});
       }},
      {"another one", [](QuoteQuestion& q) { q.enrolled[1].index = 4; }},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    QuoteQuestion q = question();
    row.change(q);
    auto checked = check_quote(a, q);
    REQUIRE_FALSE(checked);
    CHECK(checked.error().code == ErrorCode::conflict);
  }
  const QuoteText quote{"sorter-3", kMeasured, answer()};
  CHECK(to_code_text(quote, 1'000) == to_text(quote));
  auto shorter = parse_quote_text(to_code_text(quote, 600));
  REQUIRE(shorter);
  CHECK(shorter->answer.pcrs.empty());
  CHECK(check_quote(shorter->answer, question()));
}

TEST_CASE("a quote that was cut anywhere is malformed and says where") {
  const Bytes whole = *from_hex(kAttest);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    CAPTURE(size);
    auto quote = parse_quote(BytesView(whole).substr(0, size));
    REQUIRE_FALSE(quote);
    CHECK(quote.error().code == ErrorCode::malformed);
    CHECK_FALSE(quote.error().where.empty());
  }
}

TEST_CASE("a field of a quote that cannot be is refused by its name") {
  struct Row {
    std::size_t at;
    char value;
    ErrorCode code;
    const char* where;
  };
  const Row rows[] = {
      {0, 0x00, ErrorCode::malformed, "magic"},
      {5, 0x17, ErrorCode::unsupported, "type"},
      {92, 2, ErrorCode::malformed, "safe"},
      {104, 2, ErrorCode::unsupported, "pcrSelect"},
      {106, 0x0c, ErrorCode::unsupported, "pcrSelect.hash"},  // the SHA-384 bank
      {107, 9, ErrorCode::malformed, "pcrSelect.sizeofSelect"},
      {112, 31, ErrorCode::malformed, "pcrDigest"},
      {112, 33, ErrorCode::malformed, "pcrDigest"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.where);
    Bytes attest = *from_hex(kAttest);
    attest[row.at] = row.value;
    auto quote = parse_quote(attest);
    REQUIRE_FALSE(quote);
    CHECK(quote.error().code == row.code);
    CHECK(quote.error().where == row.where);
  }
}

TEST_CASE("every single changed byte of a quote is noticed") {
  for (std::size_t i = 0; i < from_hex(kAttest)->size(); ++i) {
    CAPTURE(i);
    TpmAnswer a = answer();
    a.attest[i] = static_cast<char>(a.attest[i] ^ 0x10);
    CHECK_FALSE(check_quote(a, question()));
  }
}

TEST_CASE("a quote as one line of text") {
  QuoteText quote{"jongno/sorter 3", kMeasured, answer()};
  const std::string text = to_text(quote);
  CHECK(text.starts_with("SCRUTINEER-QUOTE/1 jongno/sorter%203 30313233"));
  CHECK(text.size() < 1'000);  // it fits a QR code that is read at arm's length
  auto again = parse_quote_text(text + "\n");
  REQUIRE(again);
  CHECK(*again == quote);
  quote.answer.pcrs.clear();
  CHECK(*parse_quote_text(to_text(quote)) == quote);
  for (std::size_t size = 0; size + 1 < text.size(); ++size) {
    auto cut = parse_quote_text(text.substr(0, size));
    // What ends inside the signature still has six fields; then the base64 is wrong, or the signature is.
    if (cut) CHECK_FALSE(check_quote(cut->answer, question()));
  }
  struct Row {
    const char* text;
    const char* where;
  };
  const std::string h(64, 'a'), n(32, 'b');
  const std::pair<std::string, const char*> rows[] = {
      {"", ""},
      {"SCRUTINEER/1 sheet", ""},
      {"SCRUTINEER-QUOTE/1 a " + n + " " + h + " - AAAA", ""},
      {"SCRUTINEER-QUOTE/1 a " + n + " " + h + " - AAAA AAAA AAAA", ""},
      {"SCRUTINEER-QUOTE/1 a%2 " + n + " " + h + " - AAAA AAAA", "device"},
      {"SCRUTINEER-QUOTE/1 a%41 " + n + " " + h + " - AAAA AAAA", "device"},  // one spelling only
      {"SCRUTINEER-QUOTE/1 a bb " + h + " - AAAA AAAA", "nonce"},
      {"SCRUTINEER-QUOTE/1 a " + n + " b - AAAA AAAA", "measured"},
      {"SCRUTINEER-QUOTE/1 a " + n + " " + h + " 24=" + h + " AAAA AAAA", "pcrs"},
      {"SCRUTINEER-QUOTE/1 a " + n + " " + h + " 1=" + h + ",1=" + h + " AAAA AAAA", "pcrs"},
      {"SCRUTINEER-QUOTE/1 a " + n + " " + h + " - A AAAA", "attest"},
      {"SCRUTINEER-QUOTE/1 a " + n + " " + h + " - AAAA A", "signature"},
  };
  for (const auto& [bad, where] : rows) {
    CAPTURE(bad);
    auto parsed = parse_quote_text(bad);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().where == where);
  }
}

TEST_CASE("signature halves become DER, with and without the first bit, with zeros in front") {
  CHECK(to_hex(der_signature("\x01", "\x80")) ==
        "3007020101"
        "02020080");
  CHECK(to_hex(der_signature(BytesView("\0\x7f", 2), BytesView("\0\0\x05", 3))) == "300602017f020105");
  CHECK(der_signature(Bytes(32, '\xff'), Bytes(32, '\xff')).size() == 72);
}

TEST_CASE("what a TPM answers is taken apart strictly") {
  auto error = [](auto result) {
    return result ? std::string("good") : std::string(error_code_name(result.error().code));
  };
  const Bytes refused = *from_hex("80010000000a0000098e");
  CHECK(error(read_plain_answer(*from_hex("80010000000a00000000"))) == "good");
  CHECK(error(read_plain_answer(*from_hex("80010000000a00000100"))) == "good");  // it had been started already
  CHECK(error(read_plain_answer(refused)) == "unsupported");
  CHECK(error(read_created_key(refused)) == "unsupported");
  CHECK(error(read_quote_answer(refused)) == "unsupported");
  CHECK(error(read_register_values(refused)) == "unsupported");
  CHECK(read_quote_answer(refused).error().where == "response code 0x98e");
  CHECK(error(read_plain_answer("")) == "malformed");
  CHECK(error(read_plain_answer(*from_hex("80010000000b00000000"))) == "malformed");
  // A key that was made with other attributes than those asked for is not taken.
  CHECK(error(read_created_key(*from_hex("8002000000120000000080000000"
                                         "00000000"))) == "malformed");
  // Registers 0 and 1 of a fresh chip.
  const Bytes values = *from_hex(
                           "80010000006000000000000000140000000100"
                           "0b03030000000000020020") +
                       Bytes(32, '\0') + *from_hex("0020") + Bytes(32, '\0');
  auto read = read_register_values(values);
  REQUIRE(read);
  CHECK(*read == std::vector<RegisterValue>{{0, Hash256{}}, {1, Hash256{}}});
  for (std::size_t size = 0; size < values.size(); ++size) CHECK_FALSE(read_register_values(values.substr(0, size)));
  CHECK(tpm_answer_size(values) == 96);
  CHECK(tpm_answer_size("\x80\x01") == 0);
}

}  // namespace
}  // namespace scrutineer::device

#include "core/note/note.h"

#include <doctest/doctest.h>

#include "core/base/limits.h"

using namespace scrutineer;
using namespace std::string_literals;

namespace {

// Go's sumdb/note.
const std::string kPeter = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const std::string kPeterSecret = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";  // type || seed
const std::string kText =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n";
const std::string kPeterLine =
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
const std::string kNote = kText + "\n" + kPeterLine;

// The example of C2SP signed-note: an empty line inside the text.
const std::string kPoem = "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n";
const std::string kPoemLine =
    "— quasimodo.example/salvatore "
    "NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n";

std::unique_ptr<Signer> signer(KeyType type, char fill) {
  return make_signer(PrivateKey{type, SecretBytes::copy_of(std::string(32, fill))}).value();
}

std::string line_by(std::string_view name, std::string_view raw) {
  return "— " + std::string(name) + " " + to_base64(raw) + "\n";
}

}  // namespace

TEST_CASE("note: the examples of other implementations") {
  auto note = parse_note(kNote);
  REQUIRE(note.has_value());
  CHECK(note->text == kText);
  REQUIRE(note->signatures.size() == 1);
  CHECK(note->signatures[0].name == "PeterNeumann");
  CHECK(note->signatures[0].id == KeyId{0xc7, 0x4f, 0x20, 0xa3});
  CHECK(note->signatures[0].signature.size() == 64);
  CHECK(to_bytes(*note) == kNote);

  auto poem = parse_note(kPoem + "\n" + kPoemLine);
  REQUIRE(poem.has_value());
  CHECK(poem->text == kPoem);
  CHECK(poem->signatures[0].id == KeyId{0x36, 0x7b, 0xa0, 0x4b});
}

TEST_CASE("note: it verifies with the key, and signing again gives the same bytes") {
  VerifierKey key = parse_vkey(kPeter).value();
  auto view = parse_note_view(kNote).value();
  CHECK(verify_note(view, {&key, 1}).value() == std::vector<std::optional<std::size_t>>{0});
  CHECK(verify_note_signature(kText, view.signatures[0], key));

  auto peter =
      make_signer(PrivateKey{KeyType::ed25519, SecretBytes::copy_of(from_base64(kPeterSecret).value().substr(1))})
          .value();
  CHECK(peter->public_key() == key.key);
  NoteSignature signature = sign_note(kText, "PeterNeumann", *peter).value();
  CHECK(to_bytes(SignedNote{kText, {signature}}) == kNote);
}

TEST_CASE("note: what its grammar refuses") {
  std::string good = line_by("a", "1234s");
  struct {
    std::string what, bytes;
    ErrorCode code;
  } cases[] = {
      {"empty", "", ErrorCode::malformed},
      {"no empty line", "text\n" + good, ErrorCode::malformed},
      {"text without line feed", "text", ErrorCode::malformed},
      {"no signature", "text\n\n", ErrorCode::malformed},
      {"only an empty line behind the signatures", "text\n\n" + good + "\n", ErrorCode::malformed},
      {"no line feed at the end", "text\n\n" + good.substr(0, good.size() - 1), ErrorCode::malformed},
      {"a hyphen for a dash", "text\n\n- a MTIzNHM=\n", ErrorCode::malformed},
      {"an en dash for a dash", "text\n\n– a MTIzNHM=\n", ErrorCode::malformed},
      {"no space behind the dash", "text\n\n—a MTIzNHM=\n", ErrorCode::malformed},
      {"two spaces behind the dash", "text\n\n—  a MTIzNHM=\n", ErrorCode::malformed},
      {"no name", "text\n\n— MTIzNHM=\n", ErrorCode::malformed},
      {"plus in the name", "text\n\n— a+b MTIzNHM=\n", ErrorCode::malformed},
      {"no-break space in the name", "text\n\n— a\u00a0b MTIzNHM=\n", ErrorCode::malformed},
      {"space at the end", "text\n\n— a MTIzNHM= \n", ErrorCode::malformed},
      {"carriage return", "text\n\n— a MTIzNHM=\r\n", ErrorCode::malformed},
      {"base64 without padding", "text\n\n— a MTIzNHM\n", ErrorCode::malformed},
      {"base64 with trailing bits", "text\n\n— a MTIzNHN=\n", ErrorCode::malformed},
      {"not base64", "text\n\n— a MTIz*HM=\n", ErrorCode::malformed},
      {"a key id without signature", "text\n\n" + line_by("a", "1234"), ErrorCode::malformed},
      {"less than a key id", "text\n\n" + line_by("a", "123"), ErrorCode::malformed},
      {"another line among the signatures", "text\n\n" + good + "text\n" + good, ErrorCode::malformed},
      {"not UTF-8", "te\xfft\n\n" + good, ErrorCode::malformed},
      {"NUL", "te\0t\n\n"s + good, ErrorCode::malformed},
      {"tab", "te\tt\n\n" + good, ErrorCode::malformed},
      {"carriage return in the text", "text\r\n\n" + good, ErrorCode::malformed},
      {"delete", "te\x7ft\n\n" + good, ErrorCode::malformed},
      {"a name of 256 bytes", "text\n\n" + line_by(std::string(256, 'a'), "1234s"), ErrorCode::limit_exceeded},
  };
  for (const auto& c : cases) {
    CAPTURE(c.what);
    auto note = parse_note(c.bytes);
    REQUIRE_FALSE(note.has_value());
    CHECK(note.error().code == c.code);
  }
}

TEST_CASE("note: the text ends at the last empty line") {
  std::string good = line_by("a", "1234s");
  struct {
    std::string what, bytes, text;
  } cases[] = {
      {"empty lines in the text", "a\n\n\nb\n\n" + good, "a\n\n\nb\n"},
      {"the text ends in an empty line", "a\n\n\n" + good, "a\n\n"},
      {"the text is one empty line", "\n\n" + good, "\n"},
      {"signature lines in the text", "a\n\n" + good + "\n" + good, "a\n\n" + good},
  };
  for (const auto& c : cases) {
    CAPTURE(c.what);
    auto note = parse_note(c.bytes);
    REQUIRE(note.has_value());
    CHECK(note->text == c.text);
    CHECK(note->signatures.size() == 1);
    CHECK(to_bytes(*note) == c.bytes);
  }
}

TEST_CASE("note: sixteen signatures, not seventeen") {
  std::string bytes = "text\n\n";
  for (std::size_t i = 0; i < limits::kNoteSignatures; ++i) bytes += line_by("key" + std::to_string(i), "1234s");
  CHECK(parse_note(bytes).value().signatures.size() == 16);
  auto over = parse_note(bytes + line_by("a", "1234s"));
  REQUIRE_FALSE(over.has_value());
  CHECK(over.error().code == ErrorCode::limit_exceeded);
}

TEST_CASE("note: text rules for whoever signs") {
  auto key = signer(KeyType::ed25519, '1');
  for (std::string bad : {""s, "no line feed"s, "a\tb\n"s, "a\r\n"s, "\xff\n"s, "a\0b\n"s, "\x7f\n"s}) {
    CHECK_FALSE(check_note_text(bad).has_value());
    CHECK_FALSE(sign_note(bad, "a", *key).has_value());
  }
  CHECK(check_note_text("\n").has_value());
  CHECK(check_note_text("종로구 — a\n").has_value());
  CHECK_FALSE(sign_note("text\n", "a b", *key).has_value());
  CHECK_FALSE(sign_note("text\n", "", *key).has_value());
}

TEST_CASE("note: who signed, who is unknown, and who lies") {
  auto alice = signer(KeyType::ed25519, '1');
  auto bob = signer(KeyType::ecdsa_p256, '2');
  auto eve = signer(KeyType::ed25519, '3');
  std::vector<VerifierKey> known = {make_vkey("alice", alice->public_key()).value(),
                                    make_vkey("bob", bob->public_key()).value()};
  NoteSignature by_alice = sign_note("text\n", "alice", *alice).value();
  NoteSignature by_bob = sign_note("text\n", "bob", *bob).value();
  NoteSignature by_eve = sign_note("text\n", "eve", *eve).value();
  // Eve under Alice's name: another key, so another key id, so somebody unknown.
  NoteSignature as_alice = sign_note("text\n", "alice", *eve).value();
  // Alice's name and key id on another text: a known key, and a signature that is not good.
  NoteSignature elsewhere = sign_note("other text\n", "alice", *alice).value();
  // Alice's key under a name that nobody gave it.
  NoteSignature renamed = by_alice;
  renamed.name = "carol";

  using Signers = std::vector<std::optional<std::size_t>>;
  auto verify = [&](std::vector<NoteSignature> signatures) {
    return verify_note(NoteView{"text\n", std::move(signatures)}, known);
  };
  CHECK(verify({by_alice, by_bob}).value() == Signers{0, 1});
  CHECK(verify({by_bob, by_eve, by_alice}).value() == Signers{1, std::nullopt, 0});
  CHECK(verify({as_alice}).value() == Signers{std::nullopt});
  CHECK(verify({renamed}).value() == Signers{std::nullopt});
  for (auto signatures : {std::vector{elsewhere}, std::vector{by_bob, elsewhere}, std::vector{by_alice, elsewhere}}) {
    auto got = verify(signatures);
    REQUIRE_FALSE(got.has_value());
    CHECK(got.error().code == ErrorCode::bad_signature);
  }
}

TEST_CASE("note: a cosignature key never vouches for the text itself") {
  auto witness = signer(KeyType::ed25519, '1');
  VerifierKey cosigner = make_vkey("w", {KeyType::cosignature_ed25519, witness->public_key().bytes}).value();
  NoteSignature signature = sign_note("text\n", "w", *witness).value();
  signature.id = cosigner.id;
  CHECK_FALSE(verify_note_signature("text\n", signature, cosigner));
  auto cosigning = signer(KeyType::cosignature_ed25519, '1');
  CHECK(cosigning->public_key() == cosigner.key);
  CHECK(sign_note("text\n", "w", *cosigning).error().code == ErrorCode::invalid_argument);
}

TEST_CASE("note: signatures in order of name, then key id") {
  NoteSignature a1{"a", {0, 0, 0, 1}, "s"}, a2{"a", {0, 0, 0, 2}, "s"}, a255{"a", {255, 0, 0, 0}, "s"}, b{"b", {}, "s"};
  CHECK(signature_before(a1, a2));
  CHECK(signature_before(a2, a255));  // bytes are unsigned
  CHECK(signature_before(a255, b));
  CHECK_FALSE(signature_before(a1, a1));
  CHECK(signature_before(NoteSignature{"z", {}, ""}, NoteSignature{"é", {}, ""}));
}

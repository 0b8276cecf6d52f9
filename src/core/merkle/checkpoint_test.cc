#include "core/merkle/checkpoint.h"

#include <doctest/doctest.h>

#include "core/crypto/hash.h"

namespace scrutineer {
namespace {

std::unique_ptr<Signer> signer(std::string_view seed) {
  return make_signer(PrivateKey{KeyType::ed25519, SecretBytes::copy_of(sha256(seed).view())}).value();
}

const Checkpoint kExample{"example.org/log", 7, NodeHash{sha256("root")}};

}  // namespace

TEST_CASE("a checkpoint's text, both ways") {
  std::string text = to_text(kExample);
  CHECK(text == "example.org/log\n7\n" + to_base64(sha256("root").view()) + "\n");
  CHECK(parse_checkpoint_text(text).value() == kExample);
}

TEST_CASE("what is not exactly a checkpoint is refused") {
  std::string root = to_base64(sha256("root").view());
  const std::string rows[] = {"",
                              "\n",
                              "o\n",
                              "o\n7\n",
                              "o\n7\n" + root,
                              "o\n7\n" + root + "\nextension\n",
                              "o\n7\n" + root + "\n\n",
                              "\n7\n" + root + "\n",
                              "o o\n7\n" + root + "\n",
                              "o+o\n7\n" + root + "\n",
                              "o\n07\n" + root + "\n",
                              "o\n+7\n" + root + "\n",
                              "o\n-7\n" + root + "\n",
                              "o\n\n" + root + "\n",
                              "o\n7 \n" + root + "\n",
                              "o\n18446744073709551616\n" + root + "\n",
                              "o\n7\n" + root.substr(4) + "\n",
                              "o\n7\n" + root + " \n",
                              "o\n7\r\n" + root + "\n",
                              "o\n0\n" + root + "\n"};
  for (const std::string& text : rows) CHECK_MESSAGE(!parse_checkpoint_text(text), text);
  CHECK(parse_checkpoint_text("o\n18446744073709551615\n" + root + "\n"));
  CHECK(parse_checkpoint_text("o\n0\n" + to_base64(empty_root().view()) + "\n"));
}

TEST_CASE("signing and verifying a checkpoint") {
  auto key = signer("log");
  VerifierKey vkey = make_vkey(kExample.origin, key->public_key()).value();
  Bytes note = to_bytes(sign_checkpoint(kExample, *key).value());
  CHECK(verify_checkpoint(note, vkey).value().checkpoint == kExample);

  SUBCASE("an unknown signature is ignored") {
    SignedNote more = parse_note(note).value();
    more.signatures.push_back(sign_note(more.text, "somebody", *signer("other")).value());
    CHECK(verify_checkpoint(to_bytes(more), vkey));
  }
  SUBCASE("a changed size is a bad signature") {
    note.replace(note.find("\n7\n"), 3, "\n8\n");
    CHECK(verify_checkpoint(note, vkey).error().code == ErrorCode::bad_signature);
  }
  SUBCASE("another log's key") {
    CHECK(verify_checkpoint(note, make_vkey("other.org/log", key->public_key()).value()).error().code ==
          ErrorCode::conflict);
    CHECK(verify_checkpoint(note, make_vkey(kExample.origin, signer("x")->public_key()).value()).error().code ==
          ErrorCode::bad_signature);
  }
}

TEST_CASE("cosignatures, version 1") {
  auto key = signer("witness");
  VerifierKey vkey = cosigner_vkey("witness.example", key->public_key()).value();
  std::string text = to_text(kExample);
  CHECK(cosignature_message(text, UnixSeconds{1679315147}) == "cosignature/v1\ntime 1679315147\n" + text);
  NoteSignature signature = cosign(text, "witness.example", UnixSeconds{1679315147}, *key).value();
  CHECK(signature.signature.size() == 72);
  CHECK(verify_cosignature(text, signature, vkey).value().value == 1679315147);

  for (std::size_t i = 0; i < signature.signature.size(); ++i) {  // every byte counts, the time's too
    NoteSignature bad = signature;
    bad.signature[i] = static_cast<char>(bad.signature[i] ^ 1);
    CHECK_FALSE(verify_cosignature(text, bad, vkey));
  }
  CHECK_FALSE(verify_cosignature(to_text({"example.org/log", 8, kExample.root}), signature, vkey));
  CHECK_FALSE(verify_cosignature(text, signature, make_vkey("witness.example", key->public_key()).value()));
  CHECK_FALSE(cosign(text, "witness.example", UnixSeconds{-1}, *key));
  CHECK_FALSE(cosign("no checkpoint\n", "witness.example", UnixSeconds{1}, *key));
}

}  // namespace scrutineer

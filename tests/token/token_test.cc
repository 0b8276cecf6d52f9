// Keys on tokens: what SoftHSM signs verifies as everything else here does, and every trouble has its sentence.
#include "app/token/token.h"

#include <doctest/doctest.h>

#include "core/note/note.h"
#include "tests/token/soft_token.h"

using namespace scrutineer;
using namespace scrutineer::token;
using scrutineer::testing::SoftTokens;

namespace {

SecretBytes pin(std::string_view digits) {
  return SecretBytes::copy_of(digits);
}

// A member's card with one key of each kind.
struct Card {
  Card() {
    tokens.add("card");
    chair = make_token_key(choice(), "jongno/chair", KeyType::ecdsa_p256, pin("1234")).value();
    member = make_token_key(choice(), "jongno/member-3", KeyType::ed25519, pin("1234")).value();
  }
  static TokenChoice choice(const std::string& key = {}, const std::string& token = "card") {
    return {SOFTHSM_MODULE, token, key};
  }
  SoftTokens tokens;
  PublicKey chair, member;
};

template <class T>
std::string outcome(const TokenResult<T>& result) {
  return result ? "good" : std::string(trouble_name(result.error()));
}

// What happens to a signature when the library does `fault`.
std::string outcome_with(const char* fault, std::string_view digits = "1234") {
  setenv("BEHIND", SOFTHSM_MODULE, 1);
  setenv("FAULT", "", 1);
  auto token = Token::open({FAULTY_MODULE, "card", "jongno/chair"});
  if (!token) return "open: " + outcome(token);
  setenv("FAULT", fault, 1);
  auto signature = (*token)->sign("text\n", pin(digits));
  setenv("FAULT", "", 1);
  return outcome(signature);
}

}  // namespace

TEST_CASE("tokens: both kinds of key sign notes that verify") {
  Card card;
  for (const std::string name : {"jongno/chair", "jongno/member-3"}) {
    CAPTURE(name);
    auto token = Token::open(Card::choice(name));
    REQUIRE(token.has_value());
    CHECK((*token)->key_label() == name);
    CHECK((*token)->public_key() == (name == "jongno/chair" ? card.chair : card.member));
    VerifierKey vkey = make_vkey(name, (*token)->public_key()).value();
    CHECK(parse_vkey(to_string(vkey)).value() == vkey);
    auto signer = token_signer(std::move(*token), [] { return Result<SecretBytes>(pin("1234")); });
    for (std::size_t size : {1, 100, 65'000}) {
      std::string text(size, 'x');
      text += '\n';
      auto signature = sign_note(text, name, *signer);
      REQUIRE(signature.has_value());
      CHECK(signature->id == vkey.id);
      CHECK(verify_note_signature(text, *signature, vkey));
      CHECK_FALSE(verify_note_signature(text + "\n", *signature, vkey));
    }
  }
}

TEST_CASE("tokens: a PIN for each signature, and what is said without it") {
  Card card;
  auto token = Token::open(Card::choice("jongno/chair"));
  REQUIRE(token.has_value());
  struct Row {
    const char* pin;
    const char* expected;
  };
  const Row rows[] = {{"1234", "good"},     {"", "wrong-pin"},      {"1235", "wrong-pin"},
                      {"123", "wrong-pin"}, {"12345", "wrong-pin"}, {"1234", "good"},
                      {"", "wrong-pin"},    {"5678", "wrong-pin"}};  // not even that of the security officer
  for (const Row& row : rows) {
    CAPTURE(row.pin);
    CHECK(outcome((*token)->sign("text\n", pin(row.pin))) == row.expected);
  }
}

TEST_CASE("tokens: which one, and which key") {
  Card card;
  card.tokens.add("spare");
  auto serial_of = [](const std::string& label) {
    return Module::load(SOFTHSM_MODULE).value()->find(label).value().serial;
  };
  struct Row {
    std::string token, key, expected;
  };
  const Row rows[] = {
      {"card", "jongno/chair", "good"},
      {serial_of("card"), "jongno/member-3", "good"},
      {"card", "", "several-keys"},
      {"card", "jongno/member-4", "no-key"},
      {"spare", "", "no-key"},
      {"", "jongno/chair", "several-tokens"},
      {"lost", "jongno/chair", "no-token"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.token + " " + row.key);
    CHECK(outcome(Token::open(Card::choice(row.key, row.token))) == row.expected);
  }
  CHECK(outcome(Token::open({"/nowhere/pkcs11.so", "card", ""})) == "no-module");
  CHECK(outcome(Token::open({"libc.so.6", "card", ""})) == "no-module");  // a library, but no token's
  CHECK(outcome(make_token_key(Card::choice(), "jongno/chair", KeyType::ecdsa_p256, pin("1234"))) == "key-there");
  CHECK(outcome(make_token_key(Card::choice(), "jongno/new", KeyType::ecdsa_p256, pin("0000"))) == "wrong-pin");
  CHECK(outcome(Token::open(Card::choice("jongno/new"))) == "no-key");
}

TEST_CASE("tokens: what may happen while it signs") {
  Card card;
  struct Row {
    const char* what;
    const char* fault;
    const char* expected;
  };
  const Row rows[] = {
      {"nothing", "", "good"},
      {"pulled out while signing: CKR_DEVICE_REMOVED", "sign:50", "removed"},
      {"pulled out while signing: CKR_TOKEN_NOT_PRESENT", "sign:224", "removed"},
      {"pulled out while signing: CKR_SESSION_HANDLE_INVALID", "sign:179", "removed"},
      {"pulled out before the PIN", "login:50", "removed"},
      {"pulled out before anything", "open:224", "removed"},
      {"locked: CKR_PIN_LOCKED", "login:164", "pin-locked"},
      {"expired: CKR_PIN_EXPIRED", "login:163", "pin-not-set"},
      {"never set: CKR_USER_PIN_NOT_INITIALIZED", "login:258", "pin-not-set"},
      {"wrong at the second asking (CKA_ALWAYS_AUTHENTICATE)", "again:160", "wrong-pin"},
      {"no such signature: CKR_MECHANISM_INVALID", "sign:112", "cannot-sign"},
      {"cancelled on a keypad: CKR_FUNCTION_CANCELED", "sign:80", "cancelled"},
      {"CKR_GENERAL_ERROR", "sign:5", "failed"},
      {"signs something else", "spoil:1", "another-key"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    CHECK(outcome_with(row.fault) == row.expected);
    CHECK(outcome_with("") == "good");  // and the next one is not harmed
  }
}

TEST_CASE("tokens: one more wrong PIN would lock it") {
  Card card;
  setenv("BEHIND", SOFTHSM_MODULE, 1);
  setenv("FAULT", "", 1);
  auto token = Token::open({FAULTY_MODULE, "card", "jongno/chair"});
  REQUIRE(token.has_value());
  CHECK_FALSE((*token)->last_try());
  setenv("FAULT", "last-try:1", 1);
  CHECK((*token)->last_try());
  setenv("FAULT", "", 1);
}

TEST_CASE("tokens: keys are made for tokens that leave the PIN's rules to their maker, too") {
  Card card;
  setenv("BEHIND", SOFTHSM_MODULE, 1);
  setenv("FAULT", "always:18", 1);  // CKR_ATTRIBUTE_TYPE_INVALID
  CHECK(outcome(make_token_key({FAULTY_MODULE, "card", ""}, "plain", KeyType::ecdsa_p256, pin("1234"))) == "good");
  setenv("FAULT", "", 1);
  auto token = Token::open(Card::choice("plain"));
  REQUIRE(token.has_value());
  CHECK(outcome((*token)->sign("text\n", pin("1234"))) == "good");
  CHECK(outcome((*token)->sign("text\n", pin("1111"))) == "wrong-pin");
}

TEST_CASE("tokens: every trouble has a name and a sentence in both languages") {
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < kTroubles; ++i) {
    auto trouble = static_cast<Trouble>(i);
    for (std::string_view name : names) CHECK(name != trouble_name(trouble));
    names.push_back(trouble_name(trouble));
    CHECK(trouble_sentence(trouble).in(ui::Lang::ko) != trouble_sentence(trouble).in(ui::Lang::en));
    CHECK(to_error(trouble).message == trouble_sentence(trouble).in(ui::Lang::en));
  }
}

#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/terminal.h"
#include "app/cli/token_choice.h"
#include "core/note/vkey.h"

namespace scrutineer::cli {

Error said_in_both(token::Trouble trouble) {
  Error error = token::to_error(trouble);
  error.message = std::string(token::trouble_sentence(trouble).in(ui::Lang::ko)) + " · " + error.message;
  return error;
}

int make_key(int argc, char** argv) {
  token::TokenChoice choice;
  std::string name, pin_file;
  bool ed25519 = false;
  auto app =
      new_app("scrutineer key make", "Makes a key on a token, which it never leaves, and prints its verifier key.",
              "scrutineer key make --pkcs11 /usr/lib/softhsm/libsofthsm2.so --token card --name jongno/member-3");
  app->add_option("--pkcs11", choice.module, "the library of the token's maker (PKCS#11)")->required();
  app->add_option("--token", choice.token, "the token's label or serial number; may be left out where there is one");
  app->add_option("--name", name, "a role name, never a person's: it is public; no spaces, no '+'")->required();
  app->add_option("--pin-file", pin_file, "read the PIN from the first line of this file");
  app->add_flag("--ed25519", ed25519, "Ed25519 in place of P-256, which few tokens know");
  if (auto over = parse(*app, argc, argv)) return *over;
  if (auto good = check_key_name(name); !good) return complain(good.error());
  auto typed = read_passphrase(pin_file, "PIN", false);
  if (!typed) return complain(typed.error());
  SecretBytes pin = SecretBytes::copy_of(*typed);
  wipe(*typed);
  auto key = token::make_token_key(choice, name, ed25519 ? KeyType::ed25519 : KeyType::ecdsa_p256, pin);
  if (!key) return complain(said_in_both(key.error()));
  auto vkey = make_vkey(name, *key);
  if (!vkey) return complain(vkey.error());
  print(to_string(*vkey) + "\n");
  return kGood;
}

}  // namespace scrutineer::cli

#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/session.h"
#include "app/cli/terminal.h"
#include "app/cli/token_choice.h"
#include "core/base/limits.h"
#include "core/crypto/secret.h"

namespace scrutineer::cli {
namespace {

int new_key(int argc, char** argv) {
  std::string name, out, passphrase_file;
  bool plain = false, p256 = false, cosigner = false;
  auto app =
      new_app("scrutineer key new", "Makes a key, writes it to a file under a passphrase, and prints its verifier key.",
              "scrutineer key new --name jongno/member-3 --out member-3.key");
  app->add_option("--name", name, "a role name, never a person's: it is public; no spaces, no '+'")->required();
  app->add_option("--out", out, "the key file; never overwritten")->required();
  app->add_flag("--no-passphrase", plain, "leave the file unencrypted: whoever reads it can sign");
  app->add_option("--passphrase-file", passphrase_file, "read the passphrase from the first line of this file");
  auto* p256_flag =
      app->add_flag("--p256", p256, "ECDSA P-256 in place of Ed25519, for people only: logs and witnesses use Ed25519");
  app->add_flag("--cosigner", cosigner, "a witness's key: it cosigns checkpoints and signs nothing else")
      ->excludes(p256_flag);
  if (auto over = parse(*app, argc, argv)) return *over;
  SystemRng rng;
  PosixDisk disk;
  auto key = new_named_key(name,
                           cosigner ? KeyType::cosignature_ed25519
                           : p256   ? KeyType::ecdsa_p256
                                    : KeyType::ed25519,
                           rng);
  if (!key) return complain(key.error());
  Result<Bytes> text = fail(ErrorCode::not_found, "");
  if (plain) {
    text = write_key_file(*key, std::nullopt, rng);
  } else {
    auto passphrase = read_passphrase(passphrase_file, "New passphrase for " + name, true);
    if (!passphrase) return complain(passphrase.error());
    text = write_key_file(*key, *passphrase, rng);
    wipe(*passphrase);
  }
  if (!text) return complain(text.error());
  Status saved = save_key(disk, out, *text);
  wipe(*text);
  if (!saved) return complain(saved.error());
  if (plain) tell("Note: " + out + " is not encrypted. Whoever reads it can sign as " + name + ".");
  print(to_string(key->vkey) + "\n");
  return kGood;
}

int show_key(int argc, char** argv) {
  std::string path;
  auto app = new_app("scrutineer key show", "Prints the verifier key of a key file; asks for no passphrase.",
                     "scrutineer key show member-3.key");
  app->add_option("FILE", path, "the key file")->required();
  if (auto over = parse(*app, argc, argv)) return *over;
  PosixDisk disk;
  auto text = read_file(disk, path, limits::kKeyFileBytes);
  if (!text) return complain(text.error());
  auto file = parse_key_file(*text);
  wipe(*text);
  if (!file) return complain(placed(file.error(), path));
  print(to_string(file->vkey) + "\n");
  tell(file->encrypted ? "The file is encrypted with a passphrase." : "The file is NOT encrypted.");
  return kGood;
}

}  // namespace

int key_command(int argc, char** argv) {
  std::string word = subcommand(argc, argv);
  if (word == "new") return new_key(argc - 1, argv + 1);
  if (word == "show") return show_key(argc - 1, argv + 1);
  if (word == "make") return make_key(argc - 1, argv + 1);
  if (word == "--help" || word == "-h") {
    print(
        "scrutineer key new --name NAME --out FILE [--no-passphrase]\nscrutineer key show FILE\n"
        "scrutineer key make --pkcs11 MODULE [--token LABEL] --name NAME\n\n"
        "Example:\n  scrutineer key new --name jongno/member-3 --out member-3.key\n");
    return kGood;
  }
  return complain("say 'key new', 'key show' or 'key make' (see: scrutineer key --help)");
}

}  // namespace scrutineer::cli

#include <algorithm>

#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/session.h"
#include "app/cli/terminal.h"
#include "core/base/limits.h"
#include "core/record/record.h"

namespace scrutineer::cli {
namespace {

// A text, or a note that already carries signatures.
Result<SignedNote> read_text_or_note(const Bytes& bytes) {
  if (auto note = parse_note(bytes)) return std::move(*note);
  SCRUTINEER_CHECKED(check_note_text(bytes));
  return SignedNote{bytes, {}};
}

// Whoever signs a record by hand should learn at once that nobody could read it.
Status check_if_record(const std::string& text) {
  if (!text.starts_with("scrutineer/") || text.starts_with("scrutineer/manifest/")) return {};
  return read_record_text(text).map([](const Record&) {});
}

int sign(int argc, char** argv) {
  std::string in, out, key_file, passphrase_file;
  auto app = new_app("scrutineer note sign",
                     "Signs a text, or adds a signature to a note that others have signed. A record is checked first.",
                     "scrutineer note sign --key member-3.key --in sheet.txt --out sheet.note");
  app->add_option("--key", key_file, "the key file")->required();
  app->add_option("--in", in, "a text, or a signed note")->required();
  app->add_option("--out", out, "the signed note")->required();
  app->add_option("--passphrase-file", passphrase_file, "read the passphrase from the first line of this file");
  if (auto over = parse(*app, argc, argv)) return *over;
  PosixDisk disk;
  auto bytes = read_file(disk, in, limits::kEntryBytes);
  if (!bytes) return complain(bytes.error());
  auto note = read_text_or_note(*bytes);
  if (!note) return complain(placed(note.error(), in));
  if (auto record = check_if_record(note->text); !record) return complain(placed(record.error(), in));
  auto key = load_key(disk, key_file, passphrase_file);
  if (!key) return complain(key.error());
  auto signer = make_signer(key->secret);
  if (!signer) return complain(signer.error());
  auto signature = sign_note(note->text, key->vkey.name, **signer);
  if (!signature) return complain(signature.error());
  std::erase_if(note->signatures,
                [&](const NoteSignature& s) { return s.name == signature->name && s.id == signature->id; });
  note->signatures.push_back(std::move(*signature));
  auto entry = entry_bytes(note->text, note->signatures);
  if (!entry) return complain(entry.error());
  if (auto written = write_file(disk, out, *entry, Durability::durable); !written) return complain(written.error());
  tell("Signed by " + std::to_string(note->signatures.size()) + (note->signatures.size() == 1 ? " key." : " keys."));
  if (note->text.starts_with("scrutineer/")) print(to_hex(record_id(note->text)) + "\n");
  return kGood;
}

int verify(int argc, char** argv) {
  std::string in;
  std::vector<std::string> keys;
  auto app = new_app("scrutineer note verify", "Checks that a note is signed by every one of the given keys.",
                     "scrutineer note verify --vkey \"$(scrutineer key show member-3.key)\" sheet.note");
  app->add_option("NOTE", in, "the signed note")->required();
  app->add_option("--vkey", keys, "a verifier key; may be given several times")->required();
  if (auto over = parse(*app, argc, argv)) return *over;
  PosixDisk disk;
  auto bytes = read_file(disk, in, limits::kManifestBytes);
  if (!bytes) return complain(bytes.error());
  auto note = parse_note_view(*bytes);
  if (!note) return complain(placed(note.error(), in)), kAnswerIsNo;
  bool all = true;
  for (const std::string& text : keys) {
    auto key = parse_vkey(text);
    if (!key) return complain(key.error());
    bool good = std::any_of(note->signatures.begin(), note->signatures.end(), [&](const NoteSignature& signature) {
      return verify_note_signature(note->text, signature, *key);
    });
    print((good ? "good  " : "NO    ") + key->name + "\n");
    all &= good;
  }
  return all ? kGood : kAnswerIsNo;
}

}  // namespace

int note_command(int argc, char** argv) {
  std::string word = subcommand(argc, argv);
  if (word == "sign") return sign(argc - 1, argv + 1);
  if (word == "verify") return verify(argc - 1, argv + 1);
  if (word == "--help" || word == "-h") {
    print(
        "scrutineer note sign --key FILE --in TEXT --out NOTE\nscrutineer note verify --vkey VKEY NOTE\n\n"
        "Example:\n  scrutineer note sign --key member-3.key --in sheet.txt --out sheet.note\n");
    return kGood;
  }
  return complain("say 'note sign' or 'note verify' (see: scrutineer note --help)");
}

}  // namespace scrutineer::cli

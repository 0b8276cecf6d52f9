#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/steps.h"
#include "app/cli/terminal.h"

namespace scrutineer::cli {

int publish_command(int argc, char** argv) {
  std::string log_directory, key_file, passphrase_file, log_key, out, language;
  auto app = new_app("scrutineer publish",
                     "Writes the bundle: log, claims, proofs and result pages, with a signed list of all files. "
                     "A result claim is signed and logged first, where anything happened since the last one.",
                     "scrutineer publish --log log --key publisher.key --out bundle");
  app->add_option("--log", log_directory, "the log directory")->required();
  app->add_option("--key", key_file, "the publisher's key file")->required();
  app->add_option("--out", out, "the bundle's directory; an older bundle there is replaced as a whole")->required();
  app->add_option("--passphrase-file", passphrase_file, "read the passphrase from the first line of this file");
  app->add_option("--log-key", log_key, "the log's key file (default: LOGDIR/log.key)");
  app->add_option("--data-lang", language, "language of the names in the data, such as ko");
  if (auto over = parse(*app, argc, argv)) return *over;
  auto session = Session::open(log_directory, log_key, passphrase_file);
  if (!session) return complain(session.error());
  if (auto started = (*session)->start_intake(); !started) return complain(started.error());
  auto key = load_key((*session)->disk(), key_file, passphrase_file);
  if (!key) return complain(key.error());
  if (language.empty()) language = data_language((*session)->election().definition());
  auto published = publish_with_progress(**session, *key, out, language);
  if (!published) return complain(published.error());
  print(to_hex(published->claim) + "\n");
  return kGood;
}

}  // namespace scrutineer::cli

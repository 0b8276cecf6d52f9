#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/terminal.h"
#include "app/disk/posix_disk.h"
#include "app/disk/system.h"
#include "app/taxii/client.h"
#include "app/taxii/users.h"
#include "core/crypto/hash.h"

namespace scrutineer::cli {
namespace {

constexpr const char* kUsage =
    "scrutineer taxii: other people's threat feeds (TAXII 2.1), read and fed\n\n"
    "  scrutineer taxii collections URL                    what there is\n"
    "  scrutineer taxii get URL COLLECTION                 its objects, as one STIX bundle a run\n"
    "  scrutineer taxii add URL COLLECTION FILE            the objects of a bundle into it\n"
    "  scrutineer taxii status URL ID                      what became of them\n"
    "  scrutineer taxii token NAME                         a new token, and its line for a server's list of users\n\n"
    "URL is the discovery resource: https://host/taxii2/. Each has --help with an example.\n";

struct Common {
  TaxiiClientOptions client;
  std::string user_file;
};

void add_common(CommandLine& app, Common& common) {
  app.add_option("URL", common.client.url, "the server's discovery resource or API root")->required();
  app.add_option("--user", common.user_file, "a file whose first line is NAME:TOKEN");
  app.add_option("--ca", common.client.ca_file, "believe this certificate authority (PEM) in place of the system's");
  app.add_option("--seconds", common.client.seconds, "for one request")->between(1, 600);
}

Result<std::unique_ptr<TaxiiClient>> connect(Common& common) {
  if (!common.user_file.empty()) {
    PosixDisk disk;
    SCRUTINEER_CHECKED(read_taxii_user(disk, common.user_file, common.client));
  }
  return TaxiiClient::connect(common.client);
}

int collections(int argc, char** argv) {
  Common common;
  auto app = new_app("scrutineer taxii collections", "Lists the collections that this user may know of.",
                     "scrutineer taxii collections https://feed.example/taxii2/ --user feed.user");
  add_common(*app, common);
  if (auto over = parse(*app, argc, argv)) return *over;
  auto client = connect(common);
  if (!client) return complain(client.error());
  auto list = (*client)->collections();
  if (!list) return complain(list.error());
  for (const TaxiiCollection& one : *list)
    print(one.id + " " + (one.can_read ? "r" : "-") + (one.can_write ? "w" : "-") + " " + one.title + "\n");
  tell(std::to_string(list->size()) + " collections at " + (*client)->api_root());
  return kGood;
}

int get(int argc, char** argv) {
  Common common;
  std::string collection, since, out;
  auto app =
      new_app("scrutineer taxii get",
              "Reads all objects of a collection, every version, byte for byte, and writes them as a bundle. The "
              "time that it prints at the end is where to go on with --since.",
              "scrutineer taxii get https://feed.example/taxii2/ 91a7b528-80eb-42ed-a74d-c6fbd5a26116 --user "
              "feed.user --out feed.json");
  add_common(*app, common);
  app->add_option("COLLECTION", collection, "its id or alias")->required();
  app->add_option("--since", since, "only what was added after this time (UTC)");
  app->add_option("--out", out, "where to write the bundle (default: stdout)");
  if (auto over = parse(*app, argc, argv)) return *over;
  const auto after = since.empty() ? std::optional(TaxiiTime{}) : parse_taxii_time(since);
  if (!after) return complain("--since is a time in UTC, such as 2021-04-19T17:44:00Z");
  auto client = connect(common);
  if (!client) return complain(client.error());
  SystemRng rng;
  Hash256 drawn;
  rng.fill(drawn.bytes);
  std::string text = "{\"type\":\"bundle\",\"id\":\"" + seeded_id("bundle", drawn, "").text() + "\"";
  bool first = true;
  auto pulled = (*client)->pull(collection, *after, [&](const StixObject& object) -> Status {
    text += first ? ",\"objects\":[\n" : ",\n";
    text += object.text;
    first = false;
    return {};
  });
  if (!pulled) return complain(pulled.error());
  text += first ? "}\n" : "\n]}\n";
  PosixDisk disk;
  if (out.empty()) {
    print(text);
  } else if (auto written = write_file(disk, out, text, Durability::durable); !written) {
    return complain(written.error());
  }
  for (const Problem& problem : pulled->problems.listed()) tell("left out: " + problem.where + ": " + problem.message);
  tell(std::to_string(pulled->objects) + " objects, " + std::to_string(pulled->refused) +
       " left out as they are not STIX 2.1" + (pulled->last ? ". Go on with --since " + to_string(*pulled->last) : ""));
  return pulled->refused == 0 ? kGood : kAnswerIsNo;
}

int show(const TaxiiStatus& status) {
  print(status.id + " " + (status.complete() ? "complete" : "pending") + "\n");
  for (const TaxiiOutcome& one : status.failures)
    print("refused " + one.id + " " + one.version + " " + one.message + "\n");
  tell(std::to_string(status.successes.size()) + " taken, " + std::to_string(status.failures.size()) + " refused, " +
       std::to_string(status.pendings.size()) + " pending");
  return status.failures.empty() ? kGood : kAnswerIsNo;
}

int add(int argc, char** argv) {
  Common common;
  std::string collection, file;
  auto app =
      new_app("scrutineer taxii add", "Adds the objects of a STIX 2.1 bundle to a collection, byte for byte.",
              "scrutineer taxii add https://feed.example/taxii2/ 91a7b528-80eb-42ed-a74d-c6fbd5a26116 report.json "
              "--user feed.user");
  add_common(*app, common);
  app->add_option("COLLECTION", collection, "its id or alias")->required();
  app->add_option("FILE", file, "a bundle, an envelope or one object")->required();
  if (auto over = parse(*app, argc, argv)) return *over;
  PosixDisk disk;
  auto text = read_file(disk, file, limits::kStixBytes);
  if (!text) return complain(text.error());
  Problems problems;
  auto bundle = read_stix(*text, {}, &problems);
  for (const Problem& problem : problems.listed()) tell(problem.where + ": " + problem.message);
  if (!bundle) return complain(placed(bundle.error(), file));
  auto client = connect(common);
  if (!client) return complain(client.error());
  auto status = (*client)->push(collection, *bundle);
  return status ? show(*status) : complain(status.error());
}

int status(int argc, char** argv) {
  Common common;
  std::string id;
  auto app = new_app("scrutineer taxii status", "What became of objects that were added.",
                     "scrutineer taxii status https://feed.example/taxii2/ 2d086da7-4bdc-4f91-900e-d77486753710 --user "
                     "feed.user");
  add_common(*app, common);
  app->add_option("ID", id, "of the status, as 'taxii add' printed it")->required();
  if (auto over = parse(*app, argc, argv)) return *over;
  auto client = connect(common);
  if (!client) return complain(client.error());
  auto found = (*client)->status(id);
  return found ? show(*found) : complain(found.error());
}

int token(int argc, char** argv) {
  std::string name;
  auto app = new_app("scrutineer taxii token",
                     "Makes a token for a user of a TAXII server. The first line is for the user's file (--user), the "
                     "second for the server's list, which holds a hash alone; add collections to it (ID:rw).",
                     "scrutineer taxii token kisa");
  app->add_option("NAME", name, "of the user")->required();
  if (auto over = parse(*app, argc, argv)) return *over;
  SystemRng rng;
  const std::string drawn = new_taxii_token(rng);
  const std::string row = name + " " + to_hex(sha256(drawn));
  if (auto good = TaxiiUsers::parse(row); !good) return complain("a name has no space and no colon");
  print(name + ":" + drawn + "\n" + row + "\n");
  return kGood;
}

}  // namespace

int taxii_command(int argc, char** argv) {
  const std::string word = subcommand(argc, argv);
  using Word = std::pair<std::string_view, int (*)(int, char**)>;
  for (const auto& [name, run] : {Word{"collections", collections}, Word{"get", get}, Word{"add", add},
                                  Word{"status", status}, Word{"token", token}})
    if (word == name) return run(argc - 1, argv + 1);
  if (word == "--help" || word == "-h") {
    print(kUsage);
    return kGood;
  }
  return complain("say what: collections, get, add, status or token (see: scrutineer taxii --help)");
}

}  // namespace scrutineer::cli

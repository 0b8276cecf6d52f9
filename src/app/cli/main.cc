// scrutineer: the commands and nothing else.
#include <cstdio>
#include <string_view>

#include "app/cli/commands.h"
#include "app/cli/terminal.h"

namespace {

using namespace scrutineer::cli;

struct Command {
  std::string_view name;
  int (*run)(int, char**);
  std::string_view what;
};

constexpr Command kCommands[] = {
    {"demo", demo_command, "a whole simulated election night, or a real one from a package, verified and shown"},
    {"serve", serve_command, "an election's server, or a counting centre: records, pages, the counting desk"},
    {"centre", centre_command, "the log of a counting centre"},
    {"verify", verify_command, "check a published bundle without trusting whoever published it"},
    {"tally", tally_command, "totals from a log, at every level"},
    {"reconcile", reconcile_command, "every difference to what somebody else counted, with the unit concerned"},
    {"ballots", ballots_command,
     "scanned papers: the record of a batch, one ballot proved, an order's pack, re-check rates"},
    {"cvr", cvr_command, "cast vote records: written as NIST SP 1500-103, anybody's read and summed up"},
    {"eml", eml_command, "counts and results as EML_NL (510, 520), out and in"},
    {"import", import_command, "an election package (CSV) into a log, as signed records"},
    {"publish", publish_command, "a log as a bundle that any web server can carry"},
    {"handover", handover_command, "records in one signed file, for a stick or an e-mail"},
    {"paper", paper_command, "count sheets, unit lists and summaries as PDF, and their QR codes read back"},
    {"taxii", taxii_command, "threat feeds (TAXII 2.1), read and fed"},
    {"log", log_command, "make, append to, show, prove, export and check a log"},
    {"witness", witness_command, "watch logs for others and cosign what follows; ask witnesses to"},
    {"mirror", mirror_command, "keep a verified copy of a log that somebody serves"},
    {"restore", restore_command, "a server's log made again from a mirror's copy"},
    {"scan", scan_command, "read scanned ballot papers: decide, or say why people must look"},
    {"hunt", hunt_command, "look for indicators of an attack in logs and files, and say what could not be searched"},
    {"device", device_command,
     "what a counting machine says of itself, what it could transmit with, what nobody checked"},
    {"key", key_command, "make and show keys"},
    {"agent", agent_command, "sign what the counting centre's page asks for, with a token or a key file"},
    {"ca", ca_command, "a certificate authority for one counting centre, and its server's certificate"},
    {"nginx", nginx_command, "the configuration of the nginx that stands in front of the server"},
    {"notice", notice_command, "attack notices that nobody can deny: send, receive, answer, and prove silence"},
    {"note", note_command, "sign and verify signed notes, records among them"},
};

void usage() {
  std::string text =
      "scrutineer: counting and publishing an election so that anybody can check it\n\nUsage: scrutineer COMMAND "
      "...\n\n";
  for (const Command& command : kCommands)
    text.append("  ").append(command.name).append(10 - command.name.size(), ' ').append(command.what).append("\n");
  text +=
      "\nEach command has --help with an example.\n\nExample:\n  scrutineer demo --units 500 --dir demo --serve\n\n"
      "Exit codes: 0 good, 1 the answer is no, 2 could not run.\n";
  print(text);
}

}  // namespace

int main(int argc, char** argv) {
  std::string_view word = argc > 1 ? argv[1] : "";
  if (word == "--version") return print(std::string("scrutineer ") + SCRUTINEER_VERSION + "\n"), kGood;
  if (word == "--help" || word == "-h" || word == "help") return usage(), kGood;
  for (const Command& command : kCommands)
    if (word == command.name) return command.run(argc - 1, argv + 1);
  return complain(word.empty() ? std::string("say what to do (see: scrutineer --help)")
                               : "there is no command '" + std::string(word) + "' (see: scrutineer --help)");
}

// scrutineer notice: attack notices that nobody can deny.
#include <string_view>

#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/notice_commands.h"
#include "app/cli/terminal.h"

namespace scrutineer::cli {
namespace {

struct Word {
  std::string_view name;
  int (*run)(int, char**);
  std::string_view what;
};

constexpr Word kWords[] = {
    {"new", notice_new, "a new node: a notifier, an institution, a relay or an oversight body"},
    {"party", notice_party, "what stands about a node in a service agreement"},
    {"agreement", notice_agreement, "a service agreement as a record; adds a signature"},
    {"join", notice_join, "let a node take part in an agreement"},
    {"serve", notice_serve, "run a node: its pages, its addresses for machines, everything that happens by itself"},
    {"list", notice_list, "the notices of a node and how far each has come"},
    {"read", notice_read, "open a notice or an answer"},
    {"send", notice_send, "tell institutions that they are under attack"},
    {"acknowledge", notice_acknowledge, "say that you have read it"},
    {"answer", notice_answer, "say what was done and found"},
    {"refuse", notice_refuse, "refuse it, with a reason"},
    {"close", notice_close, "regard it as over"},
    {"state", notice_state, "record what is said in public"},
    {"duty", notice_duty, "record who is on duty"},
    {"new-key", notice_new_key, "a further box or machine key for a node"},
    {"key-change", notice_key_change, "add, replace or withdraw a key of your party"},
    {"envelope", notice_envelope, "a notice as a file for a stick"},
    {"take", notice_take, "hand such a file, or a mail, to a node"},
    {"fetch", notice_fetch, "fetch sealed notices from a notifier's TAXII server"},
    {"mail", notice_mail, "carry what could not be delivered by mail, and take in what came by mail"},
    {"evidence", notice_evidence, "everything that shows what was sent, received, answered and kept silent about"},
};

void usage() {
  std::string text =
      "scrutineer notice: telling institutions that they are under attack, so that nobody can deny it\n\n";
  for (const Word& word : kWords)
    text.append("  ").append(word.name).append(13 - word.name.size(), ' ').append(word.what).append("\n");
  text +=
      "\nEach has --help with an example. scrutineer-verify EVIDENCE --agreement ID judges what `evidence` writes.\n";
  print(text);
}

}  // namespace

int notice_command(int argc, char** argv) {
  const std::string word = subcommand(argc, argv);
  if (word == "--help" || word == "-h") return usage(), kGood;
  for (const Word& one : kWords)
    if (one.name == word) return one.run(argc - 1, argv + 1);
  return complain("say what to do (see: scrutineer notice --help)");
}

}  // namespace scrutineer::cli

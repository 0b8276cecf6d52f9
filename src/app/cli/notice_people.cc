// Rotas and keys of a party: what its representatives sign.
#include <algorithm>

#include "app/cli/arguments.h"
#include "app/cli/choices.h"
#include "app/cli/notice_access.h"
#include "app/cli/notice_commands.h"
#include "app/cli/terminal.h"
#include "app/disk/system.h"
#include "app/notice/keys.h"

namespace scrutineer::cli {
namespace {

struct Common {
  std::string directory, key, passphrase_file, agreement;
};

void add_common(CommandLine& app, Common& in) {
  app.add_option("--dir", in.directory, "the node's directory")->required();
  app.add_option("--key", in.key, "a representative's key file")->required();
  app.add_option("--passphrase-file", in.passphrase_file, "read the passphrase from the first line of this file");
  app.add_option("--agreement", in.agreement, "this agreement alone; otherwise every one that the node takes part in");
}

// Whose node it is: of the parties, a node has one role in all its agreements.
Result<PartyRole> party_of_node(const std::string& directory) {
  PosixDisk disk;
  SCRUTINEER_TRY(NodeKeys keys, read_node(disk, directory));
  switch (keys.role) {
    case NodeRole::notifier: return PartyRole::notifier;
    case NodeRole::institution: return PartyRole::institution;
    case NodeRole::oversight: return PartyRole::oversight;
    case NodeRole::relay: break;
  }
  return fail(ErrorCode::invalid_argument, "a relay is no party: it has neither rotas nor people", directory);
}

// The same under each agreement, signed by that key.
template <class Make>
int say_under_each(const Common& in, Make&& make) {
  auto party = party_of_node(in.directory);
  if (!party) return complain(party.error());
  auto node = NodeBook::open(in.directory);
  if (!node) return complain(node.error());
  std::vector<RecordId> agreements;
  if (!in.agreement.empty()) {
    auto id = node->find_agreement(in.agreement);
    if (!id) return complain(id.error());
    agreements.push_back(*id);
  } else {
    for (const AgreementState* state : node->book().agreements())
      if (state->in_effect) agreements.push_back(state->id);
  }
  Envelope envelope;
  for (const RecordId& id : agreements) {
    auto note = sign_as(notice_record_text({id, now_text(), make(*party)}), in.key, in.passphrase_file);
    if (!note) return complain(note.error());
    envelope.records.push_back(std::move(*note));
  }
  if (envelope.records.empty()) return complain("this node takes part in no agreement that both sides have signed");
  return hand_in(in.directory, envelope, Channel::https);
}

}  // namespace

int notice_duty(int argc, char** argv) {
  Common in;
  DutyRota rota;
  auto app = new_app("scrutineer notice duty",
                     "Records who is on duty. Before it begins: a rota that is recorded afterwards proves nothing.",
                     "scrutineer notice duty --dir institution --key head.key --from 2031-05-21T09:00:00+09:00 --until "
                     "2031-05-22T09:00:00+09:00 --officer commission/officer-1 --deputy commission/deputy-1");
  add_common(*app, in);
  app->add_option("--from", rota.from, "RFC 3339")->required();
  app->add_option("--until", rota.until, "RFC 3339")->required();
  app->add_option("--officer", rota.officers, "the name of a key; may be given several times");
  app->add_option("--deputy", rota.deputies, "the name of a key; may be given several times");
  if (auto over = parse(*app, argc, argv)) return *over;
  for (const std::string& time : {rota.from, rota.until})
    if (!is_rfc3339(time)) return complain("times read like 2031-05-21T09:00:00+09:00: " + time);
  return say_under_each(in, [&](PartyRole party) -> NoticeBody {
    rota.party = party;
    return rota;
  });
}

int notice_new_key(int argc, char** argv) {
  std::string directory, part;
  auto app =
      new_app("scrutineer notice new-key",
              "Makes a further box or machine key for a node and prints what 'notice key-change --add' takes. The "
              "old one stays: it opens what was sealed to it. A running node has to be started again.",
              "scrutineer notice new-key institution --part box");
  app->add_option("DIR", directory)->required();
  app->add_option("--part", part)->required()->one_of({"box", "machine"});
  if (auto over = parse(*app, argc, argv)) return *over;
  PosixDisk disk;
  SystemRng rng;
  auto line = part == "box" ? add_node_box(disk, rng, directory) : add_node_machine(disk, rng, directory);
  if (!line) return complain(line.error());
  print(*line + "\n");
  return kGood;
}

int notice_key_change(int argc, char** argv) {
  Common in;
  KeyChange change;
  std::string part, duty = "officer";
  auto app =
      new_app("scrutineer notice key-change",
              "Adds, replaces or withdraws a key of your party, under every agreement: a representative signs.",
              "scrutineer notice key-change --dir institution --key head.key --part box --add \"$(scrutineer notice "
              "new-key institution --part box)\" --remove 'NAME BASE64' --reason yearly");
  add_common(*app, in);
  app->add_option("--part", part)->required()->one_of(names_of(kKeyPartNames));
  app->add_option("--add", change.add, "a vkey; of a box: NAME BASE64");
  app->add_option("--remove", change.remove, "a vkey; of a box: NAME BASE64");
  app->add_option("--duty", duty, "of a person who is added")->one_of(names_of(kDutyNames));
  app->add_option("--reason", change.reason, "in public words")->required();
  if (auto over = parse(*app, argc, argv)) return *over;
  change.part = *value_of<KeyPart>(kKeyPartNames, part);
  change.duty = *value_of<Duty>(kDutyNames, duty);
  return say_under_each(in, [&](PartyRole party) -> NoticeBody {
    change.party = party;
    return change;
  });
}

}  // namespace scrutineer::cli

// Nodes and agreements from the command line.
#include <algorithm>

#include "app/cli/arguments.h"
#include "app/cli/choices.h"
#include "app/cli/notice_access.h"
#include "app/cli/notice_commands.h"
#include "app/cli/terminal.h"
#include "app/disk/system.h"
#include "app/notice/keys.h"
#include "core/base/limits.h"
#include "core/codec/object_reader.h"

namespace scrutineer::cli {
namespace {

// "officer:VKEY", where VKEY may be a file that holds one.
Result<AgreedPerson> parse_person(const std::string& text) {
  const std::size_t colon = text.find(':');
  const auto duty = value_of<Duty>(kDutyNames, text.substr(0, colon));
  if (colon == text.npos || !duty)
    return fail(ErrorCode::invalid_argument,
                "--person reads DUTY:VKEY with officer, deputy, telephone or representative", text);
  std::string key = text.substr(colon + 1);
  PosixDisk disk;
  if (auto file = read_file(disk, key, limits::kKeyFileBytes)) {
    auto parsed = parse_key_file(*file);
    key = parsed ? to_string(parsed->vkey) : file->substr(0, file->find('\n'));
  }
  SCRUTINEER_TRY(VerifierKey vkey, parse_vkey(key));
  return AgreedPerson{std::move(vkey), *duty};
}

Result<AgreedAddress> parse_address(const std::string& text) {
  const std::size_t colon = text.find(':');
  const auto channel = value_of<Channel>(kChannelNames, text.substr(0, colon));
  if (colon == text.npos || !channel || colon + 1 == text.size())
    return fail(ErrorCode::invalid_argument, "--address reads CHANNEL:ADDRESS, such as https:https://host.example",
                text);
  return AgreedAddress{*channel, text.substr(colon + 1)};
}

Result<Agreement> read_terms(const std::string& path) {
  PosixDisk disk;
  SCRUTINEER_TRY(Bytes text, read_file(disk, path, limits::kPackageJsonBytes));
  auto document = Json::parse(text);
  if (!document) return tl::unexpected(placed(document.error(), path));
  Problems problems;
  Agreement agreement = read_agreement(ObjectReader(document->root(), problems));
  if (!problems.empty()) return tl::unexpected(placed(problems.first(), path));
  return agreement;
}

// The note with one signature more.
Result<Bytes> countersign(const std::string& note_file, const std::string& text, const std::string& key,
                          const std::string& passphrase_file) {
  SCRUTINEER_TRY(Bytes mine, sign_as(text, key, passphrase_file));
  SCRUTINEER_TRY(SignedNote own, parse_note(mine));
  if (note_file.empty()) return mine;
  PosixDisk disk;
  SCRUTINEER_TRY(Bytes other, read_file(disk, note_file, limits::kEntryBytes));
  SCRUTINEER_TRY(SignedNote note, parse_note(other));
  note.signatures.push_back(own.signatures.at(0));
  return entry_bytes(note.text, std::move(note.signatures));
}

}  // namespace

int notice_new(int argc, char** argv) {
  std::string directory, role, name, ko, en;
  auto app = new_app("scrutineer notice new",
                     "Makes a node: its directory with its log and keys. The name is that of its log for ever.",
                     "scrutineer notice new institution --role institution --name commission.example/notices "
                     "--title-ko 선거관리위원회 --title-en 'Election commission'");
  app->add_option("DIR", directory)->required();
  app->add_option("--role", role)->required()->one_of(names_of(kNodeRoleNames));
  app->add_option("--name", name, "of its log, such as commission.example/notices")->required();
  app->add_option("--title-ko", ko, "as pages call it, in Korean")->required();
  app->add_option("--title-en", en, "and in English")->required();
  if (auto over = parse(*app, argc, argv)) return *over;
  PosixDisk disk;
  SystemRng rng;
  auto made = make_node(disk, rng, directory, {*value_of<NodeRole>(kNodeRoleNames, role), name, {ko, en}});
  if (!made) return complain(made.error());
  auto keys = read_node(disk, directory);
  if (!keys) return complain(keys.error());
  print(to_string(keys->log) + "\n");
  return kGood;
}

int notice_party(int argc, char** argv) {
  std::string directory, url;
  std::vector<std::string> people, addresses;
  std::int64_t threshold = 1;
  auto app = new_app("scrutineer notice party",
                     "Prints, as JSON, what a service agreement says about a node: paste it into the file that "
                     "'notice agreement' reads.",
                     "scrutineer notice party institution --person officer:officer-1.key --person "
                     "representative:head.key --address https:https://commission.example");
  app->add_option("DIR", directory)->required();
  app->add_option("--person", people, "DUTY:VKEY or DUTY:KEYFILE; may be given several times");
  app->add_option("--address", addresses, "CHANNEL:ADDRESS; may be given several times");
  app->add_option("--threshold", threshold, "representatives that must sign for it");
  app->add_option("--url", url, "of a relay: where it is reached");
  if (auto over = parse(*app, argc, argv)) return *over;
  PosixDisk disk;
  auto keys = read_node(disk, directory);
  if (!keys) return complain(keys.error());
  JsonWriter out;
  if (keys->role == NodeRole::relay) {
    if (url.empty()) return complain("say where the relay is reached: --url");
    write(out, AgreedRelay{keys->title, keys->log, keys->machines.back().vkey, url});
    return print(out.text() + "\n"), kGood;
  }
  AgreedParty party{keys->title, keys->log, keys->machines.back().vkey, {}, {}, threshold, {}};
  for (const NodeBox& box : keys->boxes) party.boxes.push_back(box.box);
  for (const std::string& text : people) {
    auto person = parse_person(text);
    if (!person) return complain(person.error());
    party.people.push_back(std::move(*person));
  }
  for (const std::string& text : addresses) {
    auto address = parse_address(text);
    if (!address) return complain(address.error());
    party.addresses.push_back(std::move(*address));
  }
  write(out, party);
  return print(out.text() + "\n"), kGood;
}

int notice_agreement(int argc, char** argv) {
  std::string terms_file, note_file, key, passphrase_file, out;
  auto app = new_app("scrutineer notice agreement",
                     "Turns the terms of a service agreement (JSON, docs/formats/notice.md) into a record and signs it "
                     "for one side. The other side signs the same record with --note. Prints its record id: all that "
                     "a verifier needs to be given.",
                     "scrutineer notice agreement terms.json --key service-head.key --out agreement.note\n"
                     "  scrutineer notice agreement --note agreement.note --key commission-head.key --out both.note");
  app->add_option("TERMS", terms_file, "the terms as JSON");
  app->add_option("--note", note_file, "a note that the other side has signed: the same text is signed");
  app->add_option("--key", key, "a representative's key file")->required();
  app->add_option("--passphrase-file", passphrase_file, "read the passphrase from the first line of this file");
  app->add_option("--out", out, "where the note goes")->required();
  if (auto over = parse(*app, argc, argv)) return *over;
  if (terms_file.empty() == note_file.empty()) return complain("say either TERMS or --note");
  PosixDisk disk;
  std::string text;
  if (!terms_file.empty()) {
    auto terms = read_terms(terms_file);
    if (!terms) return complain(terms.error());
    text = notice_record_text({std::nullopt, now_text(), std::move(*terms)});
  } else {
    auto bytes = read_file(disk, note_file, limits::kEntryBytes);
    auto entry = bytes ? parse_notice_entry(*bytes) : Result<ParsedNotice>(tl::unexpected(bytes.error()));
    if (!entry) return complain(placed(entry.error(), note_file));
    if (entry->record.type() != NoticeType::agreement) return complain(note_file + " is no service agreement");
    text = entry->text;
  }
  auto note = countersign(note_file, text, key, passphrase_file);
  if (!note) return complain(note.error());
  if (auto written = write_file(disk, out, *note, Durability::durable); !written) return complain(written.error());
  print(to_hex(record_id(text)) + "\n");
  return kGood;
}

int notice_join(int argc, char** argv) {
  std::string directory, note_file;
  auto app = new_app("scrutineer notice join",
                     "Lets a node take part in an agreement that both sides have signed: whoever operates the node "
                     "decides that, nobody else. A running node has to be started again.",
                     "scrutineer notice join relay-1 agreement.note");
  app->add_option("DIR", directory)->required();
  app->add_option("NOTE", note_file, "the agreement, signed by both sides")->required();
  if (auto over = parse(*app, argc, argv)) return *over;
  PosixDisk disk;
  auto note = read_file(disk, note_file, limits::kEntryBytes);
  if (!note) return complain(note.error());
  auto entry = parse_notice_entry(*note);
  if (!entry) return complain(placed(entry.error(), note_file));
  if (entry->record.type() != NoticeType::agreement) return complain(note_file + " is no service agreement");
  if (auto added = add_accepted(disk, directory, entry->id); !added) return complain(added.error());
  return hand_in(directory, {{std::move(*note)}, {}}, Channel::stick);
}

}  // namespace scrutineer::cli

// What a node knows, at the command line.
#include <sys/stat.h>
#include "app/cli/arguments.h"
#include "app/cli/notice_access.h"
#include "app/cli/notice_commands.h"
#include "app/cli/terminal.h"
#include "app/disk/system.h"
#include "app/notice/content.h"
#include "core/codec/csv.h"

namespace scrutineer::cli {
namespace {

std::string_view state_of(const NoticeBook& book, const NoticeVersion& version) {
  if (!version.closings.empty()) return "closed";
  if (!version.answers.empty()) return "answered";
  if (!version.refusals.empty()) return "refused";
  if (!version.acknowledgements.empty()) return "acknowledged";
  for (NoticeIndex index : version.receipts)
    if (std::get<Receipt>(book.records()[index].record.body).payload) return "received";
  if (!version.receipts.empty()) return "not-opened";
  if (!version.availabilities.empty()) return "at-relays";
  return "sent";
}

void print_version(const NoticeBook& book, const AgreementState& agreement, const NoticeVersion& version) {
  const NoticeRecord& record = book.records()[version.record].record;
  const Notice& notice = std::get<Notice>(record.body);
  std::string line = short_id(version.id);
  for (std::string_view cell : {record.at ? std::string_view(*record.at) : std::string_view("-"),
                                kNoticeKindNames[static_cast<std::size_t>(notice.kind)],
                                kNoticeChangeNames[static_cast<std::size_t>(notice.change)],
                                std::string_view(agreement.terms.institution.title.en), state_of(book, version)})
    line.append("\t").append(cell);
  line.append("\trelays ").append(std::to_string(version.availabilities.size()));
  line.append(" of ").append(std::to_string(agreement.terms.relays.size()));
  line.append("\tescalated ").append(std::to_string(version.escalations.size()));
  print(line + "\n");
}

// Confidential: for whoever runs this alone, whatever the umask says.
Status write_opened(Disk& disk, const OpenedNotice& opened, const std::string& out) {
  const mode_t before = ::umask(077);
  std::string fields;
  for (const PayloadField& field : opened.fields)
    fields.append(field.name).append(" ").append(field.value).append("\n");
  Status written = disk.make_directories(out);
  if (written) written = write_file(disk, out + "/fields.txt", fields, Durability::cached);
  for (const PayloadFile& file : opened.files) {
    if (!written) break;
    // Its name is somebody else's; it must not stand in for our own.
    const std::string name =
        file.name == "fields.txt" || file.name.starts_with('.') ? "attached-" + file.name : file.name;
    written = write_file(disk, out + "/" + name, file.bytes, Durability::cached);
  }
  ::umask(before);
  return written;
}

}  // namespace

int notice_list(int argc, char** argv) {
  std::string directory;
  auto app =
      new_app("scrutineer notice list",
              "The notices of a node, one a line: id, time (the signer's claim), kind, change, institution, how far "
              "it has come.",
              "scrutineer notice list --dir notifier");
  app->add_option("--dir", directory, "the node's directory")->required();
  if (auto over = parse(*app, argc, argv)) return *over;
  auto node = NodeBook::open(directory);
  if (!node) return complain(node.error());
  for (const AgreementState* agreement : node->book().agreements())
    for (const RecordId& first : agreement->notices)
      for (const RecordId& id : node->book().exchange(first)->versions)
        print_version(node->book(), *agreement, *node->book().version(id));
  return kGood;
}

int notice_read(int argc, char** argv) {
  std::string directory, text, out;
  auto app = new_app("scrutineer notice read",
                     "Opens a notice, or an answer to one, with the node's own key and writes its files into a folder "
                     "that is for you alone: stix.json, what was attached, and fields.txt. Says the ids of a notice's "
                     "answers. Whoever may read the node's key files may do this. The node must not be running; its "
                     "pages show the same.",
                     "scrutineer notice read --dir institution 0a1b2c3d --out notice");
  app->add_option("--dir", directory, "the node's directory")->required();
  app->add_option("NOTICE", text, "the notice or answer: its record id, or its first eight digits or more")->required();
  app->add_option("--out", out, "a folder, which is made")->required();
  if (auto over = parse(*app, argc, argv)) return *over;
  auto book = NodeBook::open(directory);
  if (!book) return complain(book.error());
  auto id = book->find_sealed(text);
  if (!id) return complain(id.error());
  PosixDisk disk;
  SystemClock clock;
  SystemRng rng;
  auto node = open_quietly(disk, clock, rng, directory);
  if (!node) return complain(node.error());
  auto plaintext = (*node)->open_content(*id);
  if (!plaintext) return complain(plaintext.error());
  auto opened = opened_notice(*plaintext);
  wipe(*plaintext);
  if (!opened) return complain(opened.error());
  if (auto written = write_opened(disk, *opened, out); !written) return complain(written.error());
  tell("Opened into " + out + ": " + std::to_string(opened->files.size() + 1) + " files.");
  if (const NoticeVersion* version = book->book().version(*id))
    for (NoticeIndex index : version->answers) tell("Answer: " + to_hex(book->book().records()[index].id));
  return kGood;
}

}  // namespace scrutineer::cli

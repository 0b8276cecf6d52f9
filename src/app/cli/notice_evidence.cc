// Evidence: made at a node, judged by anybody.
#include "app/cli/arguments.h"
#include "app/cli/notice_access.h"
#include "app/cli/notice_commands.h"
#include "app/cli/terminal.h"
#include "app/disk/system.h"
#include "core/codec/tar.h"
#include "core/codec/zstd.h"

namespace scrutineer::cli {
namespace {

Status add_folder(Disk& disk, const std::string& folder, const std::string& prefix, Bytes& tar) {
  SCRUTINEER_TRY(std::vector<std::string> names, disk.list(folder));
  for (const std::string& name : names) {
    if (name.ends_with('/')) {
      const std::string below = name.substr(0, name.size() - 1);
      SCRUTINEER_CHECKED(add_folder(disk, folder + "/" + below, prefix + "/" + below, tar));
      continue;
    }
    SCRUTINEER_TRY(Bytes bytes, read_file(disk, folder + "/" + name, std::size_t{4} << 30));
    SCRUTINEER_CHECKED(append_tar_file(tar, prefix + "/" + name, bytes));
  }
  return {};
}

Status pack(Disk& disk, const std::string& folder, const std::string& out) {
  Bytes tar;
  SCRUTINEER_CHECKED(add_folder(disk, folder, "evidence", tar));
  end_tar(tar);
  SCRUTINEER_CHECKED(write_file(disk, out, zstd_compress(tar), Durability::durable));
  return remove_directory(disk, folder);
}

Result<NoticeNode::EvidenceRequest> request_of(const NodeBook& node, const std::vector<std::string>& agreements,
                                               const std::vector<std::string>& open,
                                               const std::vector<std::string>& disclose) {
  NoticeNode::EvidenceRequest request;
  for (const std::string& text : agreements) {
    SCRUTINEER_TRY(RecordId id, node.find_agreement(text));
    request.agreements.push_back(id);
  }
  for (const std::string& text : open) {
    SCRUTINEER_TRY(RecordId id, node.find_notice(text));
    request.open.push_back(id);
  }
  for (const std::string& text : disclose) {
    const std::size_t colon = text.find(':');
    if (colon == text.npos) return fail(ErrorCode::invalid_argument, "--disclose reads NOTICE:FIELD", text);
    SCRUTINEER_TRY(RecordId id, node.find_notice(text.substr(0, colon)));
    request.disclose.emplace_back(id, text.substr(colon + 1));
  }
  return request;
}

}  // namespace

int notice_evidence(int argc, char** argv) {
  std::string directory, out;
  std::vector<std::string> agreements, open, disclose;
  auto app =
      new_app("scrutineer notice evidence",
              "Writes everything that this node can show: its log, its copies of the others' logs, witnessed "
              "checkpoints. Contents stay sealed but for what you open. Anybody judges it with "
              "scrutineer-verify and the agreement's id. The node must not be running.",
              "scrutineer notice evidence --dir notifier --out evidence.tar.zst --disclose 0a1b2c3d:attribution");
  app->add_option("--dir", directory, "the node's directory")->required();
  app->add_option("--out", out, "a file NAME.tar.zst, or a directory that is made")->required();
  app->add_option("--agreement", agreements, "this one alone; may be given several times");
  app->add_option("--open", open, "a notice whose whole contents are shown");
  app->add_option("--disclose", disclose, "NOTICE:FIELD: one field that is shown, such as attribution");
  if (auto over = parse(*app, argc, argv)) return *over;
  auto book = NodeBook::open(directory);
  if (!book) return complain(book.error());
  auto request = request_of(*book, agreements, open, disclose);
  if (!request) return complain(request.error());
  PosixDisk disk;
  SystemClock clock;
  SystemRng rng;
  auto node = open_quietly(disk, clock, rng, directory);
  if (!node) return complain(node.error());
  const bool archive = out.ends_with(".tar.zst");
  const std::string folder = archive ? out + ".making" : out;
  if (auto written = (*node)->write_evidence(*request, folder); !written) return complain(written.error());
  if (archive)
    if (auto packed = pack(disk, folder, out); !packed) return complain(packed.error());
  tell("Written: " + out);
  for (const AgreementState* state : book->book().agreements())
    tell("  scrutineer-verify " + out + " --agreement " + to_hex(state->id));
  return kGood;
}

}  // namespace scrutineer::cli

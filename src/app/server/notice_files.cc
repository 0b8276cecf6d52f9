// What people take away: the board as a table or on paper, and the evidence.
#include <algorithm>

#include "app/paper/notice_board.h"
#include "app/server/notice_state.h"
#include "app/ui/notice_words.h"
#include "core/codec/csv.h"
#include "core/codec/tar.h"
#include "core/codec/zstd.h"
#include "core/crypto/hash.h"
#include "core/crypto/secret.h"

namespace scrutineer {
namespace {

constexpr int kEvidenceLevel = 1;  // contents are ciphertexts: more work gains nothing

http::Answer download(std::string type, std::string name, Bytes bytes) {
  http::Answer answer;
  answer.type = std::move(type);
  answer.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + name + "\"");
  answer.body = std::move(bytes);
  return http::restricted(std::move(answer));
}

Bytes board_csv(const ui::NoticeBoard& board, ui::Lang lang) {
  CsvWriter out;
  for (const char* name : {"notice", "institution", "kind", "state", "late", "sent", "received", "acknowledged",
                           "answered", "stage", "deadline", "due", "escalated", "relays_holding", "relays"})
    out.field(name);
  out.end_row();
  for (const ui::NoticeRow& row : board.list.rows) {
    out.field(row.id).field(lang == ui::Lang::ko ? row.other.ko : row.other.en).field(row.kind);
    out.field(ui::notice_state_code(row.state)).field(row.late ? "yes" : "no").field(row.sent).field(row.received);
    out.field(row.acknowledged).field(row.answered).field(row.stage).field(row.next ? row.next->code : "");
    out.field(row.next ? row.next->due : "").field(row.escalated);
    out.field(static_cast<std::int64_t>(row.relays_holding)).field(static_cast<std::int64_t>(row.relays)).end_row();
  }
  return out.take();
}

Bilingual in_both(const ui::Msg& text) {
  return {std::string(text.in(ui::Lang::ko)), std::string(text.in(ui::Lang::en))};
}

paper::NoticeBoardForm board_form(NoticeContext& context, const ui::NoticeBoard& board) {
  paper::NoticeBoardForm form;
  form.node = context.server.node->title();
  form.as_of = board.list.as_of;
  form.simulated = context.frame.desk.simulated;
  form.what = in_both(ui::notice::board_all);
  for (const ui::NoticeBoard::Group& group : board.groups)
    if (group.id == board.group)
      form.what = {std::string(ui::notice_word(ui::NoticeWord::kind, group.kind, ui::Lang::ko)) + ", " + group.at,
                   std::string(ui::notice_word(ui::NoticeWord::kind, group.kind, ui::Lang::en))};
  for (std::size_t i = 0; i < ui::kNoticeStates; ++i)
    if (board.list.counts[i] > 0)
      form.counts.emplace_back(in_both(ui::word(static_cast<ui::NoticeState>(i))), board.list.counts[i]);
  for (const ui::NoticeRow& row : board.list.rows)
    form.lines.push_back({{row.other.ko, row.other.en},
                          row.number,
                          in_both(ui::word(row.state)),
                          row.late,
                          row.sent,
                          row.received,
                          row.acknowledged,
                          row.answered,
                          row.next ? row.next->due : std::string()});
  return form;
}

// Files below a directory, into the archive.
Status pack(Disk& disk, const std::string& directory, const std::string& below, Bytes& tar) {
  SCRUTINEER_TRY(auto names, disk.list(directory));
  for (const std::string& name : names) {
    if (name.ends_with('/')) {
      SCRUTINEER_CHECKED(pack(disk, directory + "/" + name.substr(0, name.size() - 1), below + name, tar));
      continue;
    }
    SCRUTINEER_TRY(Bytes bytes, read_file(disk, directory + "/" + name, kEvidenceDownload));
    if (tar.size() + bytes.size() > kEvidenceDownload)
      return fail(ErrorCode::limit_exceeded,
                  "this evidence is too large for a browser: use 'scrutineer notice evidence'");
    SCRUTINEER_CHECKED(append_tar_file(tar, below + name, bytes));
  }
  return {};
}

// What is opened goes from memory to memory: no plaintext touches this server's disk.
Status pack_opened(NoticeContext& context, const RecordId& notice, Bytes& tar) {
  std::vector<RecordId> records{notice};
  context.server.look([&](const NoticeSight& sight) {
    for (NoticeIndex index : sight.book.version(notice)->answers) records.push_back(sight.book.records()[index].id);
    return 0;
  });
  for (const RecordId& record : records) {
    auto plaintext = context.server.node->open_content(record);
    // What the other side never gave, or sealed to somebody else, does not keep anybody from showing the rest.
    if (!plaintext && record != notice) continue;
    if (!plaintext) return tl::unexpected(plaintext.error());
    const Status packed = append_tar_file(tar, "evidence/opened/" + to_hex(sha256(*plaintext)), *plaintext);
    wipe(*plaintext);
    SCRUTINEER_CHECKED(packed);
  }
  return {};
}

Result<Bytes> evidence(NoticeContext& context, const RecordId& notice, const RecordId& agreement, bool open) {
  NoticeServer::State& server = context.server;
  Hash256 drawn;
  server.rng.fill(drawn.bytes);
  const std::string directory = server.options.node.directory + "/evidence-" + to_hex(drawn).substr(0, 16);
  NoticeNode::EvidenceRequest request;
  request.agreements = {agreement};
  const Status written = server.node->write_evidence(request, directory);
  Bytes tar;
  const Status packed = written ? pack(server.disk, directory, "evidence/", tar) : Status();
  const Status removed = remove_directory(server.disk, directory);
  SCRUTINEER_CHECKED(written);
  SCRUTINEER_CHECKED(packed);
  SCRUTINEER_CHECKED(removed);
  if (open) SCRUTINEER_CHECKED(pack_opened(context, notice, tar));
  end_tar(tar);
  Bytes archive = zstd_compress(tar, kEvidenceLevel);
  if (open) wipe(tar);
  return archive;
}

}  // namespace

http::Answer board_file(NoticeContext& context, bool pdf) {
  Turnstile::Turn turn = context.server.listing.enter();
  if (!turn) return come_again(context.request.path);
  const ui::NoticeBoard board = board_of(context, kNoticeRowsOfFile);
  if (!pdf) return download("text/csv; charset=utf-8", "board.csv", board_csv(board, context.frame.desk.lang));
  auto bytes = paper::notice_board_pdf(board_form(context, board));
  if (!bytes) return notice_error(context.frame, bytes.error());
  return download("application/pdf", "board.pdf", std::move(*bytes));
}

http::Answer evidence_file(NoticeContext& context) {
  const auto id = context.id();
  const bool open = context.field("open") == "1";
  auto agreement = context.server.look([&](const NoticeSight& sight) -> Result<RecordId> {
    const NoticeVersion* version = id ? sight.book.version(*id) : nullptr;
    if (version == nullptr || !version->booked) return fail(ErrorCode::not_found, "there is no such notice here");
    const ui::NoticeActions may = actions_of(sight, *version, context.person);
    if (!may.state || (open && !may.read)) return fail(ErrorCode::unauthorised, "this is not for you");
    return *sight.book.records()[version->record].record.agreement;
  });
  if (!agreement) return notice_error(context.frame, agreement.error());
  Turnstile::Turn turn = context.server.packing.enter();
  if (!turn) return come_again(context.request.path);
  auto archive = evidence(context, *id, *agreement, open);
  if (!archive) return notice_error(context.frame, archive.error());
  return download("application/zstd", "evidence-" + to_hex(*id).substr(0, 12) + ".tar.zst", std::move(*archive));
}

}  // namespace scrutineer

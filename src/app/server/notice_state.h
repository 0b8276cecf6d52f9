// What a running node with pages consists of; private to app/server.
#pragma once

#include <atomic>
#include <mutex>
#include <optional>

#include "app/http/server.h"
#include "app/server/door.h"
#include "app/server/notice_drafts.h"
#include "app/server/notice_groups.h"
#include "app/server/notice_models.h"
#include "app/server/notice_server.h"
#include "app/server/notice_taxii.h"

namespace scrutineer {

inline constexpr std::size_t kEvidenceDownload = 512u << 20;  // larger ones: scrutineer notice evidence
inline constexpr std::uint64_t kPublicEveryNs = 2'000'000'000;

struct NoticeServer::State {
  State(Disk& d, Clock& c, Rng& r, NoticeServerOptions o)
      : disk(d), clock(c), rng(r), options(std::move(o)), drafts(c, r) {}
  ~State();

  Status open();
  Status listen();
  http::Answer answer(const http::Request& request);

  // The book as the node sees it now, inside the call.
  template <class Look>
  auto look(Look&& use) {
    const std::vector<std::string> unreachable = unreachable_now();
    return node->read([&](const NoticeNode::View& view) {
      return use(NoticeSight{view.book, view.known_since, node->role(), clock.now().value, unreachable});
    });
  }
  ui::NoticeList list(const NoticeChoice& choice, ui::Lang lang);
  std::vector<std::string> unreachable_now() const;
  ui::NoticePublic everybody();

  Disk& disk;
  Clock& clock;
  Rng& rng;
  NoticeServerOptions options;
  std::unique_ptr<NoticeNode> node;
  std::unique_ptr<NoticeTaxii> taxii;
  std::unique_ptr<NoticeGroups> groups;
  NoticeDrafts drafts;
  std::unique_ptr<Door> door;
  std::unique_ptr<http::Server> http;
  Turnstile sealing{4};  // contents in memory: 16 MiB each, and more than once
  Turnstile packing{1};  // evidence
  Turnstile listing{3};  // pages that look at every notice
  std::mutex public_mutex;
  std::optional<ui::NoticePublic>
      shown_public;  // made again after kPublicEveryNs: strangers may ask as often as they like
  std::uint64_t public_ns = 0;
  std::atomic<bool> ready{false};
};

// What a handler below /desk/ knows.
struct NoticeContext {
  NoticeServer::State& server;
  const http::Request& request;
  std::vector<http::Field> form;      // of a POST
  std::vector<http::FormPart> parts;  // ... with files
  std::string session;
  VerifierKey person;
  ui::NoticeFrame frame;
  std::string_view field(std::string_view name) const;
  std::optional<RecordId> id() const;  // of the form or the address
};

ui::NoticeFrame frame_for(NoticeServer::State& server, const http::Request& request, const VerifierKey* person);
ui::DeskMessage message_of(const Error& error);
http::Answer notice_error(const ui::NoticeFrame& frame, const Error& error);
http::Answer answer_notice_desk(NoticeServer::State& server, const http::Request& request);
http::Answer get_notice(NoticeContext& context, std::string_view place);
http::Answer post_notice(NoticeContext& context, std::string_view place);
// Back to a page, with a sentence on top of it.
http::Answer done(NoticeContext& context, std::string next, ui::Bilingual sentence);
http::Answer refused(NoticeContext& context, std::string next, const Error& error);

// The contents of a notice or an answer, for this person. Errors: not_found; unauthorised (may not read); those of
// open_content.
struct OpenedFor {
  ui::NoticeRow row;
  RecordId notice;
  OpenedNotice opened;
  std::optional<AnswerStage> stage;  // of an answer
  bool whole = false;
};
Result<OpenedFor> open_for(NoticeContext& context, const RecordId& record);
http::Answer compose_page(NoticeContext& context, ui::ComposePage page);
http::Answer answer_page(NoticeContext& context, ui::AnswerForm page);

http::Answer board_file(NoticeContext& context, bool pdf);
http::Answer evidence_file(NoticeContext& context);
ui::NoticeBoard board_of(NoticeContext& context, std::size_t rows);
NoticeChoice choice_of(const http::Request& request);

}  // namespace scrutineer

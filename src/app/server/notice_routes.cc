// The pages of a node: from addresses to models.
#include <algorithm>
#include <map>

#include "app/notice/witnessed.h"
#include "app/server/notice_content.h"
#include "app/server/notice_state.h"
#include "app/ui/notice_pages.h"
#include "app/ui/notice_words.h"
#include "core/crypto/secret.h"

namespace scrutineer {
namespace {

constexpr std::size_t kWitnessedRead = 8u << 20;  // of checkpoints, for one timeline

Error not_here() {
  return {ErrorCode::not_found, "there is no such notice here", {}};
}

// The page's message: what was last said to this session.
template <class Page>
Page with_message(NoticeContext& context, Page page) {
  if (auto said = context.server.door->said(context.session)) page.message = std::move(said);
  return page;
}

// Until when, at the latest, as many witnesses as agreed had covered an entry of this node's log.
class Covered {
 public:
  Covered(const NoticeNode& node, const std::vector<RecordId>& records, std::size_t quorum)
      : node_(node), quorum_(quorum) {
    std::optional<std::uint64_t> first;
    for (const RecordId& id : records)
      if (auto index = index_of(id); index && (!first || *index < *first)) first = index;
    if (first) read(*first + 1);
  }
  std::optional<std::int64_t> operator()(const RecordId& id) const {
    auto index = index_of(id);
    if (!index) return std::nullopt;
    std::vector<std::int64_t> times;
    for (const auto& [witness, seen] : seen_) {
      std::optional<std::int64_t> first;
      for (const auto& [size, time] : seen)
        if (size > *index && (!first || time < *first)) first = time;
      if (first) times.push_back(*first);
    }
    if (times.size() < quorum_ || quorum_ == 0) return std::nullopt;
    std::sort(times.begin(), times.end());
    return times[quorum_ - 1];
  }

 private:
  std::optional<std::uint64_t> index_of(const RecordId& id) const {
    auto places = node_.log().find(id);
    if (!places || places->empty()) return std::nullopt;
    return places->front();
  }
  // Cosignatures were verified when they came (WitnessedList::add).
  void read(std::uint64_t size) {
    const Bytes framed = node_.witnessed_since(size);
    for (BytesView note : framed_notes(BytesView(framed).substr(0, kWitnessedRead))) {
      auto checkpoint = parse_checkpoint(note);
      if (!checkpoint) continue;
      for (const NoteSignature& line : checkpoint->note.signatures)
        if (auto time = stated_time(line); time && line.name != node_.log_key().name)
          seen_[line.name].emplace_back(checkpoint->checkpoint.size, *time);
    }
  }
  const NoticeNode& node_;
  std::size_t quorum_;
  std::map<std::string, std::vector<std::pair<std::uint64_t, std::int64_t>>> seen_;
};

http::Answer list_page(NoticeContext& context) {
  Turnstile::Turn turn = context.server.listing.enter();
  if (!turn) return come_again(context.request.path);
  ui::NoticeList list = context.server.list(choice_of(context.request), context.frame.desk.lang);
  list.may_compose = context.server.look([&](const NoticeSight& sight) {
    for (const AgreementState* agreement : sight.book.agreements())
      if (auto duty = duty_of(*agreement, party_of(sight.role), context.person); duty && may_read(*duty))
        return sight.role == NodeRole::notifier;
    return false;
  });
  for (const Standing& one : context.server.node->destinations())
    if (!one.trouble.empty())
      list.troubles.push_back({one.name, static_cast<std::int64_t>(one.waiting), local_time(one.since)});
  return page(ui::render_notice_list(context.frame, with_message(context, std::move(list))));
}

http::Answer board_page(NoticeContext& context) {
  Turnstile::Turn turn = context.server.listing.enter();
  if (!turn) return come_again(context.request.path);
  return page(ui::render_notice_board(context.frame, board_of(context, kNoticeRows)));
}

http::Answer notice_page(NoticeContext& context) {
  const auto id = context.id();
  if (!id) return notice_error(context.frame, not_here());
  NoticeServer::State& server = context.server;
  std::vector<RecordId> records;
  std::size_t quorum = 0;
  auto first = server.look([&](const NoticeSight& sight) {
    auto made = page_of(sight, *id, context.person, {});
    if (made) {
      for (const ui::NoticeStepRow& step : made->steps) records.push_back(*record_id_of(step.record));
      const BookedNotice& booked = sight.book.records()[*sight.book.find(*id)];
      quorum = static_cast<std::size_t>(sight.book.agreement(*booked.record.agreement)->terms.witness_quorum);
    }
    return made;
  });
  if (!first) return notice_error(context.frame, first.error());
  // Outside the book's lock: the log and the list of cosignatures have their own.
  const Covered covered(*server.node, records, quorum);
  for (ui::NoticeStepRow& step : first->steps)
    if (auto time = covered(*record_id_of(step.record))) step.by = local_time(*time);
  return page(ui::render_notice(context.frame, with_message(context, std::move(*first))));
}

// A draft without contents, ready to be signed.
Result<ui::NoticeToSign> acknowledge_draft(NoticeContext& context, const RecordId& notice) {
  std::optional<NoticeRecord> record;
  context.server.look([&](const NoticeSight& sight) {
    const NoticeVersion* version = sight.book.version(notice);
    const NoticeRecord& booked = sight.book.records()[version->record].record;
    record = NoticeRecord{booked.agreement, std::nullopt,
                          Acknowledgement{notice, std::get<Notice>(booked.body).content.payload}};
    return 0;
  });
  SCRUTINEER_TRY(UnsignedRecord made, context.server.node->draft(std::move(*record)));
  auto draft = std::make_shared<NoticeDraft>();
  draft->draft = std::move(made);
  draft->about = notice;
  draft->shown.type = "acknowledgement";
  draft->shown.text = draft->draft.text;
  draft->done = {"읽었음을 확인했습니다.", "Acknowledged."};
  draft->next = "/desk/notice?id=" + to_hex(notice);
  context.server.drafts.add(context.session, draft);
  return draft->shown;
}

http::Answer content_page(NoticeContext& context, bool answer) {
  Turnstile::Turn turn = context.server.sealing.enter();
  if (!turn) return come_again(context.request.path);
  const auto id = context.id();
  if (!id) return notice_error(context.frame, not_here());
  auto opened = open_for(context, *id);
  if (!opened) return notice_error(context.frame, opened.error());
  if (answer) {
    auto report = opened_answer(opened->opened);
    if (!report || !opened->stage)
      return notice_error(context.frame,
                          {ErrorCode::unsupported, "these contents are no answer that this program knows", {}});
    return page(ui::render_answer_reading(
        context.frame, {opened->row, to_hex(*id), shown_answer(*report, *opened->stage, opened->opened.files)}));
  }
  ui::NoticeReading reading;
  reading.row = opened->row;
  reading.content = shown_content(opened->opened);
  reading.content.whole = opened->whole;
  reading.may = context.server.look(
      [&](const NoticeSight& sight) { return actions_of(sight, *sight.book.version(opened->notice), context.person); });
  if (reading.may.acknowledge && opened->whole) {
    auto draft = acknowledge_draft(context, *id);
    if (!draft) return notice_error(context.frame, draft.error());
    reading.acknowledge = std::move(*draft);
  }
  return page(ui::render_notice_reading(context.frame, with_message(context, std::move(reading))));
}

http::Answer download(std::string type, std::string name, Bytes bytes) {
  http::Answer answer;
  answer.type = std::move(type);
  answer.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + name + "\"");
  answer.body = std::move(bytes);
  return http::restricted(std::move(answer));
}

http::Answer opened_file(NoticeContext& context, bool indicators) {
  Turnstile::Turn turn = context.server.sealing.enter();
  if (!turn) return come_again(context.request.path);
  const auto id = context.id();
  if (!id) return notice_error(context.frame, not_here());
  auto opened = open_for(context, *id);
  if (!opened) return notice_error(context.frame, opened.error());
  if (indicators)
    return download("text/csv; charset=utf-8", "indicators-" + to_hex(*id).substr(0, 12) + ".csv",
                    indicators_csv(shown_content(opened->opened)));
  const std::string_view wanted = context.request.parameter("n");
  for (std::size_t i = 0; i < opened->opened.files.size(); ++i) {
    if (std::to_string(i) != wanted) continue;
    // Whatever it is, it is never shown by the browser; and its name stays under seal.
    return download("application/octet-stream", "file-" + to_hex(*id).substr(0, 12) + "-" + std::to_string(i),
                    std::move(opened->opened.files[i].bytes));
  }
  return notice_error(context.frame, {ErrorCode::not_found, "there is no such file in it", {}});
}

http::Answer compose(NoticeContext& context) {
  NoticeServer::State& server = context.server;
  ui::ComposePage made;
  made.agreements = server.look(agreements_of);
  if (auto draft = server.drafts.find(context.session, context.request.parameter("draft"))) {
    made.form = draft->form;
    for (const PayloadFile& file : draft->attached)
      made.form.files.push_back({file.name, file.type, static_cast<std::int64_t>(file.bytes.size())});
  } else if (auto of = context.id()) {
    auto opened = open_for(context, *of);
    if (!opened) return notice_error(context.frame, opened.error());
    if (opened->opened.stix) made.form = form_of(opened->opened.stix->report);
    made.form.change = std::string(context.request.parameter("change"));
    made.form.replaces = to_hex(*of);
    made.form.kind = opened->row.kind;
  }
  return compose_page(context, std::move(made));
}

template <class Form>
http::Answer form_about(NoticeContext& context, std::string (*render)(const ui::NoticeFrame&, const Form&), Form form,
                        bool ui::NoticeActions::*may) {
  const auto id = context.id();
  if (!id) return notice_error(context.frame, not_here());
  auto row = context.server.look([&](const NoticeSight& sight) -> Result<ui::NoticeRow> {
    const NoticeVersion* version = sight.book.version(*id);
    if (version == nullptr || !version->booked) return tl::unexpected(not_here());
    if (!(actions_of(sight, *version, context.person).*may))
      return fail(ErrorCode::unauthorised, "this is not for you, or not any more");
    return row_of(sight, *version);
  });
  if (!row) return notice_error(context.frame, row.error());
  form.row = std::move(*row);
  return page(render(context.frame, with_message(context, std::move(form))));
}

http::Answer call_page(NoticeContext& context) {
  const auto id = context.id();
  if (!id) return notice_error(context.frame, not_here());
  ui::CallPage form;
  context.server.look([&](const NoticeSight& sight) {
    const NoticeVersion* version = sight.book.version(*id);
    if (version == nullptr || !version->booked) return 0;
    form.recorded = calls_of(sight, *version, form.proven);
    const Agreement& terms = sight.book.agreement(*sight.book.records()[version->record].record.agreement)->terms;
    const AgreedParty& other = sight.role == NodeRole::institution ? terms.notifier : terms.institution;
    for (const AgreedAddress& address : other.addresses)
      if (address.channel == Channel::telephone) form.telephones.push_back(address.address);
    return 0;
  });
  const bool may = context.server.look([&](const NoticeSight& sight) {
    const NoticeVersion* version = sight.book.version(*id);
    return version != nullptr && version->booked && actions_of(sight, *version, context.person).call;
  });
  if (may) form.code = context.server.node->call_code(*id, context.person);
  return form_about(context, ui::render_call, std::move(form), &ui::NoticeActions::call);
}

http::Answer answer_form(NoticeContext& context) {
  if (auto draft = context.server.drafts.find(context.session, context.request.parameter("draft")))
    return answer_page(context, draft->answer);
  return form_about(context, ui::render_answer_form, ui::AnswerForm{}, &ui::NoticeActions::answer);
}

http::Answer sign_page(NoticeContext& context) {
  auto draft = context.server.drafts.find(context.session, context.request.parameter("draft"));
  if (!draft)
    return notice_error(context.frame, {ErrorCode::not_found, "this was signed, discarded, or left too long", {}});
  return page(ui::render_to_sign(context.frame, with_message(context, draft->shown)));
}

http::Answer keys_page(NoticeContext& context) {
  ui::KeysPage made = context.server.look([&](const NoticeSight& sight) { return keys_of(sight, context.person); });
  for (ui::KeysPage::Agreement& one : made.agreements) {
    if (!one.sign) continue;
    auto draft = std::make_shared<NoticeDraft>();
    draft->draft.text = one.sign->text;
    draft->shown = *one.sign;
    draft->done = {"협정에 서명했습니다.", "The agreement is signed."};
    draft->next = "/desk/keys";
    one.sign->draft = context.server.drafts.add(context.session, draft);
  }
  return page(ui::render_keys(context.frame, with_message(context, std::move(made))));
}

}  // namespace

NoticeChoice choice_of(const http::Request& request) {
  NoticeChoice choice;
  const std::string_view state = request.parameter("state"), sort = request.parameter("sort");
  choice.late = state == "late";
  choice.only = ui::notice_state_of(state);
  for (std::size_t i = 0; i < std::size(ui::kNoticeSorts); ++i)
    if (ui::kNoticeSorts[i] == sort) choice.sort = static_cast<ui::NoticeSort>(i);
  return choice;
}

ui::NoticeBoard board_of(NoticeContext& context, std::size_t rows) {
  NoticeServer::State& server = context.server;
  ui::NoticeBoard board;
  for (const NoticeGroup& group : server.groups->newest())
    board.groups.push_back(
        {group.token, group.kind, local_time(group.at), group.by, static_cast<std::int64_t>(group.notices.size())});
  NoticeChoice choice = choice_of(context.request);
  const std::string_view wanted = context.request.parameter("group");
  if (auto notices = server.groups->find(wanted); !notices.empty()) {
    board.group = std::string(wanted);
    choice.of = std::move(notices);
  }
  choice.rows = rows;
  board.list = server.list(choice, context.frame.desk.lang);
  return board;
}

Result<OpenedFor> open_for(NoticeContext& context, const RecordId& record) {
  OpenedFor out;
  SealedContent content;
  RecordId agreement_id;
  SCRUTINEER_CHECKED(context.server.look([&](const NoticeSight& sight) -> Status {
    const auto index = sight.book.find(record);
    if (!index) return tl::unexpected(not_here());
    const BookedNotice& booked = sight.book.records()[*index];
    const auto* notice = std::get_if<Notice>(&booked.record.body);
    const auto* answer = std::get_if<NoticeAnswer>(&booked.record.body);
    if (!booked.counts || (!notice && !answer)) return tl::unexpected(not_here());
    out.notice = answer ? answer->notice : record;
    if (answer) out.stage = answer->stage;
    content = answer ? answer->content : notice->content;
    agreement_id = *booked.record.agreement;
    const NoticeVersion* version = sight.book.version(out.notice);
    if (version == nullptr || !version->booked) return tl::unexpected(not_here());
    if (!actions_of(sight, *version, context.person).read)
      return fail(ErrorCode::unauthorised, "only officers, deputies and the duty telephone read contents");
    out.row = row_of(sight, *version);
    return {};
  }));
  SCRUTINEER_TRY(Bytes plaintext, context.server.node->open_content(record));
  auto payload = read_payload(plaintext);
  out.whole = payload && check_opening(agreement_id, content, plaintext, *payload).whole();
  auto opened = opened_notice(plaintext);
  wipe(plaintext);
  if (!opened) return tl::unexpected(opened.error());
  out.opened = std::move(*opened);
  return out;
}

http::Answer compose_page(NoticeContext& context, ui::ComposePage made) {
  if (auto id = record_id_of(made.form.replaces)) made.of = notice_number(*id);
  return page(ui::render_compose(context.frame, with_message(context, std::move(made))));
}

http::Answer answer_page(NoticeContext& context, ui::AnswerForm made) {
  return page(ui::render_answer_form(context.frame, with_message(context, std::move(made))));
}

http::Answer get_notice(NoticeContext& context, std::string_view place) {
  NoticeServer::State& server = context.server;
  const NodeRole role = server.node->role();
  if (place.empty()) return list_page(context);
  if (place == "notice") return notice_page(context);
  if (place == "content") return content_page(context, false);
  if (place == "answer/content") return content_page(context, true);
  if (place == "indicators.csv") return opened_file(context, true);
  if (place == "file") return opened_file(context, false);
  if (place == "sign") return sign_page(context);
  if (place == "call") return call_page(context);
  if (place == "duty")
    return page(ui::render_duty(context.frame, with_message(context, server.look([&](const NoticeSight& sight) {
                                  return duty_page_of(sight, context.person);
                                }))));
  if (place == "statements")
    return page(ui::render_statements(context.frame, with_message(context, server.look([&](const NoticeSight& sight) {
                                        return statements_of(sight, context.person);
                                      }))));
  if (place == "keys") return keys_page(context);
  if (role == NodeRole::notifier) {
    if (place == "compose") return compose(context);
    if (place == "board") return board_page(context);
    if (place == "board.csv" || place == "board.pdf") return board_file(context, place == "board.pdf");
  }
  if (role == NodeRole::institution) {
    if (place == "answer") return answer_form(context);
    if (place == "refuse") return form_about(context, ui::render_refuse, ui::RefuseForm{}, &ui::NoticeActions::refuse);
  }
  return notice_error(context.frame, {ErrorCode::not_found, "there is no such page", {}});
}

}  // namespace scrutineer

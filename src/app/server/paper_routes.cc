// The pages and forms about ballot papers: from addresses to the service's methods and back.
#include <algorithm>

#include "app/bundle/machines.h"
#include "app/device/page.h"
#include "app/projection/log_directory.h"
#include "app/server/state.h"
#include "app/ui/adjudicate_pages.h"
#include "app/ui/desk_frame.h"
#include "core/count/policy.h"
#include "core/session/signed_form.h"

namespace scrutineer {
namespace {

bool has(const std::vector<std::string>& roles, std::initializer_list<std::string_view> wanted) {
  return std::any_of(wanted.begin(), wanted.end(),
                     [&](std::string_view role) { return std::find(roles.begin(), roles.end(), role) != roles.end(); });
}

// Who counts decides on papers; the committee votes; whoever is present may object.
PaperRights rights_of(const std::vector<std::string>& roles) {
  PaperRights rights;
  rights.look = has(roles, {"typist", "member", "chair"});
  rights.vote = has(roles, {"chair", "coordinator"});
  rights.whole = has(roles, {"member", "chair"});
  rights.sign = has(roles, {"chair"});
  rights.object = !roles.empty();
  return rights;
}

DeskRefusal no_such_page() {
  return {ErrorCode::not_found, "그런 페이지가 없습니다.", "There is no such page."};
}

std::optional<std::size_t> number(std::string_view text) {
  auto value = parse_decimal(text);
  if (!value || *value > 65'535) return std::nullopt;
  return static_cast<std::size_t>(*value);
}

PaperPlace place_of(const http::Request& request) {
  return {std::string(request.parameter("batch")), std::string(request.parameter("ballot")),
          number(request.parameter("contest")).value_or(0)};
}

std::string address_of(std::string_view page, const PaperPlace& place) {
  return "/desk/paper/" + std::string(page) + "?batch=" + ui::query_encoded(place.batch) +
         "&ballot=" + ui::query_encoded(place.ballot) + "&contest=" + std::to_string(place.contest);
}

template <class Page, class Render>
http::Answer show(DeskContext& context, DeskResult<Page> result, Render render) {
  if (!result) return refusal_page(context.frame, result.error());
  if (auto said = context.server.door->said(context.session)) result->message = std::move(said);
  if (!result->message) {
    if (auto stopped = context.server.papers->stopped()) result->message = message_of(DeskRefusal(*stopped));
  }
  if (!result->message) result->message = context.server.trouble();
  return page(render(context.frame, context.server.desk->site(context.frame.lang), *result));
}

// Bytes that came from outside: labelled by what they are, never sniffed, and nothing in them may run.
http::Answer picture(DeskContext& context) {
  const bool whole = context.request.parameter("whole") == "1";
  auto found = context.server.papers->picture({context.person.key}, place_of(context.request), whole);
  if (!found) return refusal_page(context.frame, found.error());
  http::Answer answer;
  answer.type = found->type;
  answer.body = std::move(found->bytes);
  answer = http::restricted(std::move(answer));
  for (http::Field& header : answer.headers)
    if (header.first == "Content-Security-Policy") header.second = "default-src 'none'; sandbox";
  if (!found->type.starts_with("image/"))
    answer.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + found->name + "\"");
  return answer;
}

// "3": that option; "blank"; "counted" with the fields `option`; else the code of a reason.
std::optional<Choice> choice_of(const DeskContext& context) {
  const std::string_view picked = context.field("choice");
  Choice choice;
  if (picked == "blank") return Choice{Decision::blank, {}, {}};
  if (picked == "counted") {
    choice.decision = Decision::counted;
    for (const auto& [name, value] : context.form)
      if (auto option = name == "option" ? number(value) : std::nullopt)
        choice.options.push_back(static_cast<std::uint16_t>(*option));
    std::sort(choice.options.begin(), choice.options.end());
    return choice;
  }
  if (auto option = number(picked)) return Choice{Decision::counted, {static_cast<std::uint16_t>(*option)}, {}};
  if (auto reason = invalid_reason_of(picked)) return Choice{Decision::invalid, {}, reason};
  return std::nullopt;
}

DeskResult<void> look(DeskContext& context, const PaperPlace& place) {
  auto choice = choice_of(context);
  if (!choice)
    return refuse(ErrorCode::invalid_argument, "무엇이 있는지 하나를 고르십시오.", "choose what the paper says");
  return context.server.papers->look({context.person.key}, place, *choice, context.field("paper") == "yes");
}

DeskResult<void> vote(DeskContext& context, const PaperPlace& place) {
  const std::string_view word = context.field("question");
  const auto* known = std::find(std::begin(kCommitteeQuestionNames), std::end(kCommitteeQuestionNames), word);
  const auto in_favour = number(context.field("for")), against = number(context.field("against"));
  if (known == std::end(kCommitteeQuestionNames) || !in_favour || !against)
    return refuse(ErrorCode::invalid_argument, "무엇을 표결했는지와 찬성, 반대의 수를 적으십시오.",
                  "say what was voted on, and how many were for and against");
  const auto question = static_cast<CommitteeQuestion>(known - std::begin(kCommitteeQuestionNames));
  std::optional<Choice> motion;
  if (question == CommitteeQuestion::valid)
    motion = Choice{Decision::invalid, {}, invalid_reason_of(context.field("reason"))};
  if (question == CommitteeQuestion::option) {
    motion = Choice{Decision::blank, {}, {}};
    if (auto option = number(context.field("option")))
      *motion = {Decision::counted, {static_cast<std::uint16_t>(*option)}, {}};
  }
  std::optional<bool> chair;
  if (!context.field("chair").empty()) chair = context.field("chair") == "for";
  return context.server.papers->vote({context.person.key}, place, question, std::move(motion),
                                     static_cast<std::int64_t>(*in_favour), static_cast<std::int64_t>(*against), chair);
}

// ---- Records ----

Result<Record> record_at(ElectionServer::State& server, Position position) {
  SCRUTINEER_TRY(Bytes note, server.log->reader().entry(position));
  SCRUTINEER_TRY(ParsedEntry entry, parse_entry(note));
  return std::move(entry.record);
}

struct InLog {
  Position first;
  RecordId id;
};

// Records of papers in effect, as the fold has them now.
struct PapersInLog {
  std::vector<InLog> batches, adjudications, votes;
};
PapersInLog papers_in_log(ElectionServer::State& server) {
  return server.collector->read([&](const Collector::View& view) {
    PapersInLog out;
    const RecordBook& book = view.fold.book();
    const Papers& papers = view.fold.tally().papers();
    for (const BatchState& batch : papers.batches())
      if (!batch.replaced) out.batches.push_back({book.records()[batch.record].first, batch.id});
    for (const AdjudicationState& one : papers.adjudications())
      if (!one.replaced) out.adjudications.push_back({book.records()[one.record].first, one.id});
    for (RecordIndex vote : papers.committee_votes()) {
      const RecordState record = book.records()[vote];
      out.votes.push_back({record.first, record.id});
    }
    return out;
  });
}

// The first one whose body `is` right.
template <class Body, class Is>
std::optional<std::pair<RecordId, Body>> find_record(ElectionServer::State& server, const std::vector<InLog>& among,
                                                     Is is) {
  for (const InLog& one : among) {
    auto record = record_at(server, one.first);
    const auto* body = record ? std::get_if<Body>(&record->body) : nullptr;
    if (body && is(*body)) return std::pair(one.id, *body);
  }
  return std::nullopt;
}

constexpr const char* kReplaces = "another decision stands since then";

// The next record of a batch that is to be signed: a vote of the committee that the log has not, then the adjudication.
struct NextRecord {
  ui::PaperPiles::Record what = ui::PaperPiles::Record::no_batch;
  std::optional<RecordBody> body;
  std::string id;
};
NextRecord next_record(ElectionServer::State& server, PaperRecords records) {
  using What = ui::PaperPiles::Record;
  const PapersInLog in_log = papers_in_log(server);
  auto batch = find_record<BallotBatch>(server, in_log.batches, [&](const BallotBatch& one) {
    return one.unit == records.unit && one.ballots == records.ballots.hash;
  });
  if (!batch) return {};
  for (CommitteeVote& vote : records.votes) {
    vote.batch = batch->first;
    auto known = find_record<CommitteeVote>(server, in_log.votes, [&](const CommitteeVote& one) {
      return one.batch == vote.batch && one.ballot == vote.ballot && one.contest == vote.contest;
    });
    if (!known) return {What::vote, vote, {}};
    records.adjudication.committee_votes.push_back(known->first);
  }
  if (!records.complete) return {What::undecided, {}, {}};
  records.adjudication.batch = batch->first;
  for (std::size_t i = 0; i < records.adjudication.contests.size(); ++i)
    if (!batch->second.contests[i].votes) records.adjudication.contests[i].votes.reset();
  auto before = find_record<Adjudication>(server, in_log.adjudications,
                                          [&](const Adjudication& one) { return one.batch == batch->first; });
  if (before && before->second.decisions == records.adjudication.decisions)
    return {What::done, {}, to_hex(before->first)};
  if (before) {
    records.adjudication.replaces = before->first;
    records.adjudication.reason = kReplaces;
  }
  return {What::adjudication, std::move(records.adjudication), {}};
}

std::string about(std::string_view what, const std::string& batch) {
  return "paper " + std::string(what) + " " + batch;
}

http::Answer piles_page(DeskContext& context, const std::string& batch) {
  const PaperPerson person{context.person.key};
  auto piles = context.server.papers->piles(person, batch);
  if (!piles) return refusal_page(context.frame, piles.error());
  if (auto records = context.server.papers->records(person, batch)) {  // others see no such part
    NextRecord next = next_record(context.server, std::move(*records));
    piles->record = next.what;
    piles->record_id = std::move(next.id);
    if (next.body)
      piles->text = context.server.desk->paper_text(
          context.person, about(next.what == ui::PaperPiles::Record::vote ? "vote" : "adjudication", batch),
          *next.body);
  }
  return show(context, std::move(piles), ui::render_paper_piles);
}

http::Answer pile_page(DeskContext& context, const std::string& batch) {
  const auto contest = number(context.request.parameter("contest")),
             option = number(context.request.parameter("option"));
  const auto from = parse_decimal(context.request.parameter("from"));
  if (!contest || !option) return refusal_page(context.frame, no_such_page());
  return show(context,
              context.server.papers->pile({context.person.key}, batch, *contest, *option,
                                          from ? static_cast<std::size_t>(*from) : 0),
              ui::render_paper_pile);
}

// The machines of this centre: all of them, or the one that `machine` names.
http::Answer machines_page(DeskContext& context) {
  ElectionServer::State& server = context.server;
  Result<device::Gathered> gathered = server.collector->read(
      [&](const Collector::View& view) { return device::gather(view.fold.book(), server.log->reader()); });
  if (!gathered) return refusal_page(context.frame, DeskRefusal(gathered.error()));
  const ReadBlob read = [&](const BlobRef& blob) -> std::optional<Bytes> {
    auto bytes = read_blob(server.disk, server.options.log_directory, blob.sha256, kInventoryBytes);
    return bytes ? std::optional(std::move(*bytes)) : std::nullopt;
  };
  const std::string address = "/desk/paper/machines", wanted(context.request.parameter("machine"));
  ui::DevicePageModel shown = device::page_of(gathered->machines);
  shown.links = {{{"투표지", "Ballot papers"}, "/desk/paper"}};
  for (std::size_t i = 0; i < gathered->machines.size(); ++i) {
    const device::DeviceView& machine = gathered->machines[i];
    shown.lists[i].href = address + "?machine=" + machine_slug(machine);
    if (machine_slug(machine) != wanted) continue;
    shown = machine_page(*gathered, machine, read);
    shown.links = {{{"투표지", "Ballot papers"}, "/desk/paper"}, {{"개표 기기", "Counting machines"}, address}};
    break;
  }
  shown.simulated = server.election->definition().simulated;
  shown.style = "/web/device.css";
  return page(ui::render_device(shown, context.frame.lang));
}

DeskResult<void> sign(DeskContext& context) {
  DESK_TRY(SignedNote note, signed_form(context.field("text"), context.field("signer"), context.field("key_id"),
                                        context.field("signature")));
  const std::string_view what = context.field("what") == "vote" ? "vote" : "adjudication";
  return context.server.desk->paper_sign(context.person, about(what, std::string(context.field("batch"))),
                                         note.signatures.front());
}

}  // namespace

Status ElectionServer::State::open_papers() {
  if (options.papers.empty()) return {};
  SCRUTINEER_TRY(CountPolicy policy, parse_count_policy(election->rules()));
  PaperOptions paper_options;
  paper_options.tie = policy.chair_decides_ties ? TieRule::chair_decides : TieRule::none;
  paper_options.rights = [this](const VerifierKey& key, const UnitId& unit) {
    return rights_of(desk->roles_in(key, unit));
  };
  paper_options.blank_apart = [this, policy](const UnitId& unit, const ContestId& contest) {
    auto index = election->tree().find_unit(unit);
    return index && policy.form(election->tree().units()[*index].kind, contest.value()).blank;
  };
  SCRUTINEER_TRY(papers, PaperService::open(disk, options.papers, *election, std::move(paper_options)));
  return {};
}

http::Answer get_paper(DeskContext& context, std::string_view place) {
  if (!context.server.papers) return refusal_page(context.frame, no_such_page());
  PaperService& papers = *context.server.papers;
  const PaperPerson person{context.person.key};
  const std::string batch(context.request.parameter("batch"));
  if (place.empty()) return show(context, papers.stacks(person), ui::render_paper_stacks);
  if (place == "queue") return show(context, papers.queue(person, batch), ui::render_paper_queue);
  if (place == "piles") return piles_page(context, batch);
  if (place == "pile") return pile_page(context, batch);
  if (place == "machines") return machines_page(context);
  if (place == "look") return show(context, papers.paper(person, place_of(context.request)), ui::render_paper);
  if (place == "image") return picture(context);
  return refusal_page(context.frame, no_such_page());
}

http::Answer post_paper(DeskContext& context, std::string_view place) {
  if (!context.server.papers) return refusal_page(context.frame, no_such_page());
  const PaperPlace at = place_of(context.request);
  DeskResult<void> done = tl::unexpected(no_such_page());
  ui::DeskMessage said{ui::DeskMessage::Kind::done, {}, {}};
  if (place == "look") {
    done = look(context, at);
    said.sentence = {"판단을 남겼습니다.", "Your decision is kept."};
  } else if (place == "object") {
    done = context.server.papers->object({context.person.key}, at, std::string(context.field("reason")));
    said.sentence = {"이의를 남겼습니다.", "Your objection is kept."};
  } else if (place == "vote") {
    done = vote(context, at);
    said.sentence = {"의결을 남겼습니다.", "The vote is kept."};
  }
  if (place == "sign") {
    done = sign(context);
    said.sentence = {"서명되어 로그에 올랐습니다.", "Signed and in the log."};
  }
  context.server.door->say(context.session, done ? std::move(said) : message_of(done.error()));
  if (place == "sign") return http::see_other("/desk/paper/piles?batch=" + ui::query_encoded(context.field("batch")));
  return http::see_other(address_of("look", at));
}

}  // namespace scrutineer

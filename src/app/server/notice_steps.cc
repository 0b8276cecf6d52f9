// The timeline of one notice; calls; what everybody may see.
#include <algorithm>
#include <map>

#include "app/server/notice_models.h"
#include "core/codec/json.h"

namespace scrutineer {
namespace {

constexpr std::size_t kNoticesToChoose = 100;

template <class Enum, std::size_t N>
std::string code(const std::string_view (&names)[N], Enum value) {
  return std::string(names[static_cast<std::size_t>(value)]);
}

// What is said in a record, as far as it is public: records hold nothing else.
struct Said {
  ui::NoticeStepRow& row;

  void operator()(const Notice& one) { row.code = code(kNoticeChangeNames, one.change); }
  void operator()(const Receipt& one) {
    row.code = code(kChannelNames, one.channel);
    row.detail = code(kReceiptTroubleNames, one.trouble);
  }
  void operator()(const NoticeAnswer& one) { row.code = code(kAnswerStageNames, one.stage); }
  void operator()(const NoticeRefusal& one) {
    row.code = code(kRefusalCodeNames, one.code);
    row.words = one.reason;
  }
  void operator()(const Escalation& one) {
    row.code = code(kEscalateToNames, one.to);
    row.detail = one.deadline;
  }
  void operator()(const Silence& one) { row.detail = one.deadline; }
  void operator()(const Closing& one) { row.code = code(kClosingOutcomeNames, one.outcome); }
  void operator()(const Statement& one) {
    row.code = code(kClaimNames, one.claim);
    row.words = one.words;
    row.detail = one.source;
    if (one.time) row.detail = shown_time(*one.time) + (one.source.empty() ? "" : ", " + one.source);
  }
  template <class Other>
  void operator()(const Other&) {}
};

ui::Bilingual who(const Agreement& terms, const Speaker& speaker) {
  if (speaker.capacity == Capacity::relay)
    return speaker.relay < terms.relays.size() ? shown(terms.relays[speaker.relay].title) : ui::Bilingual{};
  const AgreedParty* party = terms.party(speaker.party);
  return party == nullptr ? ui::Bilingual{} : shown(party->title);
}

ui::NoticeStepRow step_of(const NoticeSight& sight, NoticeIndex index, const WitnessedBy& by) {
  const BookedNotice& booked = sight.book.records()[index];
  ui::NoticeStepRow row;
  row.type = std::string(kNoticeTypeNames[static_cast<std::size_t>(booked.record.type())]);
  row.record = to_hex(booked.id);
  row.counts = booked.counts;
  row.known = local_time(sight.since(index));
  if (booked.record.at) row.claimed = shown_time(*booked.record.at);
  if (by)
    if (auto time = by(booked.id)) row.by = local_time(*time);
  std::visit(Said{row}, booked.record.body);
  const AgreementState* agreement = sight.book.agreement(booked.record.agreement.value_or(booked.id));
  if (agreement == nullptr) return row;
  for (const NoticeSigner& signer : booked.signers) {
    const Speaker& speaker = agreement->speakers[signer.speaker];
    row.signers.push_back(speaker.key.name);
    row.party = who(agreement->terms, speaker);
  }
  return row;
}

std::vector<NoticeIndex> steps_in(const NoticeVersion& version) {
  std::vector<NoticeIndex> all{version.record};
  for (const auto* records :
       {&version.availabilities, &version.receipts, &version.acknowledgements, &version.answers, &version.refusals,
        &version.calls, &version.escalations, &version.silences, &version.closings})
    all.insert(all.end(), records->begin(), records->end());
  return all;
}

void add_relays(const NoticeSight& sight, const NoticeVersion& version, const AgreementState& agreement,
                ui::NoticePage& page) {
  std::map<std::size_t, std::int64_t> since;
  for (NoticeIndex index : version.availabilities)
    for (const NoticeSigner& signer : sight.book.records()[index].signers)
      since.try_emplace(agreement.speakers[signer.speaker].relay, sight.since(index));
  for (std::size_t i = 0; i < agreement.terms.relays.size(); ++i) {
    auto found = since.find(i);
    page.relays.push_back({shown(agreement.terms.relays[i].title), found != since.end(),
                           found == since.end() ? std::string() : local_time(found->second)});
  }
}

std::optional<std::int64_t> median(std::vector<std::int64_t>& values) {
  if (values.empty()) return std::nullopt;
  auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

// From when a notice counted as received until each step, by this node's clock.
void add_durations(const NoticeSight& sight, const NoticeVersion& version, std::vector<std::int64_t> (&of)[5]) {
  const auto known = [&](NoticeIndex index) { return sight.since(index); };
  const NoticeProgress progress = progress_of(sight.book, version.id, known);
  if (!progress.received) return;
  const auto take = [&](NoticeStep step, const std::vector<NoticeIndex>& records) {
    if (!records.empty())
      of[static_cast<std::size_t>(step)].push_back(
          std::max<std::int64_t>(0, known(records.front()) - *progress.received));
  };
  take(NoticeStep::receipt, version.receipts);
  take(NoticeStep::acknowledgement, version.acknowledgements);
  take(NoticeStep::initial, version.answers);
}

void count(const NoticeSight& sight, const NoticeVersion& version, ui::NoticePublic& page,
           ui::NoticePublic::Agreement& agreement) {
  const ui::NoticeRow row = row_of(sight, version);
  ++page.notices;
  ++agreement.notices;
  page.received += !version.receipts.empty();
  page.acknowledged += !version.acknowledgements.empty();
  agreement.acknowledged += !version.acknowledgements.empty();
  page.answered += !version.answers.empty();
  agreement.answered += !version.answers.empty();
  page.refused += !version.refusals.empty();
  page.closed += !version.closings.empty();
  page.late += row.late;
  agreement.late += row.late;
  page.silences += static_cast<std::int64_t>(version.silences.size());
  page.escalations += static_cast<std::int64_t>(version.escalations.size());
  page.calls += static_cast<std::int64_t>(version.calls.size());
}

}  // namespace

Result<ui::NoticePage> page_of(const NoticeSight& sight, const RecordId& notice, const VerifierKey& person,
                               const WitnessedBy& by) {
  const NoticeVersion* version = sight.book.version(notice);
  if (version == nullptr || !version->booked) return fail(ErrorCode::not_found, "there is no such notice here");
  const AgreementState& agreement = *sight.book.agreement(*sight.book.records()[version->record].record.agreement);
  if (!duty_of(agreement, party_of(sight.role), person))
    return fail(ErrorCode::not_found, "there is no such notice here");
  ui::NoticePage page;
  page.row = row_of(sight, *version);
  page.clocks = clocks_of(sight, *version);
  page.may = actions_of(sight, *version, person);
  std::vector<NoticeIndex> steps = steps_in(*version);
  std::stable_sort(steps.begin(), steps.end(), [&](NoticeIndex a, NoticeIndex b) {
    return std::pair(sight.since(a), a) < std::pair(sight.since(b), b);
  });
  for (NoticeIndex index : steps) page.steps.push_back(step_of(sight, index, by));
  for (NoticeIndex index : version->answers) page.answers.push_back(to_hex(sight.book.records()[index].id));
  add_relays(sight, *version, agreement, page);
  const RecordId* first = sight.book.first_of(notice);
  if (const Exchange* exchange = first ? sight.book.exchange(*first) : nullptr)
    for (const RecordId& id : exchange->versions)
      if (const NoticeVersion* one = sight.book.version(id); one && one->booked) {
        const auto& said = std::get<Notice>(sight.book.records()[one->record].record.body);
        page.versions.push_back({to_hex(id), notice_number(id), code(kNoticeChangeNames, said.change),
                                 local_time(sight.since(one->record)), id == notice});
      }
  return page;
}

std::vector<ui::CallPage::Side> calls_of(const NoticeSight& sight, const NoticeVersion& version, bool& proven) {
  std::vector<ui::CallPage::Side> sides;
  struct Codes {
    PartyRole party;
    const Call* call;
  };
  std::vector<Codes> codes;
  const AgreementState& agreement = *sight.book.agreement(*sight.book.records()[version.record].record.agreement);
  for (NoticeIndex index : version.calls) {
    const BookedNotice& booked = sight.book.records()[index];
    for (const NoticeSigner& signer : booked.signers) {
      const Speaker& speaker = agreement.speakers[signer.speaker];
      sides.push_back({speaker.key.name, local_time(sight.since(index)), speaker.party == party_of(sight.role)});
      codes.push_back({speaker.party, &std::get<Call>(booked.record.body)});
    }
  }
  proven = false;
  for (const Codes& a : codes)
    for (const Codes& b : codes)
      if (a.party != b.party && a.call->shown == b.call->heard && a.call->heard == b.call->shown) proven = true;
  return sides;
}

ui::StatementsPage statements_of(const NoticeSight& sight, const VerifierKey& person) {
  ui::StatementsPage page;
  page.agreements = agreements_of(sight);
  for (const AgreementState* agreement : sight.book.agreements()) {
    const auto duty = duty_of(*agreement, party_of(sight.role), person);
    page.may_sign = page.may_sign || (duty && agreement->in_effect);
    for (NoticeIndex index : agreement->statements) {
      page.statements.push_back(step_of(sight, index, {}));
      const auto& said = std::get<Statement>(sight.book.records()[index].record.body);
      page.about.push_back(said.notice ? notice_number(*said.notice) : std::string());
    }
  }
  // The newest of each agreement: enough to choose from.
  for (const AgreementState* agreement : sight.book.agreements())
    for (std::size_t i = agreement->notices.size(); i-- > 0 && page.notices.size() < kNoticesToChoose;)
      if (const NoticeVersion* version = sight.book.version(agreement->notices[i]); version && version->booked)
        page.notices.push_back(row_of(sight, *version));
  using C = Claim;
  const std::vector<Claim> own =
      sight.role == NodeRole::notifier
          ? std::vector{C::notified, C::acknowledged, C::not_answered}
          : std::vector{C::not_notified,     C::notified_later, C::no_attribution, C::content_differs,
                        C::not_acknowledged, C::answered,       C::all_blocked};
  for (Claim claim : own) page.claims.push_back(code(kClaimNames, claim));
  return page;
}

void PublicFigures::add(const NoticeSight& sight, std::span<const RecordId> firsts) {
  for (const RecordId& first : firsts) {
    const Exchange* exchange = sight.book.exchange(first);
    if (exchange == nullptr) continue;
    ui::NoticePublic::Agreement& agreement = agreements_[exchange->agreement];
    for (const RecordId& id : exchange->versions)
      if (const NoticeVersion* version = sight.book.version(id); version && version->booked) {
        count(sight, *version, page_, agreement);
        add_durations(sight, *version, durations_);
      }
  }
}

ui::NoticePublic PublicFigures::finish(const NoticeSight& sight) {
  page_.as_of = local_time(sight.now);
  for (const AgreementState* agreement : sight.book.agreements()) {
    if (!agreement->in_effect) continue;
    ui::NoticePublic::Agreement one = agreements_[agreement->id];
    one.id = to_hex(agreement->id);
    one.notifier = shown(agreement->terms.notifier.title);
    one.institution = shown(agreement->terms.institution.title);
    page_.statements += static_cast<std::int64_t>(agreement->statements.size());
    page_.agreements.push_back(std::move(one));
  }
  for (NoticeStep step : {NoticeStep::receipt, NoticeStep::acknowledgement, NoticeStep::initial}) {
    auto& values = durations_[static_cast<std::size_t>(step)];
    ui::NoticePublic::Clock clock{code(kNoticeStepNames, step), static_cast<std::int64_t>(values.size()), {}, {}};
    if (!values.empty()) clock.worst = *std::max_element(values.begin(), values.end());
    clock.median = median(values);
    page_.clocks.push_back(std::move(clock));
  }
  return std::move(page_);
}

std::string public_json(const ui::NoticePublic& page) {
  JsonWriter out;
  out.begin_object().member("as_of", page.as_of).member("notices", page.notices).member("received", page.received);
  out.member("acknowledged", page.acknowledged).member("answered", page.answered).member("refused", page.refused);
  out.member("closed", page.closed).member("late", page.late).member("silences", page.silences);
  out.member("escalations", page.escalations).member("calls", page.calls).member("statements", page.statements);
  out.name("clocks").begin_array();
  for (const auto& clock : page.clocks)
    out.begin_object()
        .member("step", clock.step)
        .member("count", clock.count)
        .member_if("median_seconds", clock.median)
        .member_if("worst_seconds", clock.worst)
        .end_object();
  out.end_array().name("agreements").begin_array();
  for (const auto& one : page.agreements)
    out.begin_object()
        .member("agreement", one.id)
        .member("notices", one.notices)
        .member("acknowledged", one.acknowledged)
        .member("answered", one.answered)
        .member("late", one.late)
        .end_object();
  out.end_array().name("logs").begin_array();
  for (const auto& log : page.logs)
    out.begin_object()
        .member("log", log.name)
        .member("size", static_cast<std::int64_t>(log.size))
        .member("root", log.root)
        .member("witnessed", static_cast<std::int64_t>(log.cosigned))
        .member("witnesses", static_cast<std::int64_t>(log.known))
        .end_object();
  out.end_array().end_object();
  return out.take() + "\n";
}

}  // namespace scrutineer

// One notice and lists of them.
#include "app/server/notice_models.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <set>

namespace scrutineer {
namespace {

constexpr std::int64_t kKoreaOffset = 9 * 3600;  // UTC+9 since 1961 but for two summers long ago
constexpr std::int64_t kDay = 86'400;

template <class Enum, std::size_t N>
std::string code(const std::string_view (&names)[N], Enum value) {
  return std::string(names[static_cast<std::size_t>(value)]);
}

const Notice& notice_in(const NoticeSight& sight, const NoticeVersion& version) {
  return std::get<Notice>(sight.book.records()[version.record].record.body);
}
const AgreementState& agreement_in(const NoticeSight& sight, const NoticeVersion& version) {
  return *sight.book.agreement(*sight.book.records()[version.record].record.agreement);
}

std::string first_time(const NoticeSight& sight, const std::vector<NoticeIndex>& records) {
  return records.empty() ? std::string() : local_time(sight.since(records.front()));
}

bool opened_whole(const NoticeSight& sight, const NoticeVersion& version) {
  return std::any_of(version.receipts.begin(), version.receipts.end(), [&](NoticeIndex index) {
    const auto& receipt = std::get<Receipt>(sight.book.records()[index].record.body);
    return receipt.payload && receipt.unopened.empty() && receipt.trouble == ReceiptTrouble::none;
  });
}

std::set<std::size_t> relays_holding(const NoticeSight& sight, const NoticeVersion& version) {
  const AgreementState& agreement = agreement_in(sight, version);
  std::set<std::size_t> relays;
  for (NoticeIndex index : version.availabilities)
    for (const NoticeSigner& signer : sight.book.records()[index].signers)
      relays.insert(agreement.speakers[signer.speaker].relay);
  return relays;
}

ui::NoticeState state_of(const NoticeSight& sight, const NoticeVersion& version, std::size_t holding) {
  using ui::NoticeState;
  if (!version.closings.empty()) return NoticeState::closed;
  if (notice_in(sight, version).change == NoticeChange::withdrawal) return NoticeState::withdrawn;
  if (!version.answers.empty()) return NoticeState::answered;
  if (!version.refusals.empty()) return NoticeState::refused;
  if (!version.acknowledgements.empty()) return NoticeState::acknowledged;
  if (!version.receipts.empty()) return opened_whole(sight, version) ? NoticeState::received : NoticeState::not_opened;
  return holding >= static_cast<std::size_t>(agreement_in(sight, version).terms.quorum) ? NoticeState::available
                                                                                        : NoticeState::sent;
}

// When a step was taken first, by this node's clock.
std::optional<std::int64_t> taken_at(const NoticeSight& sight, const NoticeVersion& version, NoticeStep step) {
  std::optional<std::int64_t> first;
  auto take = [&](const std::vector<NoticeIndex>& records, auto counts) {
    for (NoticeIndex index : records)
      if (counts(sight.book.records()[index]) && (!first || sight.since(index) < *first)) first = sight.since(index);
  };
  const auto any = [](const BookedNotice&) { return true; };
  if (step == NoticeStep::receipt) {
    take(version.receipts,
         [](const BookedNotice& one) { return std::get<Receipt>(one.record.body).payload.has_value(); });
    return first;
  }
  take(version.refusals, any);
  if (step == NoticeStep::acknowledgement) {
    take(version.acknowledgements, any);
    take(version.answers, any);
    return first;
  }
  const auto stage = static_cast<int>(step) - static_cast<int>(NoticeStep::initial);
  take(version.answers, [&](const BookedNotice& one) {
    return static_cast<int>(std::get<NoticeAnswer>(one.record.body).stage) >= stage;
  });
  return first;
}

void set_state(ui::NoticeClock& clock, const NoticeProgress& progress, std::optional<std::int64_t> due,
               std::optional<std::int64_t> met, std::int64_t now) {
  using State = ui::NoticeClock::State;
  if (met) clock.met = local_time(*met);
  if (met)
    clock.state = due && *met > *due ? State::met_late : State::met;
  else if (progress.closed || progress.withdrawn)
    clock.state = State::over;
  else if (!due)
    clock.state = State::waiting;
  else
    clock.state = now > *due ? State::late : State::running;
  if (due) {
    clock.due = local_time(*due);
    clock.seconds = now > *due ? now - *due : *due - now;
  }
}

// What is worth a line: what is late longest, else what is due first.
std::optional<ui::NoticeClock> next_of(const std::vector<ui::NoticeClock>& clocks) {
  using State = ui::NoticeClock::State;
  const ui::NoticeClock* best = nullptr;
  for (const ui::NoticeClock& clock : clocks) {
    if (clock.state != State::late && clock.state != State::running) continue;
    const bool late = clock.state == State::late;
    if (best == nullptr || (late && best->state != State::late) ||
        (late == (best->state == State::late) &&
         (late ? clock.seconds > best->seconds : clock.seconds < best->seconds)))
      best = &clock;
  }
  return best == nullptr ? std::nullopt : std::optional(*best);
}

const NoticeVersion* newest_of(const NoticeSight& sight, const RecordId& first) {
  const Exchange* exchange = sight.book.exchange(first);
  if (exchange == nullptr) return nullptr;
  for (std::size_t i = exchange->versions.size(); i-- > 0;)
    if (const NoticeVersion* version = sight.book.version(exchange->versions[i]); version && version->booked)
      return version;
  return nullptr;
}

bool is_unread(const ui::NoticeRow& row) {
  return row.state <= ui::NoticeState::received;
}

// What is late, the longest first; then what nobody has acknowledged, the nearest deadline first; then the others that
// a clock runs for; then the rest, the newest first.
std::pair<int, std::int64_t> urgency(const ui::NoticeRow& row) {
  if (row.late) return {0, -row.next->seconds};
  if (is_unread(row)) return row.next ? std::pair(1, row.next->seconds) : std::pair(2, std::int64_t{0});
  return row.next ? std::pair(3, row.next->seconds) : std::pair(4, std::int64_t{0});
}

void sort_rows(std::vector<ui::NoticeRow>& rows, ui::NoticeSort sort, ui::Lang lang) {
  // Newest first before anything else: what is equal stays so.
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.sent > b.sent; });
  const auto name = [&](const ui::NoticeRow& row) -> const std::string& {
    return lang == ui::Lang::ko ? row.other.ko : row.other.en;
  };
  std::stable_sort(rows.begin(), rows.end(), [&](const ui::NoticeRow& a, const ui::NoticeRow& b) {
    if (sort == ui::NoticeSort::name) return name(a) < name(b);
    if (sort == ui::NoticeSort::state) return a.state < b.state;
    if (sort == ui::NoticeSort::urgency) return urgency(a) < urgency(b);
    return false;
  });
}

}  // namespace

PartyRole party_of(NodeRole role) {
  return role == NodeRole::notifier      ? PartyRole::notifier
         : role == NodeRole::institution ? PartyRole::institution
                                         : PartyRole::oversight;
}

ui::Bilingual shown(const Bilingual& text) {
  return {text.ko, text.en};
}

std::string notice_number(const RecordId& id) {
  const std::string hex = to_hex(id);
  return hex.substr(0, 4) + " " + hex.substr(4, 4) + " " + hex.substr(8, 4);
}

std::optional<RecordId> record_id_of(std::string_view hex) {
  auto hash = hash_from_hex(hex);
  return hash ? std::optional(RecordId{*hash}) : std::nullopt;
}

std::string local_time(std::int64_t unix_seconds) {
  if (unix_seconds == 0) return {};
  std::string text = to_rfc3339({unix_seconds + kKoreaOffset});  // "2026-11-22T19:20:01Z"
  if (text.size() != 20) return to_rfc3339({unix_seconds});
  text[10] = ' ';
  return text.substr(0, 19) + " KST";
}

std::optional<std::int64_t> read_local_time(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  if (text.ends_with(" KST")) text.remove_suffix(4);
  std::string whole(text);
  if (whole.size() == 10) whole += "T00:00";
  if (whole.size() == 16) whole += ":00";
  if (whole.size() != 19 || (whole[10] != ' ' && whole[10] != 'T')) return std::nullopt;
  whole[10] = 'T';
  auto utc = seconds_of_rfc3339(whole + "Z");
  return utc ? std::optional(*utc - kKoreaOffset) : std::nullopt;
}

std::string shown_time(const std::string& rfc3339) {
  auto seconds = seconds_of_rfc3339(rfc3339);
  return seconds ? local_time(*seconds) : rfc3339;
}

std::optional<Duty> duty_of(const AgreementState& agreement, PartyRole party, const VerifierKey& key) {
  auto found = agreement.find_speaker(key.name, key.id);
  if (!found) return std::nullopt;
  const Speaker& speaker = agreement.speakers[*found];
  if (speaker.removed_by || speaker.capacity != Capacity::person || speaker.party != party || !(speaker.key == key))
    return std::nullopt;
  return speaker.duty;
}

bool may_read(Duty duty) {
  return duty != Duty::representative;
}
bool may_commit(Duty duty) {
  return duty == Duty::representative;
}

std::vector<std::string> duties_of(const NoticeSight& sight, const VerifierKey& key) {
  std::vector<std::string> duties;
  if (sight.role == NodeRole::relay) return duties;
  for (const AgreementState* agreement : sight.book.agreements()) {
    auto duty = duty_of(*agreement, party_of(sight.role), key);
    if (!duty) continue;
    std::string name = code(kDutyNames, *duty);
    if (std::find(duties.begin(), duties.end(), name) == duties.end()) duties.push_back(std::move(name));
  }
  return duties;
}

std::vector<ui::NoticeClock> clocks_of(const NoticeSight& sight, const NoticeVersion& version) {
  const Agreement& terms = agreement_in(sight, version).terms;
  const NoticeProgress progress =
      progress_of(sight.book, version.id, [&](NoticeIndex index) { return sight.since(index); });
  const std::string kind = code(kNoticeKindNames, notice_in(sight, version).kind);
  std::vector<ui::NoticeClock> clocks;
  for (const AgreedDeadline& deadline : terms.deadlines) {
    if (!deadline.kinds.empty() &&
        std::find(deadline.kinds.begin(), deadline.kinds.end(), kind) == deadline.kinds.end())
      continue;
    ui::NoticeClock clock;
    clock.code = deadline.code;
    clock.step = code(kNoticeStepNames, deadline.step);
    clock.law = deadline.law;
    clock.then = code(kEscalateToNames, deadline.then);
    clock.escalated =
        std::find(progress.escalated.begin(), progress.escalated.end(), deadline.code) != progress.escalated.end();
    std::optional<std::int64_t> due;
    if (progress.received) due = *progress.received + deadline.after;
    set_state(clock, progress, due, taken_at(sight, version, deadline.step), sight.now);
    clocks.push_back(std::move(clock));
  }
  return clocks;
}

ui::NoticeRow row_of(const NoticeSight& sight, const NoticeVersion& version) {
  const Notice& notice = notice_in(sight, version);
  const AgreementState& agreement = agreement_in(sight, version);
  const std::set<std::size_t> holding = relays_holding(sight, version);
  ui::NoticeRow row;
  row.id = to_hex(version.id);
  row.number = notice_number(version.id);
  row.kind = code(kNoticeKindNames, notice.kind);
  row.change = code(kNoticeChangeNames, notice.change);
  row.other =
      shown(sight.role == NodeRole::institution ? agreement.terms.notifier.title : agreement.terms.institution.title);
  row.sent = local_time(sight.since(version.record));
  row.relays_holding = holding.size();
  row.relays = agreement.terms.relays.size();
  row.quorum = static_cast<std::size_t>(agreement.terms.quorum);
  row.state = state_of(sight, version, holding.size());
  if (!version.answers.empty())
    row.stage =
        code(kAnswerStageNames, std::get<NoticeAnswer>(sight.book.records()[version.answers.back()].record.body).stage);
  if (!version.escalations.empty())
    row.escalated =
        code(kEscalateToNames, std::get<Escalation>(sight.book.records()[version.escalations.back()].record.body).to);
  row.next = next_of(clocks_of(sight, version));
  row.late = row.next && row.next->state == ui::NoticeClock::State::late;
  row.received = first_time(sight, version.receipts);
  row.acknowledged = first_time(sight, version.acknowledgements);
  row.answered = first_time(sight, version.answers);
  if (sight.role == NodeRole::notifier && version.receipts.empty())
    row.unreachable = std::find(sight.unreachable.begin(), sight.unreachable.end(),
                                agreement.terms.institution.log.name) != sight.unreachable.end();
  return row;
}

std::vector<RecordId> exchanges_of(const NoticeSight& sight) {
  std::vector<RecordId> all;
  for (const AgreementState* agreement : sight.book.agreements())
    all.insert(all.end(), agreement->notices.begin(), agreement->notices.end());
  return all;
}

void add_to_list(const NoticeSight& sight, const NoticeChoice& choice, std::span<const RecordId> firsts,
                 ui::NoticeList& list) {
  list.as_of = local_time(sight.now);
  for (const RecordId& first : firsts) {
    const NoticeVersion* version = newest_of(sight, first);
    if (version == nullptr) continue;
    ui::NoticeRow row = row_of(sight, *version);
    ++list.all;
    ++list.counts[static_cast<std::size_t>(row.state)];
    list.late += row.late;
    list.unread += is_unread(row);
    if ((choice.only && row.state != *choice.only) || (choice.late && !row.late)) continue;
    list.rows.push_back(std::move(row));
  }
}

void finish_list(const NoticeChoice& choice, ui::Lang lang, ui::NoticeList& list) {
  list.only = choice.only;
  list.only_late = choice.late;
  list.sort = choice.sort;
  sort_rows(list.rows, choice.sort, lang);
  if (list.rows.size() <= choice.rows) return;
  list.more = static_cast<std::int64_t>(list.rows.size() - choice.rows);
  list.rows.resize(choice.rows);
}

ui::NoticeList list_of(const NoticeSight& sight, const NoticeChoice& choice, ui::Lang lang) {
  ui::NoticeList list;
  add_to_list(sight, choice, choice.of ? *choice.of : exchanges_of(sight), list);
  finish_list(choice, lang, list);
  return list;
}

ui::NoticeActions actions_of(const NoticeSight& sight, const NoticeVersion& version, const VerifierKey& person) {
  ui::NoticeActions may;
  const AgreementState& agreement = agreement_in(sight, version);
  const auto duty = duty_of(agreement, party_of(sight.role), person);
  if (!duty) return may;
  const bool institution = sight.role == NodeRole::institution, notifier = sight.role == NodeRole::notifier;
  may.state = true;
  const bool open = version.closings.empty();
  if (!may_read(*duty)) return may;
  may.read = institution || notifier;
  may.call = institution || notifier;
  const auto signed_by = [&](const std::vector<NoticeIndex>& records) {
    for (NoticeIndex index : records)
      for (const NoticeSigner& signer : sight.book.records()[index].signers)
        if (agreement.speakers[signer.speaker].key == person) return true;
    return false;
  };
  may.acknowledge = institution && open && !signed_by(version.acknowledgements);
  may.answer = institution && open;
  may.refuse = institution && open && version.refusals.empty() && version.answers.empty();
  const RecordId* first = sight.book.first_of(version.id);
  may.update = notifier && open && first && newest_of(sight, *first) == &version &&
               notice_in(sight, version).change != NoticeChange::withdrawal;
  may.close = notifier && open;
  may.closing = notice_in(sight, version).change == NoticeChange::withdrawal ? "withdrawn"
                : version.answers.empty()                                    ? "no-answer"
                                                                             : "answered";
  return may;
}

}  // namespace scrutineer

#include "core/notice/statement.h"

#include <algorithm>

#include "core/notice/statement_judge.h"

namespace scrutineer {
namespace {

using enum StatementVerdict;
using Why = StatementReason;

// A row of the table.
struct Row {
  StatementVerdict verdict = undetermined;
  Why because = Why::log_withheld;
  std::vector<RecordId> evidence;
};

// What a statement is held against: one version of a notice.
class RowFinder {
 public:
  RowFinder(const Case& of, const Statement& statement, const TimeBounds& said, bool foreign_content)
      : of_(of), statement_(statement), said_(said), foreign_content_(foreign_content) {}

  Row find(const JudgedVersion& version) const {
    switch (statement_.claim) {
      case Claim::notified: return notified(version);
      case Claim::not_notified: return not_notified(version);
      case Claim::notified_later: return notified_later(version);
      case Claim::acknowledged: return acknowledged(version, supported, contradicted);
      case Claim::not_acknowledged: return acknowledged(version, contradicted, supported);
      case Claim::answered: return answered(version, supported, contradicted);
      case Claim::not_answered: return answered(version, contradicted, supported);
      case Claim::no_attribution: return no_attribution(version);
      case Claim::content_differs: return content_differs(version);
      case Claim::all_blocked: return all_blocked(version);
    }
    __builtin_unreachable();
  }

 private:
  // What shows that the institution had been told, the strongest first.
  struct Fact {
    bool there = false;
    const TimeBounds* when = nullptr;
    Why why = Why::received_as_agreed;
    const std::vector<RecordId>* records = nullptr;
  };
  std::array<Fact, 4> told(const JudgedVersion& version) const {
    return {
        {{version.has_acknowledgement, &version.acknowledged, Why::acknowledged_by_person, &version.acknowledgements},
         {version.has_opened, &version.opened, Why::opened_by_machine, &version.receipts},
         {version.has_telephone, &version.telephone, Why::told_by_telephone, &version.calls},
         {version.shown.received.shown(), &version.shown.received, Why::received_as_agreed, nullptr}}};
  }

  // Whether the institution had been told by then: yes with the strongest fact; no where it had not been received as
  // agreed and nothing else can be from before.
  struct Told {
    Before by_then = Before::unclear;
    Row row;
  };
  Told told_by(const JudgedVersion& version, const TimeBounds& moment) const {
    Told told;
    bool perhaps = false;
    for (const Fact& fact : this->told(version)) {
      if (!fact.there) continue;
      const Before order = before(*fact.when, moment);
      perhaps |= order == Before::unclear;
      if (order != Before::yes) continue;
      told.by_then = Before::yes;
      told.row.because = fact.why;
      told.row.evidence = fact.records ? *fact.records : std::vector<RecordId>{version.shown.version};
      return told;
    }
    told.row.evidence = {version.shown.version};
    if (!perhaps && before(version.shown.received, moment) == Before::no) {
      told.by_then = Before::no;
      told.row.because = version.shown.received.shown() ? Why::received_later : Why::not_available_by_then;
    } else {
      told.row.because = version.shown.received.lower == kNoLower ? Why::log_withheld : Why::bounds_overlap;
    }
    return told;
  }

  static Row with(Row row, StatementVerdict verdict) {
    row.verdict = verdict;
    return row;
  }
  std::optional<TimeBounds> named_time() const {
    const auto time = statement_.time ? seconds_of_rfc3339(*statement_.time) : std::nullopt;
    if (!time) return std::nullopt;
    return TimeBounds{*time, *time};
  }
  bool dated() const { return said_.shown() || said_.lower != kNoLower; }

  Row notified(const JudgedVersion& version) const {
    const auto named = named_time();
    if (!named && !dated()) return {undetermined, Why::statement_undated, {}};
    const Told told = told_by(version, named.value_or(said_));
    return with(told.row, told.by_then == Before::yes  ? supported
                          : told.by_then == Before::no ? contradicted
                                                       : undetermined);
  }

  Row not_notified(const JudgedVersion& version) const {
    if (!dated()) return {undetermined, Why::statement_undated, {}};
    const Told told = told_by(version, said_);
    return with(told.row, told.by_then == Before::yes  ? contradicted
                          : told.by_then == Before::no ? supported
                                                       : undetermined);
  }

  Row notified_later(const JudgedVersion& version) const {
    const auto named = named_time();
    if (!named) return {undetermined, Why::no_time_named, {}};
    Told told = told_by(version, *named);
    if (told.by_then == Before::yes) {
      if (told.row.because == Why::received_as_agreed) told.row.because = Why::received_before;
      return with(told.row, contradicted);
    }
    return with(told.row, told.by_then == Before::no ? supported : undetermined);
  }

  Row acknowledged(const JudgedVersion& version, StatementVerdict if_so, StatementVerdict if_not) const {
    if (!dated()) return {undetermined, Why::statement_undated, {}};
    if (version.has_acknowledgement && before(version.acknowledged, said_) == Before::yes)
      return {if_so, Why::acknowledged_by_person, version.acknowledgements};
    if (before(version.acknowledged_served, said_) == Before::no) {
      // The institution's own log may hold one that it never let anybody have.
      const bool perhaps = version.has_acknowledgement && before(version.acknowledged, said_) == Before::unclear;
      if (!perhaps) return {if_not, Why::nothing_served_by_then, {version.shown.version}};
    }
    return {undetermined, served_unknown(version.acknowledged_served, version.has_acknowledgement),
            version.acknowledgements};
  }

  Row answered(const JudgedVersion& version, StatementVerdict if_so, StatementVerdict if_not) const {
    if (!dated()) return {undetermined, Why::statement_undated, {}};
    const Before order = before(version.answered_served, said_);
    if (order == Before::yes) return {if_so, Why::answer_served, version.answers};
    if (order == Before::no) return {if_not, Why::nothing_served_by_then, {version.shown.version}};
    return {undetermined, served_unknown(version.answered_served, version.has_answer), version.answers};
  }

  static Why served_unknown(const TimeBounds& served, bool there) {
    if (!served.shown() && there) return Why::own_log_alone;
    return served.lower == kNoLower ? Why::log_withheld : Why::bounds_overlap;
  }

  Row no_attribution(const JudgedVersion& version) const {
    if (!dated()) return {undetermined, Why::statement_undated, {}};
    const std::vector<RecordId> notice = {version.shown.version};
    if (version.attribution_shown) {
      if (version.attribution_opened && version.opened.shown() && before(version.opened, said_) == Before::yes)
        return {contradicted, Why::attribution_opened, receipts_of(version)};
      if (version.attribution_opened && !version.opened.shown()) return {undetermined, Why::bounds_overlap, notice};
      const Before available = before(version.shown.available, said_);
      if (available == Before::yes && version.sealed_to_agreed_key && !version.opening_failed)
        return {contradicted, Why::attribution_available, notice};
      if (available == Before::no) return {supported, Why::not_available_by_then, notice};
      return {undetermined, Why::bounds_overlap, notice};
    }
    if (version.content_shown) return {supported, Why::whole_content_without, notice};
    // What was not there yet cannot have said it.
    if (before(version.shown.available, said_) == Before::no) return {supported, Why::not_available_by_then, notice};
    return {undetermined, Why::content_withheld, notice};
  }

  static std::vector<RecordId> receipts_of(const JudgedVersion& version) {
    std::vector<RecordId> all;
    for (const ShownStep& step : version.shown.receipts) all.push_back(step.record);
    return all;
  }

  Row content_differs(const JudgedVersion& version) const {
    const std::vector<RecordId> notice = {version.shown.version};
    const bool shown = of_.contents.opened.contains(of_.body<Notice>(version.record).content.payload);
    if (shown && version.same_content_named) return {contradicted, Why::same_content, receipts_of(version)};
    if (shown && before(version.shown.available, said_) == Before::yes)
      return {contradicted, Why::same_content, notice};
    if (!shown && foreign_content_) return {supported, Why::content_changed, notice};
    return {undetermined, shown ? Why::log_withheld : Why::content_withheld, notice};
  }

  Row all_blocked(const JudgedVersion& version) const {
    if (!dated()) return {undetermined, Why::statement_undated, {}};
    const NoticeVersion* booked = of_.book.version(version.shown.version);
    for (NoticeIndex index : booked->answers) {
      if (!of_.counts(index) || before(of_.first(index), said_) != Before::yes) continue;
      const OpenedContent opened = opened_content(of_, of_.body<NoticeAnswer>(index).content);
      for (const OpenedField& one : opened.fields)
        if (one.committed && one.field.name == "outcome" && says_harm(one.field.value))
          return {contradicted, Why::answer_says_otherwise, {of_.record(index).id}};
    }
    return {undetermined, Why::no_answer_disclosed, {}};
  }

  // Outcomes of an answer that say that something had got in.
  static bool says_harm(std::string_view value) {
    return value == "\"infected\"" || value == "\"account-taken\"" || value == "\"found\"";
  }

  const Case& of_;
  const Statement& statement_;
  const TimeBounds& said_;
  bool foreign_content_;
};

// Of the versions of one notice. What is said to be never so is contradicted by one version; what is said to be so is
// supported by one.
bool says_never(Claim claim) {
  switch (claim) {
    case Claim::notified:
    case Claim::acknowledged:
    case Claim::answered: return false;
    default: return true;
  }
}

void take(Row& into, Row row, StatementVerdict strongest) {
  if (into.verdict == strongest) {
    if (row.verdict == strongest && row.because == into.because)
      into.evidence.insert(into.evidence.end(), row.evidence.begin(), row.evidence.end());
    return;
  }
  // The strongest decides; else one that nobody can tell leaves it open.
  if (row.verdict == strongest || row.verdict == undetermined) into = std::move(row);
}

Row of_versions(const RowFinder& finder, Claim claim, const std::vector<const JudgedVersion*>& versions) {
  Row row = finder.find(*versions.front());
  for (std::size_t i = 1; i < versions.size(); ++i)
    take(row, finder.find(*versions[i]), says_never(claim) ? contradicted : supported);
  return row;
}

// A notice that is not in the evidence, but named: what others said about it.
class UnknownNotice {
 public:
  UnknownNotice(const Case& of, const RecordId& notice) : of_(of) {
    for (NoticeIndex i = 0; i < of.book.records().size(); ++i) {
      if (!of.counts(i)) continue;
      const BookedNotice& record = of.record(i);
      if (const auto* held = std::get_if<Availability>(&record.record.body)) {
        if (std::find(held->notices.begin(), held->notices.end(), notice) != held->notices.end())
          availabilities_.push_back(i);
        continue;
      }
      const RecordId* about = notice_of(record.record);
      if (about && *about == notice) add(i);
    }
  }

  // Only what shows whether the institution was told; what the notice said, nobody can tell.
  Row row(Claim claim, const TimeBounds& said) const {
    const bool notified = claim == Claim::notified;
    if (!notified && claim != Claim::not_notified) return {undetermined, Why::notice_not_shown, {}};
    const StatementVerdict told = notified ? supported : contradicted, not_told = notified ? contradicted : supported;
    bool perhaps = false;
    for (const auto& [records, why] :
         {std::pair(&people_, Why::acknowledged_by_person), std::pair(&machines_, Why::opened_by_machine)})
      for (NoticeIndex index : *records) {
        if (before(of_.first(index), said) == Before::yes) return {told, why, {of_.record(index).id}};
        perhaps |= before(of_.first(index), said) == Before::unclear;
      }
    for (NoticeIndex a : calls_[0])
      for (NoticeIndex b : calls_[1]) {
        if (of_.body<Call>(a).shown != of_.body<Call>(b).heard || of_.body<Call>(a).heard != of_.body<Call>(b).shown)
          continue;
        if (before(of_.first(a), said) == Before::yes && before(of_.first(b), said) == Before::yes)
          return {told, Why::told_by_telephone, {of_.record(a).id, of_.record(b).id}};
        perhaps = true;
      }
    std::vector<TimeBounds> relays;
    for (std::size_t i = 0; i < of_.state.terms.relays.size(); ++i) relays.push_back(of_.held(i, availabilities_));
    const TimeBounds available = kth(relays, static_cast<std::size_t>(of_.state.terms.quorum));
    if (!perhaps && before(available, said) == Before::no) return {not_told, Why::not_available_by_then, {}};
    return {undetermined, Why::notice_not_shown, {}};
  }

 private:
  void add(NoticeIndex index) {
    const NoticeBody& body = of_.record(index).record.body;
    if (std::holds_alternative<Acknowledgement>(body)) people_.push_back(index);
    if (const auto* receipt = std::get_if<Receipt>(&body); receipt && receipt->payload) machines_.push_back(index);
    if (std::holds_alternative<Call>(body))
      calls_[of_.speaker(index)->party == PartyRole::institution].push_back(index);
  }
  const Case& of_;
  std::vector<NoticeIndex> availabilities_, people_, machines_, calls_[2];
};

}  // namespace

ShownStatement judge_statement(const Case& of, NoticeIndex index, const std::vector<JudgedVersion>& versions,
                               bool foreign_content) {
  const Statement& statement = of.body<Statement>(index);
  const Speaker& speaker = *of.speaker(index);
  ShownStatement shown{
      of.record(index).id, speaker.party, speaker.key.name, statement.claim, statement.notice, {}, {}, {}};
  const TimeBounds said = of.said(index);
  const RowFinder finder(of, statement, said, foreign_content);

  // The versions that it is about, by notice.
  std::map<RecordId, std::vector<const JudgedVersion*>> notices;
  for (const JudgedVersion& one : versions) {
    if (one.shown.verdict == NoticeVerdict::not_shown) continue;
    if (statement.notice && *statement.notice != one.shown.first && *statement.notice != one.shown.version) continue;
    notices[one.shown.first].push_back(&one);
  }
  Row row{undetermined, Why::notice_not_shown, {}};
  if (notices.empty() && statement.notice) row = UnknownNotice(of, *statement.notice).row(statement.claim, said);
  bool first = true;
  for (const auto& [id, about] : notices) {
    Row one = of_versions(finder, statement.claim, about);
    if (std::exchange(first, false))
      row = std::move(one);
    else
      // It is said of every notice: one that contradicts it is enough.
      take(row, std::move(one), contradicted);
  }
  shown.verdict = row.verdict;
  shown.because = row.because;
  std::sort(row.evidence.begin(), row.evidence.end());
  row.evidence.erase(std::unique(row.evidence.begin(), row.evidence.end()), row.evidence.end());
  shown.evidence = std::move(row.evidence);
  return shown;
}

}  // namespace scrutineer

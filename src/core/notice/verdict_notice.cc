#include "core/notice/verdict_notice.h"

#include <algorithm>

#include "core/notice/payload.h"

namespace scrutineer {
namespace {

bool contains(const std::vector<std::string>& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

// How much of a notice the institution's machine says that it opened.
enum class Opened : std::uint8_t { nothing, part, all };
Opened how_opened(const SealedContent& content, const Receipt& receipt) {
  if (!receipt.payload || *receipt.payload != content.payload || receipt.ciphertext != content.ciphertext.sha256)
    return Opened::nothing;
  if (receipt.opened == content.digests && receipt.unopened.empty()) return Opened::all;
  const bool all = std::all_of(content.digests.begin(), content.digests.end(),
                               [&](const std::string& digest) { return contains(receipt.opened, digest); });
  return all && receipt.unopened.empty() ? Opened::all : Opened::part;
}

// When the earliest of some records was somewhere; `none` where there are none.
struct Earliest {
  TimeBounds bounds;
  bool any = false;
  void add(const TimeBounds& one) {
    bounds = any ? earlier(bounds, one) : one;
    any = true;
  }
};

class VersionJudge {
 public:
  VersionJudge(const Case& of, NoticeIndex notice)
      : of_(of),
        notice_(of.body<Notice>(notice)),
        version_(*of.book.version(of.record(notice).id)),
        shown_(out_.shown) {
    out_.record = notice;
    const RecordId* first = of.book.first_of(version_.id);
    shown_.agreement = of.state.id;
    shown_.version = version_.id;
    shown_.first = first ? *first : version_.id;
    shown_.kind = notice_.kind;
    shown_.change = notice_.change;
  }

  // In passes: where it was, what came back, what it said, what was due.
  JudgedVersion judge() && {
    availability();
    receipts();
    people();
    telephone();
    received();
    content();
    recipients();
    shown_.verdict = ladder();
    deadlines();
    return std::move(out_);
  }

 private:
  void finding(NoticeFinding what, std::optional<RecordId> record = {}, std::string detail = {}) {
    shown_.findings.push_back({what, record, std::move(detail)});
  }

  ShownStep step(NoticeIndex index) const {
    const Speaker& by = *of_.speaker(index);
    ShownStep step{of_.record(index).id, by.key.name, OnDuty::no_rota, of_.served(index, by.party), of_.first(index)};
    if (by.party == PartyRole::institution && by.capacity == Capacity::person) {
      // Nobody says anything about a notice before it is there.
      const bool own = of_.in_log(Case::kInstitutionLog, index).shown();
      step.on_duty = of_.on_duty(step.key, {own ? step.first.lower : shown_.recorded.lower, step.first.upper});
    }
    return step;
  }

  bool counts(NoticeIndex index) {
    if (of_.counts(index)) return true;
    if (!of_.record(index).signers.empty()) finding(NoticeFinding::removed_key, of_.record(index).id);
    return false;
  }

  void availability() {
    const std::size_t relays = of_.state.terms.relays.size();
    shown_.relays = relays;
    shown_.quorum = static_cast<std::size_t>(of_.state.terms.quorum);
    std::array<TimeBounds, kAgreementRelays> held;
    for (std::size_t i = 0; i < relays; ++i) {
      held[i] = of_.held(i, version_.availabilities);
      shown_.relays_holding += held[i].shown();
    }
    shown_.available = kth({held.data(), relays}, shown_.quorum);
    shown_.recorded = of_.first(out_.record);
  }

  void receipts() {
    Earliest opened;
    for (NoticeIndex index : version_.receipts) {
      if (!counts(index)) continue;
      const Receipt& receipt = of_.body<Receipt>(index);
      shown_.receipts.push_back(step(index));
      const Opened how = how_opened(notice_.content, receipt);
      most_opened_ = std::max(most_opened_, how);
      arrived_ = true;
      out_.opening_failed |= how == Opened::nothing;
      no_key_ |= receipt.trouble == ReceiptTrouble::no_key;
      if (how == Opened::nothing) continue;
      out_.same_content_named = true;
      opened_digests_.push_back(&receipt.opened);
      opened.add(shown_.receipts.back().first);
      machine_.add(shown_.receipts.back().served);
      if (how == Opened::all) out_.receipts.push_back(of_.record(index).id);
    }
    out_.opened = opened.bounds;
    out_.has_opened = !out_.receipts.empty();
  }

  void people() {
    Earliest first, served, answer;
    for (NoticeIndex index : version_.acknowledgements) {
      if (!counts(index)) continue;
      if (of_.body<Acknowledgement>(index).payload != notice_.content.payload) {
        finding(NoticeFinding::acknowledgement_of_other_content, of_.record(index).id);
        continue;
      }
      shown_.acknowledgements.push_back(step(index));
      out_.acknowledgements.push_back(of_.record(index).id);
      out_.same_content_named = true;
      first.add(shown_.acknowledgements.back().first);
      served.add(shown_.acknowledgements.back().served);
      respond(NoticeStep::acknowledgement, shown_.acknowledgements.back());
    }
    for (NoticeIndex index : version_.answers) {
      if (!counts(index)) continue;
      shown_.answers.push_back(step(index));
      out_.answers.push_back(of_.record(index).id);
      answer.add(shown_.answers.back().served);
      respond(NoticeStep::acknowledgement, shown_.answers.back());
      // A later stage says all that an earlier one would have said.
      const auto stage = static_cast<int>(of_.body<NoticeAnswer>(index).stage);
      for (int one = 0; one <= stage; ++one)
        respond(static_cast<NoticeStep>(static_cast<int>(NoticeStep::initial) + one), shown_.answers.back());
    }
    for (NoticeIndex index : version_.refusals) {
      if (!counts(index)) continue;
      shown_.refusals.push_back(step(index));
      // A person's refusal ends every clock but that of the machine.
      for (NoticeStep one : {NoticeStep::acknowledgement, NoticeStep::initial, NoticeStep::full, NoticeStep::final})
        respond(one, shown_.refusals.back());
    }
    for (NoticeIndex index : version_.closings)
      if (counts(index)) shown_.closings.push_back(step(index));
    out_.acknowledged = first.bounds;
    out_.has_acknowledgement = first.any;
    out_.acknowledged_served = served.any ? served.bounds : of_.nothing_served(PartyRole::institution);
    out_.has_answer = answer.any;
    out_.answered_served = answer.any ? answer.bounds : of_.nothing_served(PartyRole::institution);
  }

  void respond(NoticeStep to, const ShownStep& step) { responses_[static_cast<std::size_t>(to)].add(step.served); }

  // Proven where each side's record has what the other side's system showed.
  void telephone() {
    std::vector<NoticeIndex> calls[2];
    for (NoticeIndex index : version_.calls) {
      if (!counts(index)) continue;
      const PartyRole party = of_.speaker(index)->party;
      if (party == PartyRole::oversight) continue;
      calls[party == PartyRole::institution].push_back(index);
      shown_.calls.push_back(step(index));
    }
    Earliest told;
    std::vector<NoticeIndex> crossed;
    for (NoticeIndex a : calls[0])
      for (NoticeIndex b : calls[1]) {
        const Call &caller = of_.body<Call>(a), &called = of_.body<Call>(b);
        if (caller.shown != called.heard || caller.heard != called.shown) continue;
        // It is proven from when both records are there.
        const TimeBounds one = of_.first(a), other = of_.first(b);
        told.add({std::max(one.lower, other.lower), std::max(one.upper, other.upper)});
        crossed.push_back(a);
        crossed.push_back(b);
      }
    for (const auto& side : calls)
      for (NoticeIndex index : side)
        if (std::find(crossed.begin(), crossed.end(), index) == crossed.end())
          finding(NoticeFinding::telephone_one_sided, of_.record(index).id, of_.speaker(index)->key.name);
    for (NoticeIndex index : crossed) out_.calls.push_back(of_.record(index).id);
    out_.telephone = told.bounds;
    out_.has_telephone = told.any;
  }

  void received() {
    shown_.received = of_.state.terms.received == CountsAsReceived::available ? shown_.available
                      : machine_.any                                          ? machine_.bounds
                                     : of_.nothing_served(PartyRole::institution);
  }

  void content() {
    const OpenedContent opened = opened_content(of_, notice_.content);
    if (!opened.plaintext_there) finding(NoticeFinding::content_withheld, version_.id);
    if (opened.plaintext_there && !opened.whole) finding(NoticeFinding::content_in_part, version_.id);
    if (opened.damaged) finding(NoticeFinding::content_changed, version_.id);
    out_.content_shown = opened.whole;
    for (const OpenedField& one : opened.fields) {
      const bool by_institution =
          std::any_of(opened_digests_.begin(), opened_digests_.end(),
                      [&](const auto* opened_there) { return contains(*opened_there, one.digest); });
      shown_.fields.push_back({one.field.name, one.committed, by_institution && one.committed});
      if (one.field.name != "attribution" || !one.committed || one.field.value == "null") continue;
      out_.attribution_shown = true;
      out_.attribution_opened |= by_institution;
    }
    std::stable_sort(shown_.fields.begin(), shown_.fields.end(), [](const auto& a, const auto& b) {
      const bool first = a.name == "attribution", second = b.name == "attribution";
      return first != second ? first : a.name < b.name;
    });
  }

  void recipients() {
    const auto sealed = of_.contents.sealed.find(notice_.content.ciphertext.sha256.hash);
    if (sealed == of_.contents.sealed.end()) return;
    auto names = recipients_of(sealed->second);
    if (!names) return;
    constexpr auto kInstitution = static_cast<std::size_t>(PartyRole::institution);
    auto named = [&](const std::vector<AgreedBox>& boxes) {
      return std::any_of(boxes.begin(), boxes.end(), [&](const AgreedBox& box) { return contains(*names, box.name); });
    };
    out_.sealed_to_agreed_key = named(of_.state.boxes[kInstitution]);
    if (out_.sealed_to_agreed_key) {
      if (no_key_) finding(NoticeFinding::key_not_there, version_.id);
      return;
    }
    if (!named(of_.state.replaced_boxes[kInstitution]))
      return finding(NoticeFinding::sealed_to_wrong_party, version_.id);
    // Before its replacement was there to be known, it was the right one.
    for (NoticeIndex index : of_.state.changes) {
      const KeyChange& change = of_.body<KeyChange>(index);
      const auto removed = parse_box(change.remove);
      if (change.part != KeyPart::box || change.party != PartyRole::institution || !removed ||
          !contains(*names, removed->name))
        continue;
      if (before(of_.served(index, PartyRole::institution), of_.served(out_.record, PartyRole::notifier)) ==
          Before::yes)
        return finding(NoticeFinding::sealed_to_replaced_key, version_.id);
    }
    out_.sealed_to_agreed_key = true;
  }

  NoticeVerdict ladder() const {
    if (!of_.counts(out_.record)) return NoticeVerdict::not_shown;
    if (!shown_.answers.empty()) return NoticeVerdict::answered;
    if (!shown_.acknowledgements.empty()) return NoticeVerdict::acknowledged;
    if (!shown_.refusals.empty()) return NoticeVerdict::refused;
    if (out_.has_telephone) return NoticeVerdict::told_by_telephone;
    if (most_opened_ == Opened::all) return NoticeVerdict::opened;
    if (most_opened_ == Opened::part) return NoticeVerdict::opened_in_part;
    if (arrived_) return NoticeVerdict::not_opened;
    if (shown_.available.shown()) return NoticeVerdict::available;
    return shown_.relays_holding > 0 ? NoticeVerdict::sent : NoticeVerdict::recorded;
  }

  // When a later version took this one's place, or the notifier closed it; which of the two.
  std::pair<TimeBounds, DeadlineBecause> settled() const {
    Earliest replaced, closed;
    if (const auto later = of_.replaced_by.find(version_.id); later != of_.replaced_by.end())
      for (NoticeIndex index : later->second)
        if (of_.counts(index)) replaced.add(of_.first(index));
    for (const ShownStep& step : shown_.closings) closed.add(step.first);
    if (replaced.any) return {replaced.bounds, DeadlineBecause::replaced};
    return {closed.bounds, closed.any ? DeadlineBecause::closed : DeadlineBecause::none};
  }

  void deadlines() {
    const auto [ended, how] = settled();
    if (how == DeadlineBecause::replaced) finding(NoticeFinding::replaced_afterwards, version_.id);
    if (notice_.change == NoticeChange::withdrawal) return;
    shown_.deadlines.reserve(of_.state.terms.deadlines.size());
    for (const AgreedDeadline& terms : of_.state.terms.deadlines) {
      if (!terms.kinds.empty() && !contains(terms.kinds, kNoticeKindNames[static_cast<std::size_t>(notice_.kind)]))
        continue;
      ShownDeadline one{terms.code, terms.step, {}, terms.after, shifted(shown_.received, terms.after), {}, {}};
      const Earliest& response =
          terms.step == NoticeStep::receipt ? machine_ : responses_[static_cast<std::size_t>(terms.step)];
      one.response = response.any ? response.bounds : of_.nothing_served(PartyRole::institution);
      one.verdict = judge_deadline(shown_.received, terms.after, one.response);
      one.because = because(one);
      if (one.because == DeadlineBecause::log_behind) one.verdict = DeadlineVerdict::undetermined;
      if (one.verdict != DeadlineVerdict::met && how != DeadlineBecause::none &&
          before(ended, one.due) == Before::yes) {
        one.verdict = DeadlineVerdict::undetermined;
        one.because = how;
      }
      shown_.deadlines.push_back(std::move(one));
    }
  }

  DeadlineBecause because(const ShownDeadline& one) const {
    if (one.verdict == DeadlineVerdict::running) {
      // Where other logs go on, those that would show it lag behind.
      std::int64_t latest = kNoLower;
      for (std::size_t log = 0; log < of_.log_count(); ++log) latest = std::max(latest, of_.witnessed_until(log));
      return latest > one.due.upper ? DeadlineBecause::log_behind : DeadlineBecause::evidence_ends;
    }
    if (one.verdict != DeadlineVerdict::undetermined) return DeadlineBecause::none;
    const bool withheld = [&] {
      for (std::size_t log = 0; log < of_.log_count(); ++log)
        if (log != Case::kInstitutionLog && !of_.log_there(log)) return true;
      return false;
    }();
    if (!shown_.received.shown()) return DeadlineBecause::not_received;
    if (one.response.lower == kNoLower || one.due.lower == kNoLower)
      return withheld ? DeadlineBecause::log_withheld : DeadlineBecause::log_behind;
    return DeadlineBecause::bounds_overlap;
  }

  const Case& of_;
  const Notice& notice_;
  const NoticeVersion& version_;
  JudgedVersion out_;
  ShownNotice& shown_;
  Earliest machine_, responses_[5];
  Opened most_opened_ = Opened::nothing;
  bool arrived_ = false, no_key_ = false;
  std::vector<const std::vector<std::string>*> opened_digests_;  // of each receipt
};

}  // namespace

JudgedVersion judge_version(const Case& of, NoticeIndex notice) {
  return VersionJudge(of, notice).judge();
}

OpenedContent opened_content(const Case& of, const SealedContent& content) {
  OpenedContent out;
  auto add = [&](std::string digest, const Disclosed& field, bool committed) {
    const bool known =
        std::any_of(out.fields.begin(), out.fields.end(), [&](const OpenedField& one) { return one.digest == digest; });
    if (!known) out.fields.push_back({std::move(digest), field, committed});
  };
  const auto plaintext = of.contents.opened.find(content.payload);
  if (plaintext != of.contents.opened.end()) {
    out.plaintext_there = true;
    auto payload = read_payload(plaintext->second);
    out.damaged = !payload;
    if (payload) {
      const Opening opening = check_opening(of.state.id, content, plaintext->second, *payload);
      out.whole = opening.whole();
      out.damaged = !opening.agreement_matches || !opening.file_errors.empty();
      for (const std::string& disclosure : payload->disclosures)
        if (auto field = read_disclosure(disclosure)) {
          std::string digest = disclosure_digest(disclosure);
          const bool committed = contains(content.digests, digest);
          add(std::move(digest), *field, committed);
        }
    }
  }
  if (!of.contents.disclosures.empty())
    for (const std::string& digest : content.digests)
      if (const auto field = of.contents.disclosures.find(digest); field != of.contents.disclosures.end())
        add(digest, field->second, true);
  return out;
}

}  // namespace scrutineer

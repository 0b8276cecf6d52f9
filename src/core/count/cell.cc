#include "core/count/cell.h"

#include <algorithm>

#include "core/base/check.h"

namespace scrutineer {

EntryPhase CellCount::phase() const {
  if (agreed_) return EntryPhase::agreed;
  switch (readings_.size()) {
    case 0: return draft_ ? EntryPhase::first : EntryPhase::none;
    case 1: return draft_ ? EntryPhase::second : EntryPhase::one;
    default: return draft_ ? EntryPhase::third : EntryPhase::different;
  }
}

bool CellCount::asks(const Draft& draft, std::string_view field) const {
  if (draft.reading < 3) return form_.find(field) != nullptr;
  return std::find(differing_.begin(), differing_.end(), field) != differing_.end();
}

std::optional<FieldValues> CellCount::answers(const Draft& draft) const {
  if (draft.reading < 3) return read_all(form_, draft.typed, clock_);
  FieldValues values;
  for (const std::string& name : differing_) {
    auto typed = draft.typed.find(name);
    if (typed == draft.typed.end()) return std::nullopt;
    auto value = read_typed(*form_.find(name), typed->second, clock_);
    if (!value) return std::nullopt;
    values.emplace(name, std::move(*value));
  }
  return values;
}

// ---- What can be done ----

std::optional<CountRefusal> CellCount::refusal_to_begin(const Begun& begun) const {
  if (draft_) return CountRefusal::busy;
  if (agreed_) return CountRefusal::nothing_to_enter;
  if (begun.reading > kReadings || begun.reading != static_cast<std::int64_t>(readings_.size()) + 1)
    return CountRefusal::nothing_to_enter;
  if (begun.live && begun.reading != 1) return CountRefusal::nothing_to_enter;
  for (const Reading& reading : readings_)
    if (reading.by.same_person(begun.by)) return CountRefusal::same_person;
  return std::nullopt;
}

std::optional<CountRefusal> CellCount::refusal_to_save(const Saved& saved) const {
  if (!draft_) return CountRefusal::wrong_entry;
  if (draft_->live && !draft_->live->checker) return CountRefusal::live_running;
  if (draft_->reading < 3 && saved.section >= form_.sections.size()) return CountRefusal::malformed;
  for (const auto& [name, text] : saved.typed) {
    if (!asks(*draft_, name) || text.size() > kTypedBytes) return CountRefusal::malformed;
    if (draft_->reading == 3) continue;
    const auto& fields = form_.sections[saved.section].fields;
    if (std::none_of(fields.begin(), fields.end(), [&](const FormField& field) { return field.name == name; }))
      return CountRefusal::malformed;
  }
  return std::nullopt;
}

// Only the machine's own figures, and only before anybody has typed: nothing that people counted is ever filled in.
std::optional<CountRefusal> CellCount::refusal_to_fill(const Filled& filled) const {
  if (!draft_) return CountRefusal::wrong_entry;
  if (draft_->reading == 3 || draft_->live || !draft_->typed.empty()) return CountRefusal::nothing_to_enter;
  for (const auto& [name, text] : filled.typed) {
    const FormField* field = form_.find(name);
    const bool machine = field && (field->ask == Ask::machine_sorted || field->ask == Ask::machine_to_recheck);
    if (!machine || text.size() > kTypedBytes) return CountRefusal::malformed;
  }
  return std::nullopt;
}

std::optional<CountRefusal> CellCount::refusal_to_reopen() const {
  if (round_ == kRounds) return CountRefusal::too_many_rounds;
  if (draft_) return CountRefusal::busy;
  return std::nullopt;
}

std::optional<CountRefusal> CellCount::refusal(const CountAct& act) const {
  struct {
    const CellCount& cell;
    using Answer = std::optional<CountRefusal>;
    Answer live(bool wanted, CountRefusal otherwise) const { return wanted ? std::nullopt : std::optional(otherwise); }
    const LiveRun* run() const { return cell.draft_ && cell.draft_->live ? &*cell.draft_->live : nullptr; }
    Answer operator()(const Begun& a) const { return cell.refusal_to_begin(a); }
    Answer operator()(const Saved& a) const { return cell.refusal_to_save(a); }
    Answer operator()(const Confirmed&) const { return live(cell.draft_.has_value(), CountRefusal::wrong_entry); }
    Answer operator()(const Prepared&) const {
      if (!cell.draft_) return CountRefusal::wrong_entry;
      if (run() && !run()->checker) return CountRefusal::live_running;
      return live(cell.answers(*cell.draft_).has_value(), CountRefusal::incomplete);
    }
    Answer operator()(const Entered&) const {
      if (!cell.draft_) return CountRefusal::wrong_entry;
      return live(cell.draft_->prepared.has_value(), CountRefusal::not_prepared);
    }
    Answer operator()(const Discarded&) const { return live(cell.draft_.has_value(), CountRefusal::wrong_entry); }
    Answer operator()(const LiveStepped& a) const {
      if (!run() || run()->ended()) return CountRefusal::no_live_count;
      if (a.step.kind == LiveStep::Kind::option && a.step.option >= cell.form_.options) return CountRefusal::malformed;
      if (run()->tally.steps().size() == kLiveSteps) return CountRefusal::malformed;
      return live(a.step.kind != LiveStep::Kind::undo || run()->tally.last(), CountRefusal::nothing_to_undo);
    }
    Answer operator()(const LiveEnded&) const { return live(run() && !run()->ended(), CountRefusal::no_live_count); }
    Answer operator()(const LiveConfirmed& a) const {
      if (!run() || !run()->ended() || run()->checker) return CountRefusal::no_live_count;
      return live(!a.by.same_person(cell.draft_->by), CountRefusal::checker_is_recorder);
    }
    Answer operator()(const AcceptedError&) const { return live(cell.agreed_.has_value(), CountRefusal::not_agreed); }
    Answer operator()(const Attached&) const { return std::nullopt; }
    Answer operator()(const Offered&) const { return live(cell.agreed_.has_value(), CountRefusal::not_agreed); }
    Answer operator()(const Reopened&) const { return cell.refusal_to_reopen(); }
    Answer operator()(const Filled& a) const { return cell.refusal_to_fill(a); }
  } answer{*this};
  return std::visit(answer, act);
}

// ---- What it does ----

void CellCount::apply(const CountAct& act) {
  check(!refusal(act), "an act is asked about before it is done");
  std::visit([&](const auto& one) { do_it(one); }, act);
}

void CellCount::do_it(const Begun& act) {
  draft_ = Draft{};
  draft_->token = act.token;
  draft_->by = act.by;
  draft_->reading = act.reading;
  draft_->at = act.at;
  if (act.live) draft_->live.emplace(form_.options);
  since_ = act.at;
}

void CellCount::do_it(const Saved& act) {
  for (const auto& [name, text] : act.typed) {
    auto& typed = draft_->typed[name];
    if (typed == text) continue;
    typed = text;
    draft_->prepared.reset();
    draft_->confirmed.clear();  // what was read again were other figures
  }
  draft_->section = act.section;
  draft_->seen.insert(act.section);
}

void CellCount::do_it(const Entered& act) {
  Draft done = std::move(*draft_);
  draft_.reset();
  readings_.push_back({done.by, *answers(done), act.record, act.at});
  if (done.live) live_ = std::move(done.live);
  since_ = act.at;
  settle();
}

// The first and the second entry agree; or each answer of the third reading is that of one of them; or everything is
// entered again.
void CellCount::settle() {
  if (readings_.size() == 2) {
    differing_ = differing_fields(form_, readings_[0].values, readings_[1].values);
    if (differing_.empty()) agreed_ = readings_[0].values;
  } else if (readings_.size() == 3) {
    FieldValues settled = readings_[0].values;
    for (const std::string& name : differing_) {
      const std::string& third = readings_[2].values.at(name);
      if (third != readings_[0].values.at(name) && third != readings_[1].values.at(name)) {
        if (round_ < kRounds) return new_round();
        return;  // the last round stays different: people have to talk
      }
      settled[name] = third;
    }
    agreed_ = std::move(settled);
  }
}

void CellCount::new_round() {
  ++round_;
  readings_.clear();
  differing_.clear();
  agreed_.reset();
  live_.reset();
  accepted_.clear();
  offered_.clear();
}

void CellCount::do_it(const Discarded&) {
  draft_.reset();
  since_ = readings_.empty() ? std::nullopt : std::optional(readings_.back().at);
}

// The marks go into the form: the recorder's entry is half done, and says that it was a live count.
void CellCount::do_it(const LiveConfirmed& act) {
  LiveRun& run = *draft_->live;
  run.checker = act.by;
  std::int64_t valid = 0;
  for (std::size_t i = 0; i < form_.options; ++i) {
    draft_->typed["votes/" + std::to_string(i + 1)] = std::to_string(run.tally.tally()[i]);
    valid += run.tally.tally()[i];
  }
  draft_->typed["valid"] = std::to_string(valid);
  draft_->typed["invalid"] = std::to_string(run.tally.tally().back());
}

void CellCount::do_it(const Offered& act) {
  std::erase_if(offered_,
                [&](const Offered& other) { return other.to.key == act.to.key && other.at + 3'600 < act.at; });
  offered_.push_back(act);
}

void CellCount::do_it(const Reopened& act) {
  new_round();
  reopened_ = act;
  since_ = act.at;
}

std::string disclosed_value(const FieldValues& values) {
  JsonWriter out;
  out.begin_object();
  for (const auto& [name, value] : values) out.member(name, value);
  out.end_object();
  return out.take();
}

}  // namespace scrutineer

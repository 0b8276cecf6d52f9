#include "app/demo/records.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/check.h"

namespace scrutineer::demo {
namespace {

constexpr std::size_t kPensKept = 8;

const Trouble* trouble_of(const Night& night, std::uint32_t unit) {
  auto found = night.plan.find(unit);
  return found == night.plan.end() ? nullptr : &found->second;
}

// The first sheet of these units is wrong: a bundle stands under another list.
bool begins_wrong(IncidentKind kind) {
  return kind == IncidentKind::recount || kind == IncidentKind::conflict_settled || kind == IncidentKind::conflict_open;
}

std::string text_of(const Night& night, std::int64_t at, RecordBody body) {
  return record_text(Record{night.id, local_time(at), std::move(body)});
}

RecordId sheet_id(const Night& night, std::uint32_t unit, std::uint8_t version);

void replace_earlier(CountSheet& sheet, const Night& night, std::uint32_t unit, IncidentKind kind,
                     std::uint8_t version) {
  if (kind == IncidentKind::recount && version == 1) {
    sheet.replaces = sheet_id(night, unit, 0);
    sheet.reason =
        "재확인: 묶음 하나가 다른 정당의 득표로 기재되었음 / Recount: one bundle had been booked under another list";
  } else if (kind == IncidentKind::conflict_settled && version == 2) {
    sheet.replaces = sheet_id(night, unit, 0);
    sheet.reason =
        "두 표가 서로 달라 투표지를 다시 셈: 두 번째 표가 맞음 / The two sheets differed and the papers were counted "
        "again: the second one is right";
  }
}

std::string sheet_text(const Night& night, std::uint32_t unit, std::uint8_t version) {
  const Trouble* trouble = trouble_of(night, unit);
  Figures figures = true_figures(night, unit);
  Slip slip;
  if (trouble && version == 0 && begins_wrong(trouble->kind)) slip = slip_of(figures);
  CountSheet sheet = sheet_of(night.country, unit, figures, slip);
  Times times = times_of(night.country, night.seed, unit, figures, oddity_of(night, unit));
  Times now = trouble ? later(times, minutes_after(trouble->kind, version)) : times;
  // Only a new count has new times; what was merely sent or signed once more has a new `at`.
  bool again = trouble && begins_wrong(trouble->kind);
  write_times(sheet, again ? now : times);
  if (trouble) replace_earlier(sheet, night, unit, trouble->kind, version);
  return text_of(night, now.signed_at, std::move(sheet));
}

RecordId sheet_id(const Night& night, std::uint32_t unit, std::uint8_t version) {
  return record_id(sheet_text(night, unit, version));
}

Scope scope_of(const Night& night, const Person& person) {
  if (person.post == Post::coordinator || person.post >= Post::centre_chair)
    return {{night.country.districts[person.place].path}, {"*"}};
  if (person.post == Post::chair || person.post == Post::member) return {{unit_id(person.place).value()}, {"*"}};
  return {{"/"}, {"*"}};
}

// Its time follows from the person, so that a revocation can name it.
std::string grant_text(const Night& night, const Person& person) {
  constexpr std::int64_t kTwoDays = 2 * 24 * 60 * 60;
  std::int64_t at = polls_close() - kTwoDays + (person.post >= Post::chair ? 3'600 : 0);
  return text_of(night, at,
                 Grant{Pen(night.seed, person).vkey(), Role(std::string(role_of(person))), scope_of(night, person)});
}

std::string text_of(const Night& night, const Step& step) {
  switch (step.kind) {
    case StepKind::definition: return record_text(Record{{}, {}, night.election.definition});
    case StepKind::grant: return grant_text(night, step.who);
    case StepKind::revoke:
      return text_of(
          night, step.time,
          Revoke{record_id(grant_text(night, step.who)), "서명 카드 분실 신고 / The signing card was reported lost"});
    case StepKind::compromised:
      return text_of(night, step.time,
                     Compromised{Pen(night.seed, step.who).vkey(), static_cast<std::int64_t>(night.script.setup) - 1,
                                 "서명 카드가 다른 사람 손에 있었음 / The signing card had been in other hands"});
    case StepKind::sheet: return sheet_text(night, step.unit, step.version);
    case StepKind::refusal:
      return text_of(night, step.time,
                     Refusal{sheet_id(night, step.unit, step.version),
                             "무효표 2매의 판정에 동의하지 않음 / I do not agree that two papers are invalid"});
    case StepKind::adopt:
      return text_of(night, step.time,
                     Adopt{sheet_id(night, step.unit, step.version),
                           "종이 개표상황표와 대조하여 서명과 수를 확인함 / Signatures and figures were checked "
                           "against the paper sheet"});
  }
  __builtin_unreachable();
}

std::vector<Person> signers_of(const Night& night, const Step& step) {
  const std::vector<Person> roots = {{Post::root, 0, 0, 1}, {Post::root, 0, 0, 2}};
  auto coordinator = [](std::uint32_t district) { return Person{Post::coordinator, district, 0, 0}; };
  switch (step.kind) {
    case StepKind::definition: return roots;
    case StepKind::grant:
      if (step.who.post == Post::chair || step.who.post == Post::member) return {coordinator(step.who.district)};
      if (step.who.post >= Post::centre_chair) return {coordinator(step.who.place)};
      return roots;
    case StepKind::revoke:
    case StepKind::compromised: return {coordinator(step.who.district)};
    case StepKind::adopt: return {coordinator(night.country.units[step.unit].district)};
    case StepKind::refusal: return {step.who};
    case StepKind::sheet: break;
  }
  std::uint32_t district = night.country.units[step.unit].district;
  std::vector<Person> people;
  if (step.signers & kChair) people.push_back({Post::chair, step.unit, district, 0});
  for (std::uint8_t number = 1; number <= 3; ++number)
    if (step.signers >> number & 1) people.push_back({Post::member, step.unit, district, number});
  return people;
}

}  // namespace

Oddity oddity_of(const Night& night, std::uint32_t unit) {
  const Trouble* trouble = trouble_of(night, unit);
  return trouble ? trouble->oddity : Oddity::none;
}

Figures true_figures(const Night& night, std::uint32_t unit) {
  const Trouble* trouble = trouble_of(night, unit);
  return figures_of(night.country, night.seed, trouble ? trouble->figures_of : unit, oddity_of(night, unit));
}

Pen& PenBox::of(const Person& person) {
  auto found = std::find_if(pens_.begin(), pens_.end(), [&](const auto& kept) { return kept.first == person; });
  if (found != pens_.end()) return *found->second;
  if (pens_.size() == kPensKept) pens_.erase(pens_.begin());
  return *pens_.emplace_back(person, std::make_unique<Pen>(seed_, person)).second;
}

Bytes entry_of(const Night& night, const Step& step, PenBox& pens) {
  std::string text = text_of(night, step);
  std::vector<NoteSignature> signatures;
  for (const Person& person : signers_of(night, step)) signatures.push_back(pens.of(person).sign(text));
  auto entry = entry_bytes(text, std::move(signatures));
  check(entry.has_value(), "what the simulation writes is an entry");
  return std::move(*entry);
}

}  // namespace scrutineer::demo

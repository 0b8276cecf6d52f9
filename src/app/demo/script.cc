#include "app/demo/script.h"

#include <algorithm>

namespace scrutineer::demo {
namespace {

constexpr std::int64_t kMinute = 60;
constexpr std::int64_t kDay = 24 * 60 * kMinute;
constexpr std::uint8_t kUsual = kChair | kMember1 | kMember2;

class Writer {
 public:
  Writer(const Country& country, std::string_view seed, const Plan& plan)
      : country_(country), seed_(seed), plan_(plan) {}

  Script write() {
    add({StepKind::definition, 0, 0, {}, 0, polls_close() - 30 * kDay});
    grant_all();
    std::stable_sort(script_.steps.begin(), script_.steps.end(), before);
    script_.setup = script_.steps.size();
    for (std::uint32_t unit = 0; unit < country_.units.size(); ++unit) count(unit);
    std::stable_sort(script_.steps.begin() + static_cast<std::ptrdiff_t>(script_.setup), script_.steps.end(), before);
    return std::move(script_);
  }

 private:
  static bool before(const Step& a, const Step& b) { return a.time < b.time; }
  void add(const Step& step) { script_.steps.push_back(step); }

  // Two days before: the roots' grants, then each coordinator's, a few seconds apart.
  void grant_all() {
    std::int64_t time = polls_close() - 2 * kDay;
    auto grant = [&](const Person& person) { add({StepKind::grant, 0, 0, person, 0, time++}); };
    grant({Post::publisher, 0, 0, 0});
    grant({Post::national, 0, 0, 0});
    for (std::uint32_t district = 0; district < country_.districts.size(); ++district)
      grant({Post::coordinator, district, 0, 0});
    for (std::uint32_t unit = 0; unit < country_.units.size(); ++unit) {
      std::uint32_t district = country_.units[unit].district;
      grant({Post::chair, unit, district, 0});
      for (std::uint8_t number = 1; number <= members(unit); ++number) grant({Post::member, unit, district, number});
    }
    if (!plan_.centre) return;
    for (const Person& person : centre_people()) grant(person);
  }
  std::uint8_t members(std::uint32_t unit) const {
    auto trouble = plan_.find(unit);
    return trouble != plan_.end() && has_third_member(trouble->second.kind) ? 3 : 2;
  }

  void sheet(std::uint32_t unit, std::uint8_t version, std::uint8_t signers, std::int64_t time) {
    add({StepKind::sheet, version, signers, {}, unit, time});
  }
  void about(StepKind kind, std::uint32_t unit, const Person& who, std::int64_t time) {
    add({kind, 0, 0, who, unit, time});
  }

  void count(std::uint32_t unit) {
    auto found = plan_.find(unit);
    Oddity oddity = found == plan_.end() ? Oddity::none : found->second.oddity;
    std::uint32_t source = found == plan_.end() ? unit : found->second.figures_of;
    Times times = times_of(country_, seed_, unit, figures_of(country_, seed_, source, oddity), oddity);
    if (found == plan_.end())
      sheet(unit, 0, kUsual, times.arrived);
    else
      count_with_trouble(unit, found->second.kind, times.arrived);
  }

  void count_with_trouble(std::uint32_t unit, IncidentKind kind, std::int64_t time) {
    std::uint32_t district = country_.units[unit].district;
    Person chair{Post::chair, unit, district, 0}, second{Post::member, unit, district, 2},
        third{Post::member, unit, district, 3};
    switch (kind) {
      case IncidentKind::implausible: return sheet(unit, 0, kUsual, time);
      case IncidentKind::recount:
      case IncidentKind::duplicate:
      case IncidentKind::conflict_open:
        sheet(unit, 0, kUsual, time);
        return sheet(unit, 1, kUsual, time + minutes_after(kind, 1) * kMinute);
      case IncidentKind::conflict_settled:
        for (std::uint8_t version = 0; version < 3; ++version)
          sheet(unit, version, kUsual, time + minutes_after(kind, version) * kMinute);
        return;
      case IncidentKind::refusal:
        sheet(unit, 0, kUsual, time);
        return about(StepKind::refusal, unit, third, time + 3 * kMinute);
      case IncidentKind::revoked_adopted:
        about(StepKind::revoke, unit, second, time - 10 * kMinute);
        sheet(unit, 0, kUsual, time);
        return about(StepKind::adopt, unit, {}, time + 40 * kMinute);
      case IncidentKind::revoked_left:
        about(StepKind::revoke, unit, second, time - 10 * kMinute);
        sheet(unit, 0, kUsual, time);
        return sheet(unit, 1, kChair | kMember1 | kMember3, time + minutes_after(kind, 1) * kMinute);
      case IncidentKind::compromised_adopted:
        sheet(unit, 0, kUsual, time);
        about(StepKind::compromised, unit, chair, time + 30 * kMinute);
        return about(StepKind::adopt, unit, {}, time + 75 * kMinute);
      case IncidentKind::one_by_one:
        sheet(unit, 0, kChair, time);
        sheet(unit, 0, kMember2, time + 2 * kMinute);
        return sheet(unit, 0, kMember1, time + 7 * kMinute);
      case IncidentKind::never_arrived: return;
    }
  }

  const Country& country_;
  std::string_view seed_;
  const Plan& plan_;
  Script script_;
};

}  // namespace

std::int64_t minutes_after(IncidentKind kind, std::uint8_t version) {
  return version * (kind == IncidentKind::duplicate || kind == IncidentKind::revoked_left ? 7 : 90);
}

std::vector<Person> centre_people() {
  std::vector<Person> people = {{Post::centre_chair, 0, 0, 0}};
  for (std::uint8_t number = 1; number <= 3; ++number) people.push_back({Post::centre_member, 0, 0, number});
  for (std::uint8_t number = 1; number <= 3; ++number) people.push_back({Post::centre_typist, 0, 0, number});
  people.push_back({Post::centre_observer, 0, 0, 1});
  people.push_back({Post::centre_sorter, 0, 0, 1});
  return people;
}

Script make_script(const Country& country, std::string_view seed, const Plan& plan) {
  return Writer(country, seed, plan).write();
}

}  // namespace scrutineer::demo

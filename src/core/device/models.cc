#include "core/device/models.h"

#include <algorithm>

#include <fmt/format.h>

namespace scrutineer::device {
namespace {

const std::array<Bilingual, 6> kPresenceWords = {{
    {"기기가 스스로 보여 줌", "shown by the machine"},
    {"사람이 확인: 달려 있음", "seen by people"},
    {"사람이 확인: 달려 있으나 봉인됨", "seen by people, sealed off"},
    {"사람이 확인: 없음", "people looked: none"},
    {"기기가 보여 주지 않음 (사람은 보지 않음)", "not shown by the machine (nobody looked)"},
    {"알 수 없음", "not known"},
}};

bool can(Presence presence) {
  return presence == Presence::shown || presence == Presence::fitted;
}
bool told(Presence presence) {
  return presence != Presence::unknown;
}

WayVerdict verdict_of(Presence first, Presence second) {
  if (can(first) && can(second)) return WayVerdict::both;
  if (!told(first) || !told(second)) return WayVerdict::not_known;
  if (can(first)) return WayVerdict::only_first;
  if (can(second)) return WayVerdict::only_second;
  return WayVerdict::neither_shown;
}

// {0}: the way, {1}: who can, {2}: who shows none.
const std::array<Bilingual, 5> kVerdictSentences = {{
    {"{0}: {1}은(는) 전송할 수 있고, {2}에서는 보이지 않습니다.", "{0}: {1} can transmit, {2} shows none."},
    {"{0}: {1}은(는) 전송할 수 있고, {2}에서는 보이지 않습니다.", "{0}: {1} can transmit, {2} shows none."},
    {"{0}: {1}와(과) {2} 모두 전송할 수 있습니다.", "{0}: both {1} and {2} can transmit."},
    {"{0}: {1}와(과) {2} 모두에서 보이지 않습니다.", "{0}: neither {1} nor {2} shows any."},
    {"{0}: {1}와(과) {2} 가운데 알려지지 않은 것이 있어 비교할 수 없습니다.",
     "{0}: not to be compared, as {1} or {2} is not known."},
}};

Bilingual filled(const Bilingual& pattern, const Bilingual& way, const std::string& a, const std::string& b) {
  return {fmt::format(fmt::runtime(pattern.ko), way.ko, a, b), fmt::format(fmt::runtime(pattern.en), way.en, a, b)};
}

// The same in two machines where the places differ: eth0 and eth1 of one kind are the same capability.
bool same(const Capability& a, const Capability& b) {
  return a.way == b.way && a.readiness == b.readiness && a.detail == b.detail;
}

std::vector<Capability> only_in(const ModelView& one, const ModelView& other) {
  std::vector<Capability> out, rest = other.capabilities;
  for (const Capability& capability : one.capabilities) {
    auto found = std::find_if(rest.begin(), rest.end(), [&](const Capability& c) { return same(c, capability); });
    if (found != rest.end())
      rest.erase(found);
    else
      out.push_back(capability);
  }
  return out;
}

Bilingual summary_of(const ModelComparison& comparison, const std::string& first, const std::string& second) {
  auto list = [&](WayVerdict verdict) {
    Bilingual names;
    for (const WayComparison& one : comparison.ways) {
      if (one.verdict != verdict) continue;
      names.ko += (names.ko.empty() ? "" : ", ") + word(one.way).ko;
      names.en += (names.en.empty() ? "" : ", ") + word(one.way).en;
    }
    return names;
  };
  const Bilingual a = list(WayVerdict::only_first), b = list(WayVerdict::only_second);
  Bilingual out;
  auto add = [&](const std::string& who, const std::string& other, const Bilingual& names) {
    if (names.ko.empty()) return;
    out.ko +=
        fmt::format("{}은(는) {}(으)로 전송할 수 있고, {}은(는) 그렇다고 보여 주지 않습니다. ", who, names.ko, other);
    out.en += fmt::format("{} can transmit by: {}; {} does not show that it can. ", who, names.en, other);
  };
  add(first, second, a);
  add(second, first, b);
  if (out.ko.empty())
    out = {"알려진 것에서는 전송 수단의 차이가 없습니다. ", "In what is known, both transmit by the same ways. "};
  out.ko += kAbsence.ko;
  out.en += kAbsence.en;
  return out;
}

}  // namespace

ModelView view_of(std::string name, const Inventory* inventory, const DeviceEnrolment* enrolment) {
  ModelView view;
  view.name = std::move(name);
  view.ways.fill(inventory ? Presence::not_shown : Presence::unknown);
  if (enrolment)
    for (const Transmitter& known : enrolment->transmitters) {
      Presence& presence = view.ways[static_cast<std::size_t>(known.way)];
      switch (known.state) {
        case Fitted::absent:
        case Fitted::removed: presence = Presence::absent; break;
        case Fitted::fitted: presence = Presence::fitted; break;
        case Fitted::sealed: presence = Presence::disabled; break;
        case Fitted::unknown: break;
      }
    }
  if (!inventory) return view;
  view.capabilities = capabilities(*inventory);
  // A driver that waits for a device is no way to transmit yet; what could not be looked at is none that is shown.
  for (const Capability& one : view.capabilities)
    if (one.readiness != Readiness::driver_only && one.readiness != Readiness::not_looked)
      view.ways[static_cast<std::size_t>(one.way)] = Presence::shown;
  return view;
}

ModelComparison compare(const ModelView& first, const ModelView& second) {
  ModelComparison comparison;
  for (std::size_t i = 0; i < kWays; ++i) {
    WayComparison one{
        static_cast<Way>(i), first.ways[i], second.ways[i], verdict_of(first.ways[i], second.ways[i]), {}};
    const bool swap = one.verdict == WayVerdict::only_second;
    one.sentence = filled(kVerdictSentences[static_cast<std::size_t>(one.verdict)], word(one.way),
                          swap ? second.name : first.name, swap ? first.name : second.name);
    comparison.ways.push_back(std::move(one));
  }
  comparison.only_first = only_in(first, second);
  comparison.only_second = only_in(second, first);
  comparison.summary = summary_of(comparison, first.name, second.name);
  return comparison;
}

const Bilingual& word(Presence presence) {
  return kPresenceWords[static_cast<std::size_t>(presence)];
}

}  // namespace scrutineer::device

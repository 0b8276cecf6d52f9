#include "core/ballotmaker/oval_noise.h"

#include <algorithm>

#include "core/ballotmaker/defects.h"
#include "core/ballotmaker/dice.h"
#include "core/image/grey.h"

namespace scrutineer {
namespace {

template <class Change>
std::function<GreyPage(GreyView, std::uint64_t)> changed(Change change) {
  return [change](GreyView page, std::uint64_t seed) {
    GreyPage copy = copy_of(page);
    change(copy, seed);
    return copy;
  };
}

// As paper that lies askew on the glass: with room for its corners.
GreyPage turned(GreyView page, int millidegrees) {
  return rotated(with_border(page, 60, 60, 60, 60, 255).view(), millidegrees);
}

std::function<GreyPage(GreyView, std::uint64_t)> turned_up_to(int millidegrees) {
  return [millidegrees](GreyView page, std::uint64_t seed) {
    Dice dice(seed);
    return turned(page, dice.between(-millidegrees, millidegrees));
  };
}

}  // namespace

const std::vector<NoiseRow>& noise_rows() {
  static const std::vector<NoiseRow> rows = {
      {"as drawn", 20, [](GreyView p, std::uint64_t) { return copy_of(p); }},
      {"upside down", 20, [](GreyView p, std::uint64_t) { return turned_round(p); }},
      {"rotation to 1 degree", 20, turned_up_to(1'000)},
      {"rotation to 2 degrees", 20, turned_up_to(2'000)},
      {"rotation of 3 degrees", 20, [](GreyView p, std::uint64_t s) { return turned(p, s % 2 != 0 ? 3'000 : -3'000); }},
      {"fading 50%", 20, changed([](GreyPage& p, std::uint64_t) { fade(p, 50); })},
      {"fading 75%", 20, changed([](GreyPage& p, std::uint64_t) { fade(p, 75); })},
      {"150 dpi", 20, [](GreyView p, std::uint64_t) { return rescaled(p, 200, 150); }},
      {"100 dpi", 20, [](GreyView p, std::uint64_t) { return rescaled(p, 200, 100); }},
      {"noise sigma 15", 20, changed([](GreyPage& p, std::uint64_t s) { add_noise(p, 15, s); })},
      {"noise sigma 30", 20, changed([](GreyPage& p, std::uint64_t s) { add_noise(p, 30, s); })},
      {"noise sigma 50", 500, changed([](GreyPage& p, std::uint64_t s) { add_noise(p, 50, s); })},
      {"salt and pepper 1%", 20, changed([](GreyPage& p, std::uint64_t s) { add_salt_and_pepper(p, 10, s); })},
      {"salt and pepper 3%", 20, changed([](GreyPage& p, std::uint64_t s) { add_salt_and_pepper(p, 30, s); })},
      {"blur 1.5", 20, [](GreyView p, std::uint64_t) { return blurred(p, 15); }},
      {"blur 3", 500, [](GreyView p, std::uint64_t) { return blurred(p, 30); }},
      {"three streaks of 1 px", 20, changed([](GreyPage& p, std::uint64_t s) { add_streaks(p, 3, 1, 40, s); })},
      {"three streaks of 3 px", 20, changed([](GreyPage& p, std::uint64_t s) { add_streaks(p, 3, 3, 40, s); })},
      {"shading 40%", 20, changed([](GreyPage& p, std::uint64_t s) { shade(p, 40, s % 2 != 0); })},
      {"shading 60%", 500, changed([](GreyPage& p, std::uint64_t s) { shade(p, 60, s % 2 != 0); })},
      {"feed stretch of 15 px", 20,
       [](GreyView p, std::uint64_t s) {
         Dice dice(s);
         return feed_stretched(p, dice.between(120, p.height - 120), 15);
       }},
  };
  return rows;
}

MarkedPage mark_page(GreyView blank, const OvalDefinition& definition, std::size_t page, SheetPoint origin,
                     double pixels_per_mark, std::uint64_t seed) {
  Dice dice(seed);
  MarkedPage marked{copy_of(blank), {}};
  for (std::size_t i = 0; i < definition.contests.size(); ++i) {
    std::vector<std::uint16_t> places;
    for (std::size_t k = 0; k < definition.places.size(); ++k) {
      const OvalPlace& place = definition.places[k];
      if (place.contest == i && place.page == page && !definition.contests[i].options[place.option].write_in)
        places.push_back(static_cast<std::uint16_t>(k));
    }
    const auto votes = std::min<std::int64_t>(definition.contests[i].seats, static_cast<std::int64_t>(places.size()));
    for (std::int64_t vote = dice.between(0, static_cast<std::int32_t>(votes)); vote > 0; --vote) {
      const auto pick = static_cast<std::ptrdiff_t>(dice.below(static_cast<std::uint32_t>(places.size())));
      const std::uint16_t chosen = places[static_cast<std::size_t>(pick)];
      places.erase(places.begin() + pick);
      const OvalPlace& place = definition.places[chosen];
      const SheetPoint middle{origin.x + place.column * pixels_per_mark / 100,
                              origin.y + place.row * pixels_per_mark / 100};
      draw_oval_ink(marked.page, middle, pixels_per_mark, dice.one_in(3) ? OvalInk::scribble : OvalInk::filled,
                    dice.next());
      marked.truth.push_back(chosen);
    }
  }
  std::sort(marked.truth.begin(), marked.truth.end());
  return marked;
}

}  // namespace scrutineer

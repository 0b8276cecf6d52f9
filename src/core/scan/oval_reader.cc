#include "core/scan/oval_reader.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "core/image/grey.h"
#include "core/scan/oval_damage.h"

namespace scrutineer {
namespace {

constexpr int kSmallestWidth = 600;   // pixels: below 75 dpi of a letter sheet an oval's line is not seen
constexpr float kLeastContrast = 40;  // grey values between paper and print
constexpr int kBlankInk = 3;          // per mille of dark pixels below which nothing is printed
constexpr float kShiftMost = 0.25F;   // marks: further is no local movement of the paper
constexpr int kWritingInk = 25;       // per mille of an area for writing, beyond the form's and a fifth of it
constexpr int kNearInk = 30;          // the same around a name

SheetReading rejected(SheetDefect defect, std::string detail) {
  SheetReading reading;
  reading.defect = defect;
  reading.detail = std::move(detail);
  return reading;
}

// Why no timing marks were found: nothing printed, too pale, or another thing altogether.
SheetReading without_frame(GreyView small, const OvalFrameResult& frame) {
  const Histogram values = histogram(small, 0, 0, small.width, small.height);
  const int light = percentile(values, 900), dark = percentile(values, 5);
  std::uint64_t below = 0;
  for (int v = 0; v < light * 7 / 8; ++v) below += values[static_cast<std::size_t>(v)];
  if (below * 1000 < static_cast<std::uint64_t>(small.width) * static_cast<std::uint64_t>(small.height) * kBlankInk) {
    return light - dark < 60 ? rejected(SheetDefect::blank_page, "nothing is printed on it")
                             : rejected(SheetDefect::blank_page, "next to nothing is printed on it");
  }
  if (light - dark < static_cast<int>(kLeastContrast))
    return rejected(SheetDefect::faded, "print is hardly darker than the paper");
  return rejected(frame.defect, frame.detail);
}

// Marks or print were not found: why, where that is seen. Another ballot stays another ballot.
void name_damage(GreyView page, GreyView small, const StreakColumns& streaks, SheetReading& reading) {
  if (reading.defect != SheetDefect::not_this_ballot && reading.defect != SheetDefect::registration_frame &&
      reading.defect != SheetDefect::registration_anchor && reading.defect != SheetDefect::torn)
    return;
  const auto damage = find_oval_damage(page, small, streaks);
  // One side that lost its end is torn, or has a hole there.
  if (damage && (reading.defect != SheetDefect::torn || damage->defect == SheetDefect::hole)) {
    reading.defect = damage->defect;
    reading.detail = damage->detail + "; " + reading.detail;
  }
}

// Which page of the form these timing marks are of; or what else they say.
std::optional<std::size_t> page_of(const OvalForm& form, const OvalBits& bits, SheetReading& why) {
  for (std::size_t i = 0; i < form.pages.size(); ++i) {
    if (form.pages[i].bottom == bits) return i;
  }
  const OvalDefinition& definition = form.definition;
  if (const auto front = front_code(bits)) {
    why = definition.card && front->card == *definition.card
              ? rejected(SheetDefect::wrong_election,
                         fmt::format("card {} of another precinct: {}", front->card, front->precinct))
              : rejected(SheetDefect::wrong_election, fmt::format("card number {}", front->card));
  } else if (const auto back = back_code(bits)) {
    why = rejected(SheetDefect::wrong_election, fmt::format("a back side of an election of 20{:02}-{:02}-{:02}",
                                                            back->year, back->month, back->day));
  } else {
    why = rejected(SheetDefect::registration_frame, "the timing marks along the bottom are not those of any page");
  }
  return std::nullopt;
}

// The page is read from memory once: streaks are looked for in the rows that were just made small.
StreakColumns look_once(GreyView page, int factor, GreyPage& small) {
  constexpr int kRowsAtOnce = 8;
  StreakFinder streaks(page);
  for (int y = 0; y < small.height(); y += kRowsAtOnce) {
    const int end = std::min(small.height(), y + kRowsAtOnce);
    reduce_rows(page, factor, y, end, small);
    streaks.look_down_to(end * factor);
  }
  streaks.look_down_to(page.height);
  return streaks.found();
}

PagePoint shift_at(const OvalAnchor& anchor, const AnchorResult& found, float column, float row) {
  for (std::size_t i = 0; i < anchor.blocks.size(); ++i) {
    const AnchorBlock& block = anchor.blocks[i];
    const float x = (column + 1) * OvalMap::kSteps, y = (row + 1) * OvalMap::kSteps;
    if (x >= static_cast<float>(block.x) && x < static_cast<float>(block.x + block.width) &&
        y >= static_cast<float>(block.y) && y < static_cast<float>(block.y + block.height)) {
      const PagePoint& shift = found.shifts[i];
      return {std::clamp(shift.x, -kShiftMost, kShiftMost), std::clamp(shift.y, -kShiftMost, kShiftMost)};
    }
  }
  return {};
}

bool more_ink(int seen, int blank, int limit) {
  return seen > blank + blank / 5 + limit;
}

void note_writing(const OvalForm& form, const OvalPageForm& page, const OvalMap& map, SheetReading& reading) {
  for (std::size_t i = 0; i < page.places.size(); ++i) {
    const OvalPlace& place = form.definition.places[page.places[i]];
    PlaceReading& read = reading.places[i];
    if (read.mark != MarkClass::none) continue;
    const bool written = place.writing && more_ink(area_ink(map, *place.writing), page.writing_ink[i], kWritingInk);
    if (written || more_ink(area_ink(map, near_area(place)), page.near_ink[i], kNearInk))
      read.mark = MarkClass::added_writing;
  }
}

// How far a place's scores are from changing it: per mille.
int place_confidence(const PlaceReading& place) {
  const int score = std::min<int>(place.density.score, 1'000);
  if (place.mark == MarkClass::none) return std::clamp(1'000 - score * 1'000 / kDensityNone, 0, 1'000);
  if (place.mark == MarkClass::clean || place.mark == MarkClass::light)
    return std::clamp((score - kDensityNone) * 1'000 / 270, 0, 1'000);
  return 0;
}

}  // namespace

std::vector<ContestReading> oval_contests(const OvalDefinition& definition, std::size_t page,
                                          const std::vector<PlaceReading>& places) {
  std::vector<ContestReading> contests;
  for (std::size_t i = 0; i < definition.contests.size(); ++i) {
    std::set<std::uint16_t> options;
    std::set<MarkClass> reasons;
    bool here = false, unclear = false;
    int confidence = 1'000;
    for (const PlaceReading& read : places) {
      const OvalPlace& place = definition.places[read.place];
      if (place.contest != i || place.page != page) continue;
      here = true;
      confidence = std::min(confidence, place_confidence(read));
      if (read.mark == MarkClass::none) continue;
      if (read.mark == MarkClass::clean || read.mark == MarkClass::light) {
        options.insert(place.option);
        // Somebody must read the name.
        if (definition.contests[i].options[place.option].write_in) reasons.insert(MarkClass::added_writing);
        if (read.mark == MarkClass::light) unclear = true;
      } else {
        reasons.insert(read.mark);
      }
    }
    if (!here) continue;
    ContestReading contest;
    contest.contest = static_cast<std::uint16_t>(i);
    contest.confidence = static_cast<std::uint16_t>(confidence);
    const bool over = static_cast<std::int64_t>(options.size()) > definition.contests[i].seats;
    if (over) {
      reasons.insert(MarkClass::overvote);
      if (unclear) reasons.insert(MarkClass::light);
    }
    contest.reasons.assign(reasons.begin(), reasons.end());
    contest.decision = reasons.empty() ? Decision::counted : Decision::recheck;
    if (reasons.empty()) contest.options.assign(options.begin(), options.end());
    contests.push_back(std::move(contest));
  }
  return contests;
}

OvalScan scan_oval_page(GreyView scanned, const OvalForm& form) {
  OvalScan scan;
  GreyView page = scanned;
  if (page.width < kSmallestWidth || page.height < kSmallestWidth) {
    scan.reading = rejected(SheetDefect::not_this_ballot,
                            fmt::format("{} by {} pixels are too few for a ballot", page.width, page.height));
    return scan;
  }
  // 0. Streaks are filled from beside them, so that they neither hide print nor look like it; places know where they
  // were.
  const int factor = frame_factor(page.width);
  GreyPage small(page.width / factor, page.height / factor);
  const StreakColumns streaks = look_once(page, factor, small);
  GreyPage repaired;
  if (!streaks.empty()) {
    repaired = without_streaks(page, streaks);
    page = repaired.view();
    reduce_rows(page, factor, 0, small.height(), small);
  }
  // 1. The frame of timing marks, on a small picture.
  OvalFrameResult found = find_oval_frame(small.view(), factor, form.definition.rows);
  if (found.defect != SheetDefect::none) {
    scan.reading = without_frame(small.view(), found);
    name_damage(page, small.view(), streaks, scan.reading);
    return scan;
  }
  // 2. Which page of this election it is.
  const std::optional<std::size_t> index = page_of(form, found.frame.bottom, scan.reading);
  if (!index) {
    name_damage(page, small.view(), streaks, scan.reading);
    return scan;
  }
  const OvalPageForm& blank = form.pages[*index];
  // 3. The anchor: print where the form has it.
  const OvalGround ground(small.view(), factor, found.frame);
  if (ground.least_contrast() < kLeastContrast) {
    scan.reading = rejected(SheetDefect::faded, fmt::format("print is {} grey values darker than the paper",
                                                            static_cast<int>(ground.least_contrast())));
    return scan;
  }
  const OvalMap map = oval_map(small.view(), factor, found.frame, ground);
  const AnchorResult anchor = check_anchor(blank.anchor, map);
  if (anchor.defect != SheetDefect::none) {
    scan.reading = rejected(anchor.defect, anchor.detail);
    if (!anchor.elsewhere) name_damage(page, small.view(), streaks, scan.reading);
    return scan;
  }
  // 4. Both readers at every place.
  SheetReading& reading = scan.reading;
  reading.side = static_cast<std::uint16_t>(*index);
  reading.upside_down = found.frame.upside_down;
  OvalPatch patch;
  std::map<float, bool> folds;  // by row
  const auto folded = [&](float row) {
    const auto [at, added] = folds.try_emplace(row, false);
    if (added) at->second = line_across(page, found.frame, ground, row);
    return at->second;
  };
  for (std::size_t i = 0; i < blank.places.size(); ++i) {
    const OvalPlace& place = form.definition.places[blank.places[i]];
    const float column = static_cast<float>(place.column) / 100, row = static_cast<float>(place.row) / 100;
    PagePoint shift = shift_at(blank.anchor, anchor, column, row);
    shift = {shift.x + blank.offsets[i].x, shift.y + blank.offsets[i].y};
    const Ground here = ground.at(column, row);
    if (!cut_patch(page, found.frame, here, streaks, column, row, shift, patch)) {
      scan.reading = rejected(
          SheetDefect::cut_short,
          fmt::format("the place at column {} row {} lies beside the picture", place.column / 100, place.row / 100));
      return scan;
    }
    const auto look = [&] {
      PlaceReading read =
          agree(blank.places[i], density_view(patch, blank.blanks[i]), shape_view(patch, blank.blanks[i]));
      // What the readers cannot tell from an empty oval: a hole, a flap of paper.
      if (read.mark == MarkClass::none && !line_seen(patch, blank.blanks[i])) read.mark = MarkClass::machine_doubt;
      return read;
    };
    PlaceReading read = look();
    if (read.mark != MarkClass::none && read.mark != MarkClass::clean) {
      // In doubt, the oval's own line says where it lies: paper that was stretched just here.
      const PagePoint move = line_offset(patch);
      if ((move.x != 0 || move.y != 0) &&
          cut_patch(page, found.frame, here, streaks, column, row, {shift.x + move.x, shift.y + move.y}, patch))
        read = look();
    }
    if (read.mark != MarkClass::none && folded(row)) read.mark = MarkClass::machine_doubt;
    reading.places.push_back(read);
  }
  note_writing(form, blank, map, reading);
  // 5. Contests.
  reading.contests = oval_contests(form.definition, *index, reading.places);
  scan.frame = std::move(found.frame);
  return scan;
}

SheetReading read_oval_page(GreyView page, const OvalForm& form) {
  return scan_oval_page(page, form).reading;
}

std::vector<OvalThreshold> oval_thresholds() {
  std::vector<OvalThreshold> all = oval_mark_thresholds();
  all.push_back({"least-contrast", static_cast<int>(kLeastContrast)});
  all.push_back({"missing-marks", kMissingMarksMost});
  all.push_back({"near-ink", kNearInk});
  all.push_back({"smallest-width", kSmallestWidth});
  all.push_back({"writing-ink", kWritingInk});
  std::sort(all.begin(), all.end(),
            [](const OvalThreshold& a, const OvalThreshold& b) { return std::string_view(a.name) < b.name; });
  return all;
}

}  // namespace scrutineer

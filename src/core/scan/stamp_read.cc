#include "core/scan/stamp_read.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/image/grey.h"
#include "core/scan/stamp_beyond.h"
#include "core/scan/stamp_compare.h"
#include "core/scan/stamp_defects.h"
#include "core/scan/stamp_density.h"
#include "core/scan/stamp_overprint.h"
#include "core/scan/stamp_page.h"
#include "core/scan/stamp_shape.h"

namespace scrutineer {
namespace {

constexpr int kTextLeast = 550, kTitleLeast = 500;  // per mille of likeness
constexpr int kNeighbourLeast = 700,
              kTextMargin = 100;         // a box that is more like its neighbour's text is its neighbour
constexpr int kUnexplainedMost = 8;      // pixels at 200 dpi outside of a piece's circles
constexpr int kFaintMost = 6;            // pixels at 200 dpi
constexpr double kApartLeast = 450;      // hundredths of a millimetre between the middles of two stamps
constexpr double kSearchedMost = 1'800;  // hundredths of a millimetre: two stamps side by side, and room
constexpr double kFromOtherBox = 40;     // hundredths of a millimetre between a stamp's circle and another box's line
constexpr double kToolMost = 1'300;      // hundredths of a millimetre: a finger, a seal
constexpr int kRingSeen = 700;           // per mille of a circle, to call it one
constexpr int kSpecksMost = 250;         // pixels at 100 dpi
constexpr int kOverPrintMost = 92;       // tenths of a pixel at 100 dpi: 0.6 square millimetres of full ink
constexpr double kGhostAside = 150;      // hundredths of a millimetre from the mirrored place
constexpr int kGhostDark = 750;          // per mille of the stamp that it comes from, at most
constexpr double kGhostTurn = 0.20;      // sine of the angle between stems, at most

// One piece of ink with what both readers say.
struct Mark {
  InkPiece piece;
  PieceInk ink;
  StampShapes shapes;
  MarkClass density = MarkClass::none, shape = MarkClass::none, agreed = MarkClass::machine_doubt;
  std::optional<std::uint16_t> box;  // in which both see it
  bool official = false;             // both say so: a vote for that box
  int margin = 0;                    // per mille
};

bool all_of_form(const StampShapes& s, bool whole, Chirality chirality) {
  return !s.stamps.empty() && std::all_of(s.stamps.begin(), s.stamps.end(), [&](const StampShape& stamp) {
    return (whole ? stamp.whole : stamp.part) && stamp.chirality == chirality;
  });
}

// Each stamp has a sign of its own: a circle drawn around a stamp shares the stamp's.
bool apart(const StampShapes& s) {
  for (std::size_t i = 0; i < s.stamps.size(); ++i)
    for (std::size_t k = i + 1; k < s.stamps.size(); ++k) {
      const double dx = s.stamps[i].x - s.stamps[k].x, dy = s.stamps[i].y - s.stamps[k].y;
      if (dx * dx + dy * dy < kApartLeast * kApartLeast) return false;
    }
  return true;
}

// What comes near several limits at once is no clean stamp either. Per mille of one limit, all together.
int doubts(const StampShapes& s) {
  int most = 0;
  for (const StampShape& stamp : s.stamps) most = std::max(most, stamp.doubt);
  return most + s.unexplained * 1'000 / kUnexplainedMost + s.faint * 1'000 / kFaintMost;
}

MarkClass shape_class(const StampShapes& s, int contrast) {
  if (s.stamps.empty()) return MarkClass::added_writing;
  if (s.unexplained > kUnexplainedMost || s.faint > kFaintMost) {
    const bool some = std::any_of(s.stamps.begin(), s.stamps.end(), [](const StampShape& t) { return t.part; });
    return some ? MarkClass::smeared : MarkClass::added_writing;
  }
  if (all_of_form(s, false, Chirality::normal) && apart(s)) {
    if (doubts(s) > 1'000) return MarkClass::other_tool;
    if (s.stamps.size() > 1) return MarkClass::repeated_stamp;
    if (!s.stamps[0].whole) return MarkClass::partial_stamp;
    return s.stamps[0].dark * 1'000 < contrast * 400 ? MarkClass::light : MarkClass::clean;
  }
  if (s.stamps.size() == 1 && all_of_form(s, false, Chirality::mirrored)) return MarkClass::fold_transfer;
  return MarkClass::other_tool;
}

// The box in whose column for stamps all circles have their middles.
std::optional<std::uint16_t> box_of_shapes(const StampGeometry& g, const StampShapes& s) {
  std::optional<std::uint16_t> box;
  for (const StampShape& stamp : s.stamps) {
    std::optional<std::uint16_t> mine;
    for (std::size_t i = 0; i < g.boxes; ++i)
      if (g.stamp_cell(i).holds(static_cast<Length>(stamp.x), static_cast<Length>(stamp.y)))
        mine = static_cast<std::uint16_t>(i);
    if (!mine || (box && *box != *mine)) return std::nullopt;
    box = mine;
  }
  return box;
}

int margin_of(const StampShapes& s) {
  int margin = 1'000;
  for (const StampShape& stamp : s.stamps) {
    margin = std::min(margin, (stamp.glyph - 940) * 1'000 / 60);
    margin = std::min(margin, (std::abs(stamp.branch) - 150) * 1'000 / 350);
    margin = std::min(margin, (stamp.ring - 550) * 1'000 / 450);
  }
  return std::clamp(margin, 0, 1'000);
}

bool whole_stamp(MarkClass mark) {
  return mark == MarkClass::clean || mark == MarkClass::light;
}

// What both readers make of it together. Where they do not agree, nobody's word counts.
MarkClass agreed(MarkClass density, MarkClass shape) {
  if (density == shape) return density;
  if (whole_stamp(density) && whole_stamp(shape)) return density;
  // By ink alone a part of a stamp may look whole, and a whole one small.
  if (shape == MarkClass::partial_stamp && whole_stamp(density)) return MarkClass::partial_stamp;
  if (density == MarkClass::partial_stamp && whole_stamp(shape)) return MarkClass::partial_stamp;
  if (shape == MarkClass::fold_transfer &&
      (whole_stamp(density) || density == MarkClass::partial_stamp || density == MarkClass::outside))
    return MarkClass::fold_transfer;
  if (density == MarkClass::straddling) return MarkClass::straddling;
  if (density == MarkClass::outside && (whole_stamp(shape) || shape == MarkClass::partial_stamp))
    return MarkClass::outside;
  return MarkClass::machine_doubt;
}

// Why people should look at a piece of ink: where the readers disagree, the best guess, which decides nothing.
MarkClass reason_of(const Mark& mark) {
  if (mark.agreed != MarkClass::machine_doubt) return mark.agreed;
  if (mark.shape == MarkClass::smeared || mark.shape == MarkClass::fold_transfer) return mark.shape;
  const bool stamp_sized = std::max(mark.ink.width, mark.ink.height) <= kToolMost;
  if (mark.shape == MarkClass::added_writing || mark.shape == MarkClass::other_tool) {
    const auto rings = std::count_if(mark.shapes.stamps.begin(), mark.shapes.stamps.end(),
                                     [](const StampShape& stamp) { return stamp.ring >= kRingSeen; });
    if (mark.density == MarkClass::repeated_stamp && rings > 1) return MarkClass::repeated_stamp;
    return mark.ink.box && stamp_sized && mark.ink.in_column > 500 ? MarkClass::other_tool : MarkClass::added_writing;
  }
  return MarkClass::machine_doubt;
}

// A circle that comes near another box than its own may have ink there that the box's line hides.
bool near_another(const StampGeometry& g, const StampShapes& s, std::uint16_t own) {
  return std::any_of(s.stamps.begin(), s.stamps.end(), [&](const StampShape& stamp) {
    for (std::size_t i = 0; i < g.boxes; ++i) {
      const PaperArea box = g.box(i);
      if (i != own && stamp.y + stamp.radius > box.y - kFromOtherBox &&
          stamp.y - stamp.radius < box.bottom() + kFromOtherBox)
        return true;
    }
    return false;
  });
}

bool counts_as_stamp(MarkClass mark) {
  return whole_stamp(mark) || mark == MarkClass::partial_stamp || mark == MarkClass::repeated_stamp;
}

Mark read_mark(const StampForm& form, const StampFrame& frame, GreyView page, const ComparedPage& compared,
               const InkPiece& piece) {
  Mark mark;
  mark.piece = piece;
  mark.ink = read_piece_ink(form, compared, piece);
  mark.density = mark.ink.mark;
  // Larger things hold no stamps that a machine could be sure of.
  if (std::max(mark.ink.width, mark.ink.height) <= kSearchedMost)
    mark.shapes = find_stamps(stamp_patch(form, frame, page, compared, piece));
  mark.shape = shape_class(mark.shapes, compared.contrast);
  mark.agreed = agreed(mark.density, mark.shape);
  if (counts_as_stamp(mark.agreed)) {
    const auto seen = box_of_shapes(form.geometry, mark.shapes);
    if (!seen || seen != mark.ink.box || mark.ink.in_column < 550) {
      mark.agreed = MarkClass::outside;
    } else if (near_another(form.geometry, mark.shapes, *seen)) {
      mark.agreed = MarkClass::straddling;
    } else {
      mark.box = seen, mark.official = true;
      mark.margin = margin_of(mark.shapes);
    }
  } else if (mark.ink.box) {
    mark.box = mark.ink.box;
  }
  return mark;
}

// A mirror print of `stamp` over a fold along or across the paper: paler, at the mirrored place, the sign mirrored and
// its stem turned as the mirror turns it.
bool is_ghost_of(const Mark& ghost, const Mark& stamp) {
  if (ghost.agreed != MarkClass::fold_transfer || stamp.shapes.stamps.size() != 1) return false;
  const StampShape &g = ghost.shapes.stamps[0], &s = stamp.shapes.stamps[0];
  if (!s.whole || g.dark * 1'000 > s.dark * kGhostDark) return false;
  const bool over_across = std::abs(g.x - s.x) <= kGhostAside, over_along = std::abs(g.y - s.y) <= kGhostAside;
  if (over_across == over_along) return false;  // neither, or so near that it cannot be told
  const double mx = over_across ? s.stem_x : -s.stem_x, my = over_across ? -s.stem_y : s.stem_y;
  return std::abs(mx * g.stem_y - my * g.stem_x) <= kGhostTurn;
}

void add_reason(ContestReading& contest, MarkClass reason) {
  auto it = std::lower_bound(contest.reasons.begin(), contest.reasons.end(), reason);
  if (it == contest.reasons.end() || *it != reason) contest.reasons.insert(it, reason);
}

bool machine_may(const StampForm& form, StampCase what) {
  return form.machine[static_cast<std::size_t>(what)];
}

bool machine_may(const StampForm& form, const Mark& mark) {
  // "Touching a line" is a rule of its own: its ink reaches into the gap or another column.
  const StampShape& stamp = mark.shapes.stamps.front();
  if (mark.shapes.stamps.size() == 1 && mark.box) {
    const PaperArea cell = form.geometry.stamp_cell(*mark.box);
    const bool touches = stamp.x - stamp.radius < cell.x || stamp.x + stamp.radius > cell.right() ||
                         stamp.y - stamp.radius < cell.y || stamp.y + stamp.radius > cell.bottom();
    if (touches && !machine_may(form, StampCase::touching_line)) return false;
  }
  switch (mark.agreed) {
    case MarkClass::clean: return machine_may(form, StampCase::clean);
    case MarkClass::light: return machine_may(form, StampCase::light);
    case MarkClass::partial_stamp: return machine_may(form, StampCase::partial);
    case MarkClass::repeated_stamp: return machine_may(form, StampCase::repeated);
    default: return false;
  }
}

// Official stamps in exactly one box, and every other piece of ink explained.
void decide(const StampForm& form, const std::vector<Mark>& marks, int likeness, ContestReading& contest) {
  std::optional<std::uint16_t> option;
  const Mark* stamp = nullptr;
  std::size_t stamps = 0;
  int margin = std::clamp((likeness - kTextLeast) * 1'000 / 400, 0, 1'000);
  for (const Mark& mark : marks) {
    if (!mark.official) continue;
    if (option && *option != *mark.box) add_reason(contest, MarkClass::straddling);
    if (!machine_may(form, mark)) add_reason(contest, mark.agreed);
    option = mark.box, stamp = &mark, ++stamps;
    margin = std::min(margin, mark.margin);
  }
  if (stamps > 1 && !machine_may(form, StampCase::repeated)) add_reason(contest, MarkClass::repeated_stamp);
  for (const Mark& mark : marks) {
    if (mark.official) continue;
    const bool ghost = stamps == 1 && is_ghost_of(mark, *stamp) && machine_may(form, StampCase::fold_transfer);
    if (!ghost) add_reason(contest, reason_of(mark));
  }
  if (marks.empty()) add_reason(contest, MarkClass::none);
  if (!option && contest.reasons.empty()) add_reason(contest, MarkClass::machine_doubt);
  if (!contest.reasons.empty()) return;
  contest.decision = Decision::counted;
  contest.options = {*option};
  contest.confidence = static_cast<std::uint16_t>(margin);
}

SheetReading rejected(SheetReading reading, SheetDefect defect, std::string detail) {
  reading.defect = defect;
  reading.detail = std::move(detail);
  reading.places.clear();
  reading.contests = {ContestReading{0, Decision::rejected, {}, {}, 0}};
  return reading;
}

struct Anchor {
  SheetDefect defect = SheetDefect::none;
  std::string detail;
  int likeness = 1'000;    // of the least alike text
  std::size_t unlike = 0;  // boxes whose text is covered or damaged
};

PaperArea text_of(const StampGeometry& g, std::size_t box) {
  PaperArea area = g.number_cell(box);
  area.width += g.name_cell(box).width;
  return {area.x + 70, area.y + 70, area.width - 140, area.height - 140};
}

int best_likeness(const StampForm& form, const ComparedPage& page, const PaperArea& area, int reach) {
  int best = likeness(form, page, area, 0, 0);
  for (int dy = -reach; dy <= reach && best < 800; ++dy)
    for (int dx = -reach; dx <= reach && best < 800; ++dx) best = std::max(best, likeness(form, page, area, dx, dy));
  return best;
}

// The independent anchor: what is printed in each box is what the definition says of that box, and the title stands
// where it must. One box off, it is another box's text.
Anchor check_anchor(const StampForm& form, const ComparedPage& page) {
  Anchor out;
  const StampGeometry& g = form.geometry;
  const int title = best_likeness(form, page, g.title, 2);
  std::size_t shifted = 0;
  for (std::size_t i = 0; i < g.boxes; ++i) {
    const PaperArea area = text_of(g, i);
    const int own = best_likeness(form, page, area, 1);
    out.likeness = std::min(out.likeness, own);
    out.unlike += own < kTextLeast;
    if (own >= 850) continue;
    for (Length step : {-g.pitch, g.pitch}) {
      const bool exists = step < 0 ? i > 0 : i + 1 < g.boxes;
      const int neighbour = exists ? likeness(form, page, area, 0, 0, step) : 0;
      shifted += neighbour >= kNeighbourLeast && neighbour > own + kTextMargin;
    }
  }
  if (shifted > 0) {
    out.defect = SheetDefect::registration_anchor;
    out.detail = "the printed texts stand at other boxes than their own";
  } else if (title < kTitleLeast && out.unlike * 2 > g.boxes) {
    out.defect = SheetDefect::wrong_election;
    out.detail = "title and names are not those of this election";
  } else if (out.unlike * 3 > g.boxes || (g.boxes < 4 && out.unlike > 1)) {
    out.defect = SheetDefect::wrong_election;
    out.detail = fmt::format("{} of {} boxes show another text", out.unlike, g.boxes);
  } else if (title < kTitleLeast) {
    out.defect = SheetDefect::registration_anchor;
    out.detail = "the title does not stand where it must";
  }
  return out;
}

void fill_places(const StampForm& form, const std::vector<Mark>& marks, SheetReading& out) {
  for (std::size_t i = 0; i < form.geometry.boxes; ++i)
    out.places.push_back({static_cast<std::uint16_t>(i), {}, {}, MarkClass::none});
  for (const Mark& mark : marks)
    for (std::size_t i = 0; i < form.geometry.boxes; ++i) {
      const PaperArea box = form.geometry.box(i);
      const double top = mark.piece.top * kStampPixel, bottom = (mark.piece.bottom + 1) * kStampPixel;
      const bool here = mark.box ? *mark.box == i : bottom > box.y && top < box.bottom() && mark.ink.boxes > 0;
      if (!here) continue;
      PlaceReading& place = out.places[i];
      if (place.mark != MarkClass::none)
        place.mark = mark.agreed == place.mark ? MarkClass::repeated_stamp : MarkClass::machine_doubt;
      else
        place.mark = mark.agreed;
      place.density = {mark.density, static_cast<std::uint16_t>(std::clamp(mark.ink.share, 0, 1'000))};
      const int score = mark.shapes.stamps.empty() ? 0 : mark.shapes.stamps[0].glyph;
      place.shape = {mark.shape, static_cast<std::uint16_t>(std::clamp(score, 0, 1'000))};
    }
}

SheetReading read_upright(const StampForm& form, const StampFrame& frame, GreyView page, SheetReading out) {
  if (print_beyond(form, frame, page))
    return rejected(std::move(out), SheetDefect::double_feed, "print is seen beside the paper: another sheet's");
  ComparedPage compared = compare_with_form(form, frame, page);
  const Anchor anchor = check_anchor(form, compared);
  if (anchor.defect == SheetDefect::none) take_out_folds(form, compared);
  const InkPieces ink = ink_pieces(compared);
  if (auto wrong = defect_of_sheet(compared, ink, page))
    return rejected(std::move(out), wrong->what, std::move(wrong->detail));
  if (anchor.defect != SheetDefect::none) return rejected(std::move(out), anchor.defect, anchor.detail);
  std::vector<Mark> marks;
  ContestReading contest;
  if (ink.too_many || ink.pieces.size() > 24) {
    add_reason(contest, MarkClass::added_writing);
    out.detail = "ink in many places";
  } else {
    for (const InkPiece& piece : ink.pieces) marks.push_back(read_mark(form, frame, page, compared, piece));
  }
  if (form.paper.marking == StampMarking::any_tool) add_reason(contest, MarkClass::other_tool);
  if (!has_officer_seal(form, compared)) add_reason(contest, MarkClass::seal_missing);
  if (has_serial(form, compared)) add_reason(contest, MarkClass::serial_left);
  // Pieces are looked at one by one; this is for what hides in print.
  if (ink.pieces.size() < 24 && most_over_print(form, compared, ink.pieces) > kOverPrintMost)
    add_reason(contest, MarkClass::added_writing);
  if (ink.specks > kSpecksMost || anchor.unlike > 0) add_reason(contest, MarkClass::machine_doubt);
  decide(form, marks, anchor.likeness, contest);
  // Where people must look because of what happened to the paper, they are told so.
  if (contest.decision != Decision::counted)
    if (auto wrong = defect_of_recheck(compared, ink, page))
      return rejected(std::move(out), wrong->what, std::move(wrong->detail));
  fill_places(form, marks, out);
  out.contests = {std::move(contest)};
  return out;
}

}  // namespace

SheetReading read_stamp_paper(const StampForm& form, GreyView page) {
  return read_stamp_paper(form, upright_stamp_page(form, page));
}

SheetReading read_stamp_paper(const StampForm& form, const StampPage& upright) {
  SheetReading out;
  out.upside_down = upright.upside_down;
  if (upright.defect != SheetDefect::none) {
    if (auto wrong = defect_without_frame(upright.defect, upright.view))
      return rejected(std::move(out), wrong->what, std::move(wrong->detail));
    return rejected(std::move(out), upright.defect, upright.detail);
  }
  return read_upright(form, upright.frame, upright.view, std::move(out));
}

}  // namespace scrutineer

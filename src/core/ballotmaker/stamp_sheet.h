// Stamp papers as a scanner gives them, with known truth. Everything is a pure function of its seed.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/ballot/ink.h"
#include "core/ballotmaker/dice.h"
#include "core/ballotmaker/stamp_scan.h"
#include "core/ballotmaker/stamp_truth.h"

namespace scrutineer {

// One paper. How it was scanned comes from the seed (usual_scan), or is given.
GreyPage draw_stamp_paper(const StampPaper& paper, const StampTruth& truth, std::uint64_t seed,
                          const PrintStyle& style = {});
GreyPage draw_stamp_paper(const StampPaper& paper, const StampTruth& truth, const StampScan& scan, std::uint64_t seed,
                          const PrintStyle& style = {});

// A stack of papers. Pictures are drawn when asked for: a thousand of them fill a gigabyte.
inline constexpr std::size_t kStackMost = 1'000'000;
struct StampStack {
  StampPaper paper;
  std::uint64_t seed = 0;
  std::vector<StampTruth> truths;
  GreyPage draw(std::size_t i) const;  // i < truths.size()
};
// How many per mille of the papers show what. The rest is clean.
struct StampShare {
  StampCase what;
  std::int32_t per_mille;
};
StampStack make_stack(const StampPaper& paper, std::span<const StampShare> shares, std::size_t papers,
                      std::uint64_t seed);

// Many papers, quickly: what is printed and how it was scanned stays, marks change. Only what a mark touches is drawn
// again, with its blur, noise and compression.
class StampPress {
 public:
  StampPress(const StampPaper& paper, const StampScan& scan, std::uint64_t seed, bool officer_seal = true,
             bool serial = false, const PrintStyle& style = {});
  // The picture until the next call.
  const GreyPage& press(const std::vector<PaperMark>& marks, std::uint64_t seed);

 private:
  void print(const GreyPage& ink, bool stub);
  void press_officer_seal(Dice& dice, bool present);
  void print_serial(Dice& dice, const PrintStyle& style);
  void fold(const PaperFold& fold);
  void dust(std::uint64_t seed);
  PixelArea ink(const PaperMark& mark, GreyPage& page) const;
  void finish(PixelArea area, std::uint64_t seed);
  void to_paper(double px, double py, double& x, double& y) const;
  void to_pixel(double x, double y, double& px, double& py) const;

  StampGeometry geometry_;
  StampScan scan_;
  double ax_, bx_, ay_, by_, det_;  // pixel = (ax X - bx Y, ay X + by Y) around the middles
  double middle_x_ = 0, middle_y_ = 0;
  GreyPage clean_, base_, page_;  // without the scanner's noise; with it; with marks
  std::vector<PixelArea> touched_;
};

}  // namespace scrutineer

// Ink onto a picture: dry, wet, uneven, smeared. And what a scanner and a paper's life add.
#pragma once

#include "tests/foreign/drawing.h"
#include "tests/foreign/luck.h"

namespace scrutineer::foreign {

struct Ink {
  double dark = 0.8;   // share of light that full ink takes
  double dry = 0;      // to 1: gaps
  double grain = 25;   // hundredths of a millimetre, of the gaps
  double wet = 0;      // hundredths of a millimetre by which lines grow
  double lean = 0;     // to 1: one side is pressed less
  double lean_to = 0;  // degrees
  double cut = 0;      // share that did not touch the paper, on the side of `lean_to`
  std::uint32_t seed = 0;
};
// Several times with falling weight along (dx, dy), hundredths of a millimetre, where it was drawn along while wet.
void press(GreyPage& page, const Lens& lens, const Drawing& drawing, const Ink& ink, double smear_x = 0,
           double smear_y = 0);

struct Crease {
  bool across = true;
  double at = 0, lean = 0;  // hundredths of a millimetre; per unit along it
  double dark = 0.08, width = 40;
  double step = 0;  // by which the paper beyond it is darker
};

// How a paper lay, and under which light.
struct Scan {
  int dpi = 200;
  double turn = 0;  // degrees
  double stretch_x = 0, stretch_y = 0, shear = 0;
  bool upside_down = false;
  int margin = 8;  // pixels around the paper
  double background = 250, paper = 235;
  double print = 0.85;
  double tint_x = 0, tint_y = 0;  // share that it is darker to the right, below
  double vignette = 0;
  double through = 0;  // of the other side's print
  std::vector<Crease> creases;
  double blur = 0;   // pixels, standard deviation
  double noise = 0;  // grey values, standard deviation
  int quality = 0;   // of a JPEG; 0: none
  int dust = 0;
};
Scan usual_scan(Luck& luck, double width, double height);
Lens lens_of(const Scan& scan, double width, double height, int& pixels_x, int& pixels_y);

void blur(GreyPage& page, double sigma);
void add_noise(GreyPage& page, double sigma, Luck& luck);
GreyPage through_jpeg(const GreyPage& page, int quality);

}  // namespace scrutineer::foreign

// The first reader of stamps: by ink alone. How much there is beyond the blank form, how large it is, in which boxes.
#pragma once

#include <cstdint>
#include <optional>

#include "core/scan/reading.h"
#include "core/scan/stamp_compare.h"
#include "core/scan/stamp_form.h"

namespace scrutineer {

struct PieceInk {
  MarkClass mark = MarkClass::added_writing;
  std::optional<std::uint16_t> box;  // the one that it is in; nullopt: none, or several
  std::size_t boxes = 0;             // how many it touches
  int in_column = 0;                 // per mille of its ink in that box's column for stamps
  int share = 0;                     // per mille of its surrounding rectangle that is inked
  int darkness = 0;                  // per mille of printed ink's
  double width = 0, height = 0;      // hundredths of a millimetre
};
PieceInk read_piece_ink(const StampForm& form, const ComparedPage& page, const InkPiece& piece);

// The officer's seal is at its place; the stub with the serial number is still there.
bool has_officer_seal(const StampForm& form, const ComparedPage& page);
bool has_serial(const StampForm& form, const ComparedPage& page);

}  // namespace scrutineer

// Writing that hides in print: sums of ink over windows of 3 mm, which do not depend on registration.
#pragma once

#include <vector>

#include "core/scan/stamp_compare.h"
#include "core/scan/stamp_form.h"

namespace scrutineer {

// Every window of the form's printed texts, with the ink that the blank form has there.
std::vector<PrintWindow> print_windows(const StampForm& form);

// The most ink, in tenths of a pixel of printed ink, that a window has more than the blank form, the page's other
// windows of that text and a printer's unevenness let expect. Windows that touch one of `pieces` are left out: those
// are looked at by themselves.
int most_over_print(const StampForm& form, const ComparedPage& page, const std::vector<InkPiece>& pieces);

}  // namespace scrutineer

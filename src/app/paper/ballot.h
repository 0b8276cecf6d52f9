// Korean stamp papers as PDF, at their exact size, for printing and for specimens that a reader is prepared with. The
// same values give the same bytes.
#pragma once

#include <cstdint>
#include <optional>

#include "core/ballot/stamp_paper.h"
#include "core/base/bytes.h"
#include "core/base/result.h"

namespace scrutineer::paper {

inline constexpr std::int64_t kBallotsPerFile = 2'000;

struct StampPrint {
  std::int64_t copies = 1;                   // pages
  std::optional<std::int64_t> first_serial;  // on the stub, one more on each page; nullopt: no stub is printed
};

// Errors: those of stamp_geometry; limit_exceeded (more than kBallotsPerFile; a text that does not fit its place),
// invalid_argument (no copies, a negative serial), not_found (no font has a character), io_error.
Result<Bytes> stamp_papers_pdf(const StampPaper& paper, const StampPrint& print = {});

}  // namespace scrutineer::paper

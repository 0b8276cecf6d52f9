// What happens to a case, as one JSON object (docs/formats/adjudication.md).
#pragma once

#include "core/adjudicate/case.h"

namespace scrutineer {

struct CaseEvent {
  BallotId ballot;
  std::uint16_t contest = 0;
  CaseAct act;
};
void write_case_event(JsonWriter& out, const CaseEvent& event);
CaseEvent read_case_event(const ObjectReader& in);  // problems are reported to the reader

}  // namespace scrutineer

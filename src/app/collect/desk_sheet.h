// One sheet after its entries agree, as page and acts see it; private to app/collect. Lock held.
#pragma once

#include "app/collect/desk_state.h"

namespace scrutineer {

// Whose eyes may see agreed figures before they are announced: those who have the paper before them, and the
// coordinator who has to decide about errors. Announced figures are public.
inline constexpr std::initializer_list<DeskRole> kBeforeAnnouncement = {DeskRole::coordinator, DeskRole::chair,
                                                                        DeskRole::member};

struct SheetView {
  DeskSheet sheet;
  DeskRoles roles;
  SheetInLog log;
  ui::DeskState state = ui::DeskState::expected;
  bool counting = false;              // at the desk: not announced, or being corrected
  std::optional<CountSheet> figures;  // that this person may see
  std::string text;                   // of the record in the log; empty: there is none
  std::vector<RuleCode> findings;     // of these figures
  std::vector<std::string> accepted;  // one for each: the reason, or empty
};
DeskResult<SheetView> view_sheet(Desk::State& s, const DeskPerson& person, const DeskCell& cell);

// Errors that nobody has accepted yet.
bool has_open_errors(const SheetView& view);

// Before the polls close nothing is announced, by this server's clock.
DeskResult<void> polls_closed(const Desk::State& s);

// What was made for this person and this sheet: "accept CODE", "refuse", "remark", "attach".
std::string about(const DeskCell& cell, SheetAct act, const std::string& code = {});

// Whether this person's signature stands below the record.
bool has_signed(const Collector::View& view, RecordIndex record, const DeskPerson& person);

}  // namespace scrutineer

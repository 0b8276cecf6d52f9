// The restricted pages, and the evidence explorer: pure functions from the model to a whole HTML page. Thread-safe.
// Forms post back to the address that stands beside each field in docs/formats/desk.md. Scripts: /web/sign.js and
// /web/desk.js alone; everything but signing works without them.
#pragma once

#include <string>

#include "app/ui/desk_model.h"

namespace scrutineer::ui {

std::string render_sign_in(const DeskFrame& frame, const SignInPage& page);
std::string render_home(const DeskFrame& frame, const Site& site, const DeskHome& page);
std::string render_board(const DeskFrame& frame, const Site& site, const Board& page);
std::string render_entry(const DeskFrame& frame, const Site& site, const EntryPage& page);
std::string render_entry_check(const DeskFrame& frame, const Site& site, const EntryCheck& page);
std::string render_third(const DeskFrame& frame, const Site& site, const ThirdReading& page);
std::string render_sheet(const DeskFrame& frame, const Site& site, const SheetPage& page);
std::string render_live(const DeskFrame& frame, const Site& site, const LivePage& page);         // who marks
std::string render_live_screen(const DeskFrame& frame, const Site& site, const LivePage& page);  // for everybody
std::string render_custody(const DeskFrame& frame, const Site& site, const CustodyPage& page);
std::string render_handover(const DeskFrame& frame, const Site& site, const HandoverPage& page);
std::string render_reconcile_form(const DeskFrame& frame, const std::optional<DeskMessage>& message);
std::string render_people(const DeskFrame& frame, const Site& site, const PeoplePage& page);
std::string render_explorer(const DeskFrame& frame, const Site& site, const ExplorerPage& page);
std::string render_desk_error(const DeskFrame& frame, int status, const DeskMessage& message);

// desk.css: beside style.css.
std::string_view desk_style_sheet();

}  // namespace scrutineer::ui

// What stands around every restricted page, and the pieces that several of them have: forms with their hidden fields,
// what is to be signed, sentences about what was just done.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "app/ui/desk_model.h"
#include "app/ui/html.h"

namespace scrutineer::ui {

enum class DeskSection : std::uint8_t { none, home, board, papers, handover, people, explore };

// For a wall: the frame takes little room, and the whole width is used.
enum class DeskLayout : std::uint8_t { page, wall };

// One place of the navigation; another server's own (a node of the exchange of notices).
struct NavLink {
  Markup address;
  const Msg& text;
  bool current = false;
};

struct DeskPage {
  const DeskFrame& frame;
  std::string_view title;  // of the page
  DeskSection section = DeskSection::none;
  DeskLayout layout = DeskLayout::page;
  bool refreshes = false;  // desk.js fetches the page again and again, and puts the new <main> in place of the old
  std::span<const NavLink> links = {};  // in place of the counting desk's navigation; empty: that one
  bool papers = false;                  // adjudicate.js: choosing by keys, looking closer at a picture
};

// For pages that show names from the data: `data_lang` of Site; empty where there are none.
Html desk_html(const DeskFrame& frame, std::string_view data_lang, std::size_t expected_bytes);

// Up to and including <main>; the caller goes on with its h1.
void open_desk(Html& h, const DeskPage& page);
void close_desk(Html& h, const DeskFrame& frame);

// What was just done, or why not: after the h1. A refusal takes the focus, without JavaScript too.
void message_box(Html& h, const std::optional<DeskMessage>& message);
// The same with links to the fields that are not right.
void message_box(Html& h, const std::optional<DeskMessage>& message, std::span<const EntryField> fields);
// True where the focus belongs to the message, so that no input may ask for it.
bool takes_focus(const std::optional<DeskMessage>& message);

struct Hidden {  // one hidden input
  Markup name;
  std::string_view value;
};

// <form method=post action=/desk/...> with csrf and the hidden inputs. The caller closes it.
void open_form(Html& h, const DeskFrame& frame, Markup action, std::initializer_list<Hidden> hidden);

// A labelled input of one line, or of several; inside a form.
enum class FieldNeed : std::uint8_t { required, optional };
void text_field(Html& h, Markup name, const Msg& label, FieldNeed need);
void area_field(Html& h, Markup name, const Msg& label, const Msg* hint, FieldNeed need);

// Something to be signed: what it will mean in one sentence, the exact text, how the key is held (web/sign.js draws
// that), and the button.
struct SignWords {
  const Msg& meaning;
  const Msg& button;
};
enum class Weight : std::uint8_t { primary, secondary };
void sign_form(Html& h, const DeskFrame& frame, Markup action, std::string_view text, const SignWords& words,
               std::initializer_list<Hidden> hidden, Weight weight = Weight::primary);

// "/desk/sheet?unit=1101-0007&contest=president" into an attribute that the caller has opened.
void unit_address(Html& h, Markup page, std::string_view unit, std::string_view contest);
// Text inside an address: percent-encoded.
std::string query_encoded(std::string_view text);

// Name, kind, id and contest of a unit, under the h1.
void unit_line(Html& h, const Site& site, std::string_view unit_id, std::string_view kind, std::size_t contest);

}  // namespace scrutineer::ui

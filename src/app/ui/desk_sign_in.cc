// The door, and what is said where something could not be done.
#include "app/ui/desk_frame.h"
#include "app/ui/desk_messages.h"
#include "app/ui/desk_pages.h"

namespace scrutineer::ui {

std::string render_sign_in(const DeskFrame& frame, const SignInPage& page) {
  Html h = desk_html(frame, {}, 8 << 10);
  open_desk(h, {frame, desk::sign_in_title.in(frame.lang)});
  h("<h1>"_h, desk::sign_in_title, "</h1>"_h);
  message_box(h, page.message);
  h("<section class=\"card narrow\"><p>"_h, desk::sign_in_lead, "</p>"_h);
  sign_form(h, frame, "/desk/sign-in"_h, page.challenge, {desk::sign_in_meaning, desk::sign_in_button},
            {{"vkey"_h, {}}});
  h("<p class=fine>"_h, desk::sign_in_shared, "</p></section>\n<details class=\"away narrow\"><summary>"_h,
    desk::browser_key, "</summary><div data-browser-key></div></details>\n"_h);
  close_desk(h, frame);
  return std::move(h).take();
}

std::string render_desk_error(const DeskFrame& frame, int status, const DeskMessage& message) {
  Html h = desk_html(frame, {}, 4 << 10);
  open_desk(h, {frame, desk::error_title.in(frame.lang)});
  h("<h1>"_h, desk::error_title, "</h1>"_h);
  message_box(h, message);
  h("<p>"_h, desk::error_nothing, "</p><p class=acts><a class=go href=/desk/>"_h, desk::back_home,
    "</a></p><p class=fine>HTTP "_h, Plain{status}, "</p>\n"_h);
  close_desk(h, frame);
  return std::move(h).take();
}

}  // namespace scrutineer::ui

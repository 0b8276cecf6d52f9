// Where somebody's own count is handed in to be compared with ours.
#include "app/ui/desk_frame.h"
#include "app/ui/desk_pages.h"
#include "app/ui/message.h"

namespace scrutineer::ui {

namespace {

constexpr Msg kTitle{"다른 집계와 대조", "Compare with another count"};
constexpr Msg kLead{
    "정당이나 참관인이 따로 집계한 파일을 올리면 이 로그의 수치와 다른 곳을 개표단위마다 빠짐없이 보여 줍니다. 올린 "
    "파일은 "
    "저장하지 않습니다.",
    "Send a file with figures that a party or an observer collected: every difference to this log is listed with the "
    "unit "
    "concerned. The file is not kept."};
constexpr Msg kFile{"파일 (CSV 또는 EML 510, 압축해도 됨)", "File (CSV or EML 510, gzip allowed)"};
constexpr Msg kSend{"대조하기", "Compare"};
constexpr Msg kFormat{
    "CSV의 첫 줄: unit_id, contest_id, electors, ballots_cast, valid, invalid, votes:기호 ...",
    "First line of a CSV: unit_id, contest_id, electors, ballots_cast, valid, invalid, votes:OPTION ..."};

}  // namespace

std::string render_reconcile_form(const DeskFrame& frame, const std::optional<DeskMessage>& message) {
  Html h = desk_html(frame, {}, 8 << 10);
  open_desk(h, {frame, frame.lang == Lang::ko ? kTitle.in(Lang::ko) : kTitle.in(Lang::en)});
  h("<h1>"_h, kTitle, "</h1>"_h);
  message_box(h, message);
  h("<section class=\"card narrow\"><p>"_h, kLead,
    "</p><form method=post action=/desk/reconcile enctype=multipart/form-data>"_h);
  h("<input type=hidden name=csrf value=\""_h, frame.csrf, "\"><p class=field><label for=file>"_h, kFile,
    "</label><input type=file id=file name=file required aria-describedby=format></p><p class=fine id=format>"_h,
    kFormat, "</p><p class=acts><button class=go>"_h, kSend, "</button></p></form></section>\n"_h);
  close_desk(h, frame);
  return std::move(h).take();
}

}  // namespace scrutineer::ui

#include <span>

#include "app/ui/messages.h"
#include "app/ui/sheet.h"
#include "app/ui/words.h"

namespace scrutineer::ui {

namespace {

void changed_name(Html& h, const Contest& contest, const Change& change) {
  if (change.figure != Figure::votes || change.option >= contest.options.size()) {
    h(word(change.figure));
    return;
  }
  const Option& option = contest.options[change.option];
  h("<span"_h).name_lang()(">"_h, option.name, "</span>"_h);
}

void changes(Html& h, const Contest& contest, std::span<const Change> changes) {
  if (changes.empty()) return;
  h("<table><caption class=vh>"_h, msg::changed, "</caption><thead><tr><th scope=col>"_h, msg::changed,
    "<th scope=col>"_h, msg::before, "<th scope=col>"_h, msg::after, "<th scope=col>"_h, msg::difference,
    "<tbody>\n"_h);
  for (const Change& change : changes) {
    h("<tr><th scope=row>"_h);
    changed_name(h, contest, change);
    h("<td>"_h, change.before, "<td>"_h, change.after, "<td>"_h, Signed{subtract(change.after, change.before)}, "\n"_h);
  }
  h("</table>"_h);
}

}  // namespace

void sheet_history(Html& h, const Contest& contest, const Sheet& sheet) {
  const bool worth_telling =
      sheet.history.size() > 1 || (!sheet.history.empty() && sheet.history.front().state != VersionState::counted);
  if (!worth_telling) return;
  h("<h3>"_h, msg::history, "</h3><ol class=hist>\n"_h);
  for (const Version& version : sheet.history) {
    h("<li>"_h);
    chip(h, version.state);
    if (!version.reason.empty()) h(" "_h, msg::reason, " <q"_h).name_lang()(">"_h, version.reason, "</q>"_h);
    h("<p class=id>"_h, msg::record_id, " <code>"_h, version.record_id, "</code> · "_h, msg::position, " "_h,
      version.position, "</p>"_h);
    changes(h, contest, version.changes);
    h("\n"_h);
  }
  h("</ol>\n"_h);
}

}  // namespace scrutineer::ui

#include "app/ui/check_box.h"

#include "app/ui/messages.h"

namespace scrutineer::ui {

namespace {

void file_link(Html& h, std::string_view path, const Msg& text) {
  if (path.empty()) return;
  h("<li><a href=\""_h).to_root()(path, "\">"_h, text, "</a>"_h);
}

}  // namespace

void check_box(Html& h, const Site& site) {
  h("<section class=check aria-labelledby=check><h2 id=check>"_h, msg::check_title, "</h2><p>"_h, msg::check_lead,
    "</p>"_h);
  if (!site.verify_command.empty())
    h("<pre tabindex=0 role=group aria-label=\""_h, msg::command, "\"><code>"_h, site.verify_command,
      "</code></pre>"_h);
  h("<dl class=facts><div><dt>"_h, msg::log_origin, "<dd><code>"_h, site.log.origin, "</code></div><div><dt>"_h,
    msg::checkpoint, "<dd>"_h)
      .say(msg::checkpoint_size, site.log.size);
  h("</div><div><dt>"_h, msg::root_hash, "<dd><code>"_h, site.log.root, "</code></div><div><dt>"_h, msg::witnesses,
    "<dd>"_h);
  if (site.log.witnesses == 0)
    h(msg::no_witnesses);
  else
    h.say(msg::witnessed, site.log.witnessed, site.log.witnesses);
  h("</div><div><dt>"_h, msg::files, "<dd><ul class=files>"_h);
  file_link(h, "checkpoint", msg::file_checkpoint);
  file_link(h, site.results_csv, msg::file_csv);
  file_link(h, site.results_json, msg::file_json);
  file_link(h, "manifest", msg::file_manifest);
  if (site.live) file_link(h, "bundle.tar.zst", msg::file_archive);
  h("</ul></div></dl>"_h);
  if (site.live) {
    h("<ul class=files>"_h);
    file_link(h, "explore", msg::explore);
    file_link(h, "desk/", msg::desk);
    h("</ul>"_h);
  }
  h("</section>\n"_h);
}

}  // namespace scrutineer::ui

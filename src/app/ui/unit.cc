// A unit's page: each of its count sheets, as a sheet. There are tens of thousands of these pages: they stay lean.
#include "app/ui/frame.h"
#include "app/ui/messages.h"
#include "app/ui/pages.h"
#include "app/ui/paths.h"
#include "app/ui/result_block.h"
#include "app/ui/sheet.h"
#include "app/ui/words.h"

namespace scrutineer::ui {

namespace {

constexpr std::size_t kBytesPerSheet = 8 << 10;

bool is_counted(UnitStatus status) {
  return status == UnitStatus::counted_signed || status == UnitStatus::transcribed || status == UnitStatus::replaced;
}

void how_line(Html& h, const Sheet& sheet) {
  h("<p>"_h);
  chip(h, sheet.status);
  h(" "_h, word(sheet.how));
  if (!sheet.counted_at.empty()) h(" · "_h, msg::counted_at, " "_h, sheet.counted_at);
  if (!sheet.announced_at.empty()) h(" · "_h, msg::announced_at, " "_h, sheet.announced_at);
  h("</p>\n"_h);
  if (!sheet.order.empty()) h("<p>"_h, msg::recount_order, " <q"_h).name_lang()(">"_h, sheet.order, "</q></p>\n"_h);
  if (sheet.live) h("<p>"_h).say(msg::live_count, sheet.live->called, sheet.live->undone)("</p>\n"_h);
  if (!is_counted(sheet.status)) h("<p><b>"_h, msg::not_in_totals, "</b></p>\n"_h);
}

// The record behind the sheet, and how to check it.
void record_box(Html& h, const Site& site, const Unit& unit, const Sheet& sheet) {
  if (sheet.record_id.empty()) return;
  h("<h3>"_h, msg::record, "</h3><dl class=facts><div><dt>"_h, msg::record_id, "<dd><code>"_h, sheet.record_id,
    "</code></div>"_h);
  tile(h, msg::position, sheet.position);
  if (sheet.has_proof) {
    const std::string proof = proof_file(unit.node.number, sheet.contest);
    h("<div><dt>"_h, msg::proof, "<dd><a href="_h)
        .to_root()(proof, ">"_h, proof, "</a></div></dl><p>"_h, msg::check_record, "</p>"_h);
    if (!site.verify_proof_command.empty())
      h("<pre tabindex=0 role=group aria-label=\""_h, msg::command, "\"><code>"_h, site.verify_proof_command, " "_h,
        proof, "</code></pre>"_h);
  } else {
    h("</dl>"_h);
  }
  if (!sheet.note.empty())
    h("<details><summary>"_h, msg::note, "</summary><pre tabindex=0 role=group aria-label=\""_h, msg::note, "\">\n"_h,
      sheet.note, "</pre></details>"_h);
}

void one_sheet(Html& h, const Site& site, const Unit& unit, const Sheet& sheet) {
  const Contest& contest = site.contests[sheet.contest];
  h("<section class=sheet><h2>"_h);
  if (site.contests.size() > 1)
    h.say(msg::sheet_of, contest.title);
  else
    h(msg::sheet);
  h("</h2>"_h);
  how_line(h, sheet);
  figure_tiles(h, sheet.figures);
  sheet_table(h, contest, sheet);
  h("<div class=cols><div>"_h);
  sheet_people(h, sheet);
  sheet_photographs(h, sheet);
  sheet_history(h, contest, sheet);
  h("</div><div>"_h);
  record_box(h, site, unit, sheet);
  h("</div></div></section>\n"_h);
}

}  // namespace

std::string render_unit(const Site& site, const Unit& unit, Lang lang) {
  Html h(lang, 2, site.data_lang, 4096 + unit.sheets.size() * kBytesPerSheet);
  const std::string other_file = unit_file(other(lang), unit.node.number);
  open_page(h, {site, unit.node.name, other_file, Section::results});
  breadcrumb(h, site, unit.above, unit.node.name);
  h("<h1"_h).name_lang()(">"_h, unit.node.name, "</h1><p class=sub>"_h);
  if (!unit.kind.empty()) {
    unit_kind(h, unit.kind);
    h(" · "_h);
  }
  h(msg::unit_id, " "_h, unit.id, "</p>\n"_h);
  if (unit.sheets.empty()) h("<p>"_h, msg::no_sheet, "</p>"_h);
  for (const Sheet& sheet : unit.sheets) one_sheet(h, site, unit, sheet);
  unit_records(h, site, unit);
  close_page(h, site);
  return std::move(h).take();
}

}  // namespace scrutineer::ui

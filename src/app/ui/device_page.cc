#include "app/ui/device_page.h"

#include <algorithm>

#include "app/ui/device_messages.h"
#include "app/ui/html.h"

namespace scrutineer::ui {
namespace {

constexpr Markup kSheet =
    ":root{color-scheme:light dark;--ink:#16202c;--soft:#536070;--line:#c9d0d8;--paper:#fff;--ok:#135f3c;"
    "--okb:#e2f3e9;--look:#8a3a00;--lookb:#fdeedd;--link:#0b4fa0}"
    "@media screen and (prefers-color-scheme:dark){:root{--ink:#e8edf2;--soft:#a5b1be;--line:#3a4653;--paper:#161e27;"
    "--ok:#8fe0b3;--okb:#12321f;--look:#ffc48a;--lookb:#3d2810;--link:#9cc8ff}}"
    "*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,"
    "\"Noto Sans KR\",\"Noto Sans CJK KR\",sans-serif;word-break:keep-all;overflow-wrap:anywhere}"
    "main{max-width:64rem;margin:0 auto;padding:1rem clamp(1rem,4vw,2rem) 3rem}h1{font-size:1.5rem;line-height:1.25}"
    "h2{font-size:1.1rem;margin:1.75rem 0 .5rem}.caveat{border:2px solid var(--look);background:var(--lookb);"
    "padding:.75rem 1rem;border-radius:6px}.caveat b{color:var(--look)}ul{padding-left:1.2rem;margin:.25rem "
    "0}li{margin:.2rem 0}"
    ".tag{font-size:.8rem;font-weight:650;padding:.05rem .4rem;border-radius:4px;border:1px solid;margin-right:.35rem;"
    "white-space:nowrap}.good{color:var(--ok);background:var(--okb)}.look{color:var(--look);background:var(--lookb)}"
    "dl{display:grid;grid-template-columns:minmax(9rem,max-content) 1fr;gap:.2rem 1rem;margin:0}dt{color:var(--soft)}"
    "dd{margin:0}code,dd.v{font-family:ui-monospace,\"DejaVu Sans "
    "Mono\",monospace;font-size:.9rem;overflow-wrap:anywhere}"
    ".scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.95rem}th,td{text-align:left;"
    "vertical-align:top;padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--line)}thead th{color:var(--soft);"
    "font-weight:600}tbody "
    "th{font-weight:600}nav{max-width:64rem;margin:0 auto;padding:.75rem clamp(1rem,4vw,2rem) 0}nav a{display:"
    "inline-block;padding:.35rem .75rem .35rem 0;min-height:2rem}a{color:var(--link)}a:focus-visible,[tabindex]:"
    "focus-visible{outline:3px solid "
    "var(--link);outline-offset:2px}.soft{color:var(--soft)}.sim{background:#ffd23f;color:#201600;padding:.4rem "
    "1rem;margin:0;text-align:center;font-weight:700}svg{width:min(20rem,100%);height:auto;background:#fff;display:"
    "block}"
    "@media print{main{padding:0}section{break-inside:avoid}}"_h;

Plain plain(std::size_t number) {
  return {static_cast<std::int64_t>(number)};
}

void line(Html& h, const DeviceLine& one) {
  if (one.tone == DeviceTone::good) h("<span class=\"tag good\">"_h, device_msg::good, "</span>"_h);
  if (one.tone == DeviceTone::look) h("<span class=\"tag look\">"_h, device_msg::look, "</span>"_h);
  h(one.text);
}

void lines(Html& h, const std::vector<DeviceLine>& all) {
  h("<ul>\n"_h);
  for (const DeviceLine& one : all) {
    h("<li>"_h);
    line(h, one);
    h("\n"_h);
  }
  h("</ul>"_h);
}

void facts(Html& h, const DevicePageModel& model) {
  h("<section aria-labelledby=facts><h2 id=facts>"_h, device_msg::facts, "</h2><dl>\n"_h);
  for (const DeviceFact& fact : model.facts) {
    h("<dt>"_h, fact.name);
    if (fact.value.empty())
      h("<dd>"_h, fact.words, "\n"_h);
    else
      h("<dd class=v>"_h, fact.value, "\n"_h);
  }
  h("</dl></section>\n"_h);
}

void list(Html& h, const DeviceList& one, std::size_t number) {
  h("<section aria-labelledby=l"_h, plain(number), "><h2 id=l"_h, plain(number), ">"_h);
  if (one.href.empty())
    h(one.title);
  else
    h("<a href=\""_h, one.href, "\">"_h, one.title, "</a>"_h);
  h("</h2>"_h);
  if (one.lines.empty())
    h("<p class=soft>"_h, one.empty, "</p>"_h);
  else
    lines(h, one.lines);
  h("</section>\n"_h);
}

void table(Html& h, const DeviceTable& one, std::size_t number) {
  h("<section><h2 id=t"_h, plain(number), ">"_h, one.title, "</h2>"_h);
  if (one.rows.empty()) {
    h("<p class=soft>"_h, one.empty, "</p></section>\n"_h);
    return;
  }
  h("<div class=scroll tabindex=0 role=region aria-labelledby=t"_h, plain(number), "><table aria-labelledby=t"_h,
    plain(number), "><thead><tr>"_h);
  for (const Bilingual& column : one.columns) h("<th scope=col>"_h, column);
  h("<tbody>\n"_h);
  const std::size_t shown = std::min(one.rows.size(), kDeviceRows);
  for (std::size_t i = 0; i < shown; ++i) {
    h("<tr>"_h);
    for (std::size_t j = 0; j < one.rows[i].size(); ++j) h(j == 0 ? "<th scope=row>"_h : "<td>"_h, one.rows[i][j]);
    h("\n"_h);
  }
  h("</table></div>"_h);
  if (one.rows.size() > shown) h("<p class=soft>"_h).say(device_msg::more, one.rows.size() - shown)("</p>"_h);
  h("</section>\n"_h);
}

// One path; a run of dark modules is one rectangle of it.
void qr(Html& h, const DeviceQr& code) {
  constexpr std::size_t kQuiet = 4;
  const std::size_t side = code.size + 2 * kQuiet;
  h("<section aria-labelledby=qr><h2 id=qr>"_h, device_msg::qr, "</h2><svg role=img viewBox=\"0 0 "_h, plain(side),
    " "_h, plain(side), "\" shape-rendering=crispEdges><title>"_h, device_msg::qr_alt,
    "</title><rect width=100% height=100% fill=#fff /><path fill=#000 d=\""_h);
  for (std::size_t y = 0; y < code.size; ++y)
    for (std::size_t x = 0; x < code.size;) {
      std::size_t end = x;
      while (end < code.size && code.dark[y * code.size + end] != 0) ++end;
      if (end > x)
        h("M"_h, plain(x + kQuiet), " "_h, plain(y + kQuiet), "h"_h, plain(end - x), "v1H"_h, plain(x + kQuiet), "z"_h);
      x = std::max(end, x + 1);
    }
  h("\"/></svg><p class=soft>"_h, device_msg::qr_text, "</p><p><code>"_h, code.text, "</code></p></section>\n"_h);
}

const std::string& in(const Bilingual& text, Lang lang) {
  return lang == Lang::ko ? text.ko : text.en;
}

// What a terminal may be shown: no control characters that came from a machine.
std::string printable(const std::string& text) {
  std::string out;
  for (char c : text) out += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
  return out;
}

void append_line(std::string& out, const DeviceLine& one, Lang lang) {
  out += one.tone == DeviceTone::look ? "  ! " : one.tone == DeviceTone::good ? "  + " : "  - ";
  out += printable(in(one.text, lang)) + "\n";
}

void append_table(std::string& out, const DeviceTable& one, Lang lang) {
  out += "\n" + in(one.title, lang) + "\n";
  if (one.rows.empty()) out += "  " + in(one.empty, lang) + "\n";
  const std::size_t shown = std::min(one.rows.size(), kDeviceRows);
  for (std::size_t i = 0; i < shown; ++i) {
    std::string row;
    for (const Bilingual& cell : one.rows[i])
      if (const std::string& text = in(cell, lang); !text.empty()) row += (row.empty() ? "" : "  ") + printable(text);
    out += "  " + row + "\n";
  }
  if (one.rows.size() > shown) out += "  + " + std::to_string(one.rows.size() - shown) + "\n";
}

}  // namespace

std::string render_device(const DevicePageModel& model, Lang lang) {
  Html h(lang, 0, lang == Lang::ko ? "ko" : "en", 32 << 10);
  h("<!DOCTYPE html>\n<html lang="_h, lang == Lang::ko ? "ko"_h : "en"_h,
    "><meta charset=utf-8><meta name=viewport content=\"width=device-width,initial-scale=1\"><title>"_h, model.title,
    "</title><link rel=icon href=data:,>"_h);
  if (model.style.empty())
    h("<style>"_h, kSheet, "</style>"_h);
  else
    h("<link rel=stylesheet href=\""_h, model.style, "\">"_h);
  h("\n<body>"_h);
  if (model.simulated) h("<header class=sim>"_h, device_msg::simulated, "</header>"_h);
  if (!model.links.empty()) {
    h("<nav aria-label=\""_h, device_msg::where, "\">"_h);
    for (const DeviceLink& link : model.links) h("<a href=\""_h, link.href, "\">"_h, link.text, "</a> "_h);
    h("</nav>"_h);
  }
  h("<main><h1>"_h, model.title, "</h1>\n<p class=caveat role=note><b>"_h, device_msg::caveat, "</b><br>"_h,
    model.caveat, "</p>\n<section aria-labelledby=sum><h2 id=sum>"_h, device_msg::summary, "</h2>"_h);
  lines(h, model.summary);
  h("</section>\n"_h);
  for (std::size_t i = 0; i < model.lists.size(); ++i) list(h, model.lists[i], i);
  if (!model.facts.empty()) facts(h, model);
  for (std::size_t i = 0; i < model.tables.size(); ++i) table(h, model.tables[i], i);
  if (model.qr.size > 0) qr(h, model.qr);
  h("</main></body></html>\n"_h);
  return std::move(h).take();
}

std::string_view device_style_sheet() {
  return kSheet.view();
}

std::string device_text(const DevicePageModel& model, Lang lang) {
  std::string out = printable(in(model.title, lang)) + "\n\n" + in(model.caveat, lang) + "\n\n";
  for (const DeviceLine& one : model.summary) append_line(out, one, lang);
  for (const DeviceList& one : model.lists) {
    out += "\n" + in(one.title, lang) + "\n";
    if (one.lines.empty()) out += "  " + in(one.empty, lang) + "\n";
    for (const DeviceLine& each : one.lines) append_line(out, each, lang);
  }
  out += "\n";
  for (const DeviceFact& fact : model.facts)
    out += "  " + in(fact.name, lang) + ": " + printable(fact.value.empty() ? in(fact.words, lang) : fact.value) + "\n";
  for (const DeviceTable& one : model.tables) append_table(out, one, lang);
  return out;
}

}  // namespace scrutineer::ui

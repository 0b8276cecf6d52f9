// The sheet for pages about papers: behind desk.css, whose colours and pieces it uses. The room for a picture is fixed
// before the picture comes.
#include "app/ui/adjudicate_pages.h"

namespace scrutineer::ui {

namespace {

constexpr std::string_view kStyle = R"css(
.tabs{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:.75rem 0;border-bottom:1px solid var(--line)}
.tabs a{padding:.5rem 0;text-decoration:none;color:var(--ink)}
.tabs a[aria-current]{font-weight:650;box-shadow:inset 0 -3px var(--link)}
.stacks td{font-variant-numeric:tabular-nums}
.pcs{list-style:none;padding:0;margin:1rem 0;display:grid;gap:1rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,10.5rem),1fr))}
.pc{background:var(--paper);border:1px solid var(--line);border-top:3px solid var(--line);padding:.75rem;display:flex;flex-direction:column}
.pc.mine{border-top-color:var(--link)}
.pc h2{font-size:1.05rem;margin:.5rem 0 .25rem}
.pc .acts{margin-top:auto;padding-top:.5rem}
.pc img{width:100%;height:15rem;object-fit:contain;object-position:top;background:var(--bg)}
.nopic{min-height:15rem;display:grid;place-items:center;text-align:center;margin:0;padding:1rem;border:1px dashed var(--soft);color:var(--soft)}
.pgrid{display:grid;gap:1.25rem 2rem;grid-template-columns:minmax(0,1fr)}
.pframe{height:min(70vh,40rem);overflow:hidden;background:var(--track);border:1px solid var(--line);touch-action:pinch-zoom;cursor:grab}
.pframe img{width:100%;height:100%;object-fit:contain;display:block;transform-origin:0 0}
.ptools{margin-top:.5rem}
.pwhy{border-left:4px solid var(--link);padding:.1rem 0 .1rem 1rem;margin-bottom:1rem}
.pwhy h2{font-size:1rem;margin:0}.pwhy ul{margin:.25rem 0;padding-left:1.2rem}
.pform h2{margin:0;font-size:1.2rem}
.picks{border:0;padding:0;margin:.75rem 0;display:grid;gap:.4rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,15rem),1fr))}
.picks legend{font-weight:650;padding:0;margin-bottom:.35rem}
.pick{display:flex;gap:.7rem;align-items:center;min-height:2.75rem;padding:.35rem .75rem;border:2px solid var(--soft);border-radius:6px;
background:var(--paper);cursor:pointer}
.pick:has(:checked){border-color:var(--link);box-shadow:inset 0 0 0 2px var(--link)}
.pick .no{flex:none;width:1.9rem;height:1.9rem;display:grid;place-items:center;border-radius:4px;background:var(--link);color:var(--paper);font-weight:700}
.pick .no:empty{display:none}
.inv .pick{border-style:dashed}.inv .no{background:var(--half)}
.pick .nm{flex:1}
.onp{border-color:var(--look);background:var(--lookb);color:var(--look);font-weight:600}
.onp .no{background:var(--look)}
.pstate{background:var(--paper);border:1px solid var(--line);padding:.75rem 1rem}
.pout{font-size:1.25rem}
.readers{margin:1rem 0}
.vote .picks{grid-template-columns:1fr}
.sum th,.sum td{border-top:2px solid var(--rule)}
.wide{overflow-x:auto}
@media(scripting:none){.ptools{display:none}}
@media(min-width:64rem){.pgrid{grid-template-columns:minmax(0,24rem) minmax(0,1fr)}
.pv{position:sticky;top:.5rem;align-self:start}
.pframe{height:min(calc(100vh - 9rem),44rem)}}
)css";

}  // namespace

std::string_view adjudicate_style_sheet() {
  return kStyle;
}

}  // namespace scrutineer::ui

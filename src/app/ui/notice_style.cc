// What the pages of notices need beyond the desk's style sheet, and after it.
#include "app/ui/notice_pages.h"

namespace scrutineer::ui {
namespace {

// n0 to n8: the states, in the order of NoticeState. A colour only repeats what words and numbers beside it say.
constexpr std::string_view kStyle = R"css(
.pick ul{display:flex;flex-wrap:wrap;gap:.35rem;list-style:none;padding:0;margin:.5rem 0}
.pick a{display:inline-block;padding:.25rem .75rem;border:1px solid var(--soft);border-radius:1rem;background:var(--paper);
color:var(--ink);text-decoration:none;min-height:2rem;font-size:.9rem}
.pick a:hover{text-decoration:underline}
.pick [aria-current]{background:var(--link);border-color:var(--link);color:var(--paper)}
.lines thead a{color:inherit}
.lines tr.hurry>:first-child{box-shadow:inset 5px 0 var(--hurry)}
.lines time{white-space:nowrap}
.wall .lines td,.wall .lines th{padding-top:.3rem;padding-bottom:.3rem}
.n0{fill:#8a95a1}.n1{fill:#5b87b8}.n2{fill:#c25a00}.n3{fill:#1f5fa8}.n4{fill:#2f8f5b}.n5{fill:#7a52a8}.n6{fill:#135f3c}.n7{fill:#4a5663}.n8{fill:#a8623a}
.states{height:22px;margin:.75rem 0}
.barcell{width:60%;min-width:9rem;vertical-align:middle}
.sealed{border-left:6px solid var(--lot)}
.sealed h3{margin:1.1rem 0 .2rem}
.tlp{border:2px solid;padding:0 .5rem;border-radius:3px}
.keep{white-space:pre-wrap;max-width:48rem}
.code b{font-size:clamp(2.4rem,8vw,4.5rem);letter-spacing:.12em;font-variant-numeric:tabular-nums}
.tick{columns:17rem;column-gap:1.5rem}
.tick p{break-inside:avoid;margin:0}
.sign-way label{font-weight:400}
fieldset.sign-with{max-width:none;margin:1rem 0}
)css";

}  // namespace

std::string_view notice_style_sheet() {
  return kStyle;
}

}  // namespace scrutineer::ui

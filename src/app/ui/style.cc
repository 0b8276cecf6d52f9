// The one style sheet. Colours come in pairs (light, dark) with at least 4.5:1 for text; a colour never says anything
// that a word beside it does not.
#include "app/ui/pages.h"

namespace scrutineer::ui {

namespace {

constexpr std::string_view kStyle = R"css(:root{color-scheme:light dark;
--bg:#f6f7f9;--paper:#fff;--ink:#16202c;--soft:#536070;--line:#dde2e8;--rule:#16202c;--link:#0a4c86;--track:#e9edf1;
--ok:#135f3c;--okb:#e2f3e9;--half:#3f4b59;--halfb:#e8ecf1;--look:#8a3a00;--lookb:#fdeedd;--lot:#5b2a86;--lotb:#f1e7fa;
--c0:#1f5fa8;--c1:#cc3a3f;--c2:#e08a1e;--c3:#2f8f5b;--c4:#7a52a8;--c5:#2a93a5;--c6:#a8623a;--c7:#c0528f;--c8:#8a95a1}
@media screen and (prefers-color-scheme:dark){:root{
--bg:#0e141b;--paper:#161e27;--ink:#e8edf2;--soft:#a5b1be;--line:#2b3642;--rule:#e8edf2;--link:#8cc4ff;--track:#26303b;
--ok:#8fe0b3;--okb:#12321f;--half:#c3ced9;--halfb:#26313d;--look:#ffc48a;--lookb:#3d2810;--lot:#dcbcff;--lotb:#33204a;
--c0:#5b9ee6;--c1:#ef6b6e;--c2:#f0a84a;--c3:#5dbd88;--c4:#ab86db;--c5:#5fc2d3;--c6:#cf8d66;--c7:#e283b8;--c8:#8a95a1}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem;-webkit-text-size-adjust:100%}
body{margin:0;min-height:100vh;background:var(--bg);color:var(--ink);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,
"Apple SD Gothic Neo","Noto Sans KR","Noto Sans CJK KR","Malgun Gothic",sans-serif;font-variant-numeric:tabular-nums;
word-break:keep-all;overflow-wrap:anywhere}
header,main,footer{max-width:72rem;margin:0 auto;padding:0 clamp(1rem,4vw,2rem)}
header{max-width:none;padding:0;background:var(--paper);border-bottom:1px solid var(--line)}
.notes p{margin:0;padding:.5rem clamp(1rem,4vw,2rem);font-size:.9rem}
.sim{background:#ffd23f;color:#201600}
.sim b,.simulated .lead h1::before,.tr b{padding:.1rem .45rem;margin-right:.35rem;border-radius:3px}
.sim b{background:#201600;color:#ffd23f;letter-spacing:.04em}
.tr{background:var(--halfb);color:var(--half)}
.tr b{border:1px solid}
.simulated{border-left:10px solid #ffd23f;border-image:repeating-linear-gradient(-45deg,#201600 0 10px,#ffd23f 10px 20px) 10}
.top{max-width:72rem;margin:0 auto;padding:.35rem clamp(1rem,4vw,2rem);display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;
justify-content:space-between;align-items:center}
.top nav{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem}
.top a{padding:.35rem 0;text-decoration:none;color:var(--ink)}
.top a:hover{text-decoration:underline}
.top a[aria-current]{font-weight:650;box-shadow:inset 0 -3px var(--link)}
.top .lang{color:var(--link)}
.skip{position:absolute;left:-99em}
.skip:focus{left:1rem;top:.5rem;z-index:9;background:var(--paper);padding:.5rem 1rem}
a{color:var(--link);text-underline-offset:.15em}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:2px}
main{padding-top:1.25rem;padding-bottom:3rem}
.crumb ol{display:flex;flex-wrap:wrap;margin:0 0 .75rem;padding:0;list-style:none;font-size:.9rem;color:var(--soft)}
.crumb li+li::before{content:"›";content:"›"/"";margin:0 .5rem}
h1{font-size:clamp(1.6rem,1.2rem + 2vw,2.5rem);line-height:1.2;letter-spacing:-.015em;margin:.25rem 0;text-wrap:balance}
h2{font-size:1.35rem;line-height:1.3;margin:1.75rem 0 .5rem}
section>h2{margin-top:0}
h3{font-size:1.05rem;margin:1.75rem 0 .5rem}
h4{font-size:1rem;margin:0}
p{margin:.4rem 0}
.lead p{color:var(--soft);font-size:1.05rem}
.sub,.fine,small,.id,footer{color:var(--soft);font-size:.875rem}
.contest,.sheet,.qs,.check,.ql,.card{background:var(--paper);border:1px solid var(--line);border-top:3px solid var(--rule);
padding:clamp(1rem,3vw,1.75rem);margin:1.25rem 0}
.contest h2{font-size:1.5rem}
i{font-style:normal;color:var(--soft);font-size:.85em;white-space:nowrap}
.st{display:inline-block;padding:.05rem .55rem;border-radius:1rem;font-size:.8125rem;font-weight:600;line-height:1.55;
background:var(--halfb);color:var(--half)}
.st::before{content:"○ ";content:"○ "/""}
.ok{background:var(--okb);color:var(--ok)}.ok::before{content:"✓ ";content:"✓ "/""}
.half::before{content:"◐ ";content:"◐ "/""}
.look{background:var(--lookb);color:var(--look)}.look::before{content:"! ";content:"! "/""}
.lot{background:var(--lotb);color:var(--lot)}.lot::before{content:"= ";content:"= "/""}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.25rem,1fr));gap:1px;margin:1rem 0}
.tiles div{padding:.6rem .8rem;box-shadow:0 0 0 1px var(--line)}
dt{color:var(--soft);font-size:.8125rem}
dd{margin:0}
.tiles dd{font-size:1.25rem;font-weight:650;line-height:1.3}
table{border-collapse:collapse;width:100%;margin:.5rem 0}
th,td{padding:.5rem .6rem;text-align:right;border-bottom:1px solid var(--line);vertical-align:top;white-space:nowrap}
thead th{white-space:normal;font-size:.8125rem;font-weight:600;color:var(--soft);border-bottom:1px solid var(--rule);vertical-align:bottom}
@media (min-width:40rem){thead th{overflow-wrap:break-word}}
th[scope=row],tr:first-child>th:first-child,.l{text-align:left}
th[scope=row]{font-weight:400;white-space:normal}
th[scope=row] b{font-weight:650}
th[scope=row] span:not(.st){color:var(--soft);font-size:.9rem}
.res td{font-size:1.1rem}
.res td:nth-child(2),.big{font-weight:650}
.res tr>:first-child{padding-left:0}
.res tr>:last-child,.q tr>:last-child{padding-right:0}
.o{display:grid;grid-template-columns:minmax(0,24rem) minmax(0,1fr);gap:.1rem 1.5rem;align-items:center}
.k{width:.7rem;height:.7rem;margin-right:.45rem;border-radius:2px;vertical-align:-.02em}
.b{display:block;width:100%;height:9px;margin:.25rem 0;background:var(--track);border-radius:2px}
.p{fill:var(--ink);height:5px;margin:.25rem 0 0}
.prog p{display:flex;flex-wrap:wrap;gap:.25rem .6rem;align-items:center;color:var(--soft)}
.s{display:block;width:100%;height:14px;background:var(--track);border-radius:2px}
.w{min-width:7rem;vertical-align:middle}
.strip{position:relative;margin:1.25rem 0 .75rem;padding-bottom:1.1rem}
.strip .s{height:34px;border-radius:3px}
.strip::after{content:"";position:absolute;left:50%;top:-5px;height:44px;border-left:2px solid var(--ink)}
.mid{position:absolute;left:50%;bottom:-.35rem;transform:translateX(-50%);font-size:.75rem;color:var(--soft)}
.hemi{display:block;width:min(100%,30rem);margin:.5rem auto}
.hemi text{font-size:22px;font-weight:700;fill:var(--ink)}
.open{fill:none;stroke:var(--lot);stroke-width:.8}
.c0{fill:var(--c0)}.c1{fill:var(--c1)}.c2{fill:var(--c2)}.c3{fill:var(--c3)}.c4{fill:var(--c4)}
.c5{fill:var(--c5)}.c6{fill:var(--c6)}.c7{fill:var(--c7)}.c8{fill:var(--c8)}
.s rect{stroke:var(--paper);stroke-width:1}
.scroll{overflow-x:auto;margin:0 0 .5rem}
.list{font-size:.9375rem}
.list thead th{white-space:normal;overflow-wrap:break-word;min-width:4.2rem;max-width:11rem}
.list th[scope=row],.list tr:first-child>th:first-child{position:sticky;left:0;background:var(--paper);min-width:min(13rem,40vw);max-width:min(20rem,42vw);
overflow-wrap:break-word;z-index:1}
.list tbody tr:hover>*{background:var(--bg)}
.kd{display:block}
[scope=colgroup]{border-left:1px solid var(--line);text-align:center}
tfoot th,tfoot td{color:var(--soft);border-bottom-style:dotted}
.diff{color:var(--look);font-weight:650}
.jump ul{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;padding:0;list-style:none}
small code{white-space:nowrap}
.q th[scope=row],.q td:last-child{white-space:normal}
.q td:last-child{max-width:20rem}
.n{color:var(--soft);font-weight:400}
.units{columns:16rem;padding-left:1.1rem}
.cols{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr));gap:0 2.5rem}
.cols>div{min-width:0}
ul,ol{padding-left:1.2rem;margin:.4rem 0}
.sheet li{margin:.35rem 0}
.hist>li{margin-bottom:1rem}
q::before,q::after{color:var(--soft)}
.id{margin:.1rem 0}
code,pre{font:.875em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Noto Sans Mono CJK KR",monospace}
code{word-break:break-all}
pre{background:var(--bg);border:1px solid var(--line);padding:.75rem;overflow-x:auto;margin:.5rem 0}
pre code{word-break:normal}
details pre{white-space:pre-wrap;word-break:break-all;font-size:.75rem}
summary{cursor:pointer;padding:.35rem 0;color:var(--link)}
.facts{display:grid;gap:.6rem 2rem;margin:.75rem 0}
.check .facts{grid-template-columns:repeat(auto-fit,minmax(min(100%,18rem),1fr))}
.files{display:flex;flex-wrap:wrap;gap:.1rem 1.25rem;list-style:none;padding:0;margin:0}
.steps>ol>li{margin:1rem 0}
.fr small{white-space:nowrap}
.lots{border-left:4px solid var(--lot);background:var(--lotb);color:var(--lot);padding:.6rem 1rem;margin:.75rem 0}
.prose th,.prose td{text-align:left;white-space:normal;min-width:12rem}
.prose th[scope=row]{font-weight:600}
.terms{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,22rem),1fr));gap:1rem 2.5rem}
.terms dt{color:var(--ink);font-size:1rem;font-weight:650}
.terms dt span{color:var(--soft);font-weight:400}
.index{text-align:center;padding-top:10vh}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,18rem),1fr));gap:1.25rem;margin-top:2rem}
.card{margin:0}
.go{display:inline-block;padding:.7rem 1.4rem;background:var(--link);color:var(--paper);text-decoration:none;border-radius:4px;
font-weight:650}
footer{border-top:1px solid var(--line);padding-top:1rem;padding-bottom:2rem}
.vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media(max-width:48rem){.o{display:block}}
@media(max-width:34rem){i{white-space:normal}.hist{padding-left:1rem}.hist th,.hist td,.q th,.q td{padding:.4rem .2rem}
.top{font-size:.9rem}.top nav,.top{column-gap:.9rem}.contest,.sheet,.qs,.check,.ql{padding:.9rem .8rem}
th,td{padding:.45rem .3rem}.res td{font-size:1rem}.tiles{grid-template-columns:1fr 1fr}}
@media(prefers-contrast:more){:root{--soft:var(--ink);--line:var(--ink)}}
@media print{:root{--bg:#fff;--paper:#fff;--ink:#000;--soft:#333;--line:#999;--rule:#000;--link:#000;--track:#eee}
html{font-size:9pt}.top,.skip,.jump{display:none}.contest,.sheet,.qs,.check,.ql{border-left:0;border-right:0;padding:.5rem 0}
.scroll{overflow:visible}.list th{position:static!important}tr,.tiles,svg{break-inside:avoid}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
)css";

}  // namespace

std::string_view style_sheet() {
  return kStyle;
}

}  // namespace scrutineer::ui
